#include "interaction/describe.h"

#include <fmt/format.h>

#include <iterator>

#include "interaction/family.h"

namespace plimsoll::interaction {
namespace {

/// Length of the character at `text`, or 0 if a terminal had better not see it: control characters,
/// C1 controls, and what turns the direction of writing around.
std::size_t safe_character(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text[0]);
    if (lead < 0x80) return lead >= 0x20 && lead != 0x7F ? 1 : 0;
    std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    length = std::min(length, text.size());
    if (text.starts_with("\xC2") && length == 2 && static_cast<unsigned char>(text[1]) < 0xA0) {
        return 0;
    }
    const std::string_view character = text.substr(0, length);
    const bool turns = (character >= "\xE2\x80\xAA" && character <= "\xE2\x80\xAE") ||
                       (character >= "\xE2\x81\xA6" && character <= "\xE2\x81\xA9");
    return turns ? 0 : length;
}

class Describer {
  public:
    explicit Describer(const DescribeOptions& options) : options_(options) {}

    std::string take() { return std::move(text_); }

    void line(std::size_t indent, std::string_view name, std::string_view value) {
        if (value.empty()) return;
        text_.append(2 * indent, ' ');
        text_ += name;
        text_ += ": ";
        words(indent + 1, value);
        text_ += '\n';
    }
    void line(std::size_t indent, std::string_view name, const std::optional<double>& value) {
        if (value) line(indent, name, fmt::format("{}", *value));
    }
    void title(std::size_t indent, std::string_view value) {
        text_.append(2 * indent, ' ');
        words(indent + 1, value);
        text_ += '\n';
    }
    void tokens(std::size_t indent, std::string_view name, const Tokens& tokens) {
        std::string all;
        const auto add = [&all](std::string_view what, const std::optional<std::int64_t>& count) {
            if (!count) return;
            if (!all.empty()) all += ", ";
            fmt::format_to(std::back_inserter(all), "{} {}", *count, what);
        };
        add("in", tokens.input);
        add("out", tokens.output);
        add("cache read", tokens.cache_read);
        add("cache write", tokens.cache_write);
        add("reasoning", tokens.reasoning);
        line(indent, name, all);
    }

    void message(std::size_t indent, std::string_view side, const Message& message) {
        std::string head = fmt::format("{} {}", side, to_word(message.role));
        if (!message.role_sent.empty() && message.role_sent != to_word(message.role)) {
            head += " (" + message.role_sent + ")";
        }
        if (!message.name.empty()) head += " " + message.name;
        if (!message.finish_reason.empty()) head += " → " + message.finish_reason;
        title(indent, head);
        for (const Part& each : message.parts) part(indent + 1, each);
    }

    void part(std::size_t indent, const Part& part) {
        switch (part.kind) {
            case PartKind::text:
            case PartKind::reasoning:
                line(indent, to_word(part.kind), part.text);
                break;
            case PartKind::tool_call:
                line(indent, "tool_call",
                     fmt::format("{}({}){}", part.name, part.json,
                                 part.id.empty() ? "" : " #" + part.id));
                break;
            case PartKind::tool_result:
                line(indent, part.is_error ? "tool_result, error" : "tool_result",
                     fmt::format("{}{}{}{}", part.name, part.name.empty() ? "" : " ", part.text,
                                 part.id.empty() ? "" : " #" + part.id));
                break;
            case PartKind::media:
            case PartKind::other:
                line(indent, to_word(part.kind), part.json);
                break;
        }
    }

