/// Messages, tools, documents and whole replies in every dialect: texts of attributes.
#include "fuzz.h"
#include "interaction/exchange_reader.h"
#include "interaction/message_reader.h"

using namespace plimsoll;
using namespace plimsoll::interaction;

void fuzz_one(std::string_view bytes) {
    read_messages(bytes, Role::user);
    read_messages_or_words(bytes, Role::assistant);
    std::vector<Part> parts;
    read_content_text(bytes, parts);
    read_tools(bytes);
    read_documents(bytes);
    if (const auto document = json::Document::parse(bytes)) {
        const Exchange reply = read_reply(document->root());
        promise(reply.tokens.input.value_or(0) >= 0 && reply.tokens.output.value_or(0) >= 0,
                "no count is negative");
        read_cost(document->root());
    }
}
