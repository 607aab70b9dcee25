/// What a model's server answers a judge. First byte: odd is Anthropic's protocol.
#include "evaluate/judges/anthropic_messages.h"
#include "evaluate/judges/openai_chat.h"
#include "evaluate/judges/read_verdict.h"
#include "fuzz.h"

using namespace plimsoll;
using namespace plimsoll::evaluate;

void fuzz_one(std::string_view bytes) {
    const bool anthropic = take_choice(bytes) & 1;
    JudgeReply reply = anthropic ? read_anthropic_reply(bytes) : read_openai_reply(bytes);
    if (!reply.fault.empty()) reply = {.text = std::string(bytes)};
    for (const JudgeScale& scale : {JudgeScale::binary(), JudgeScale::graded(1, 5)}) {
        const ReadVerdict read = read_verdict(scale, reply, "the content");
        if (const Score* score = read.verdict.score())
            promise(score->value() >= 0 && score->value() <= 1, "a score is in [0, 1]");
        promise(read.chosen.empty() == !read.verdict.score(), "no answer, no score");
    }
}