    void step(std::size_t indent, const Step& step) {
        title(indent, fmt::format("{} \"{}\" {} {:.3f} ms", to_word(step.kind), step.name,
                                  step.id.hex(), step.duration_ms()));
        const std::size_t in = indent + 1;
        line(in, "operation", step.operation);
        line(in, "provider", step.provider);
        line(in, "model requested", step.model_requested);
        line(in, "model answered", step.model_answered);
        line(in, "response id", step.response_id);
        std::string parameters;
        for (const auto& [name, value] : step.parameters) {
            fmt::format_to(std::back_inserter(parameters), "{}{}={}",
                           parameters.empty() ? "" : ", ", name, value);
        }
        line(in, "parameters", parameters);
        line(in, "output type", step.output_type);
        line(in, "session", step.session);
        line(in, "user", step.user);
        line(in, "agent", step.agent);
        line(in, "prompt", step.prompt_name);
        line(in, "prompt version", step.prompt_version);
        for (const ToolDefinition& tool : step.tools) {
            line(in, "offers",
                 fmt::format("{}{}{}", tool.name,
                             tool.description.empty() ? "" : ": " + tool.description,
                             tool.parameters_json.empty() ? "" : " " + tool.parameters_json));
        }
        line(in, "system", step.system);
        for (const Message& each : step.input) message(in, "in ", each);
        for (const Message& each : step.output) message(in, "out", each);
        line(in, "query", step.query);
        for (const Document& document : step.documents) {
            line(in, "document",
                 fmt::format("{}{}{}{}", document.id,
                             document.score ? fmt::format(" score {}", *document.score) : "",
                             document.text.empty() ? "" : ": " + document.text,
                             document.metadata_json.empty() ? "" : " " + document.metadata_json));
        }
        line(in, "tool", step.tool_name);
        line(in, "call id", step.tool_call_id);
        line(in, "arguments", step.tool_arguments);
        line(in, "result", step.tool_result);
        if (step.content > ContentStatus::full) line(in, "content", to_word(step.content));
        tokens(in, step.counts_tokens ? "tokens" : "tokens, not counted", step.tokens);
        line(in, "cost USD", step.cost_usd);
        line(in, "first token s", step.first_token_s);
        std::string reasons;
        for (const std::string& reason : step.finish_reasons) {
            reasons += (reasons.empty() ? "" : ", ") + reason;
        }
        line(in, "finished", reasons);
        if (step.failed) {
            line(in, "failed",
                 step.error_type + (step.error_message.empty() ? " " : ": " + step.error_message));
        }
        for (const Remark& remark : step.remarks) {
            line(in, "remark",
                 fmt::format("{}{}{}", to_word(remark.flaw), remark.key.empty() ? "" : " ← ",
                             remark.key));
        }
        for (const std::string& name : step.unmapped) line(in, "nobody reads", name);
        if (step.dropped) line(in, "dropped by the client", fmt::format("{}", step.dropped));
        if (options_.sources) {
            for (const FieldSource& source : step.sources) {
                line(in, "from",
                     fmt::format("{} ← {} ({})", source.field, source.key, source.convention));
            }
        }
    }

  private:
    void words(std::size_t indent, std::string_view value) {
        const std::size_t cut =
            value.size() > options_.text_bytes_max ? options_.text_bytes_max : value.size();
        std::size_t at = 0;
        while (at < cut) {
            if (value[at] == '\n') {
                text_ += '\n';
                text_.append(2 * indent, ' ');
                ++at;
            } else if (const std::size_t length = safe_character(value.substr(at))) {
                text_ += value.substr(at, length);
                at += length;
            } else {
                fmt::format_to(std::back_inserter(text_), "\\x{:02x}",
                               static_cast<unsigned char>(value[at]));
                ++at;
            }
        }
        if (at < value.size()) {
            fmt::format_to(std::back_inserter(text_), " … {} bytes more", value.size() - at);
        }
    }

    const DescribeOptions& options_;
    std::string text_;
};

}  // namespace

std::string to_text(const Interaction& interaction, const DescribeOptions& options) {
    Describer out(options);
    out.title(0, fmt::format("interaction {}{}{}", interaction.id.hex(),
                             interaction.incomplete ? ", incomplete" : "",
                             interaction.failed ? ", failed" : ""));
    out.line(1, "service", interaction.service);
    out.line(1, "environment", interaction.environment);
    out.line(1, "start", to_iso8601(interaction.start));
    out.line(1, "duration ms", fmt::format("{:.3f}", interaction.duration_ms()));
    out.line(1, "session", interaction.session);
    out.line(1, "user", interaction.user);
    out.line(1, "provider", interaction.provider);
    out.line(1, "model", interaction.versions.model);
    out.line(1, "prompt", interaction.versions.prompt);
    for (const ContextColumn& column : context_columns)
        out.line(1, column.name, interaction.context.*column.value);
    std::string traits;
    for (const TraitInfo& trait : all_traits) {
        if (!interaction.traits.has(trait.trait)) continue;
        if (!traits.empty()) traits += ' ';
        traits += trait.word;
    }
    out.line(1, "traits", traits);
    out.line(1, "question", interaction.question);
    out.line(1, "answer", interaction.answer);
    out.tokens(1, "tokens", interaction.tokens);
    out.line(1, "cost USD", interaction.cost_usd);
    out.line(1, "first token s", interaction.first_token_s);
    for (const auto& [key, value] : interaction.attributes) {
        out.line(1, "attribute", key + " = " + value);
    }

    // Each step under its parent; children in the order of the steps.
    const Family family = family_of(interaction.steps);
    std::vector<std::vector<std::uint32_t>> children(interaction.steps.size());
    std::vector<std::uint32_t> open;
    for (std::size_t i = interaction.steps.size(); i-- > 0;) {
        const auto at = static_cast<std::uint32_t>(i);
        (family.parent[at] == no_step ? open : children[family.parent[at]]).push_back(at);
    }
    while (!open.empty()) {
        const std::uint32_t at = open.back();
        open.pop_back();
        out.step(1 + std::min(family.depth[at], 20u), interaction.steps[at]);
        open.insert(open.end(), children[at].begin(), children[at].end());
    }
    return out.take();
}

}  // namespace plimsoll::interaction
