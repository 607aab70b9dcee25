#include "evaluate/judges/judge.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "base/json.h"
#include "evaluate/judges/judge_prompt.h"

namespace plimsoll::evaluate {

std::string_view to_word(ModelProtocol protocol) {
    return protocol == ModelProtocol::openai ? "openai" : "anthropic";
}

std::string definition_hash(const Judge& judge) {
    json::Writer w;
    w.begin_object().key("api").value(to_word(judge.model.api));
    w.key("base_url").value(judge.model.base_url).key("model").value(judge.model.name);
    w.key("instructions").value(judge_instructions(judge)).key("prompt").value(judge.prompt.text);
    w.key("scale").begin_array();
    for (const JudgeClass& one : judge.scale.classes)
        w.begin_array().value(one.name).value(one.score).end_array();
    w.end_array().key("schema").raw(judge.scale.output_schema());
    const JudgeParameters& p = judge.parameters;
    w.key("temperature").value(p.temperature).key("max_tokens").value(p.max_tokens);
    w.key("seed").value(p.seed).key("structured").value(p.structured).key("extra");
    w.raw(p.extra_json).key("content_characters_max");
    w.value(std::uint64_t{p.content_characters_max}).end_object();
    return content_version(w.text());
}

std::string judge_version(std::string_view definition_hash, std::string_view model_version) {
    return content_version(fmt::format("{}\n{}", definition_hash, model_version));
}

std::string rubric_version(const Judge& judge) {
    return content_version(judge.rubric);
}

std::optional<double> cost_usd(const JudgeModel& model, std::int64_t input_tokens,
                               std::int64_t output_tokens) {
    if (!model.price) return std::nullopt;
    return (model.price->input * static_cast<double>(input_tokens) +
            model.price->output * static_cast<double>(output_tokens)) /
           1e6;
}

}  // namespace plimsoll::evaluate
