#include "evaluate/tool_calls/exchanges.h"

#include <algorithm>
#include <map>

#include "base/json.h"

namespace plimsoll::evaluate {

namespace {

class Gathering {
  public:
    explicit Gathering(const Interaction& interaction) {
        for (std::size_t i = 0; i < interaction.steps.size(); ++i) {
            const Step& step = interaction.steps[i];
            add_results(step);  // Of calls that were asked for before.
            if (step.kind == StepKind::model_call) add_asked(step, i);
            if (step.kind == StepKind::tool_call) add_ran(step, i);
        }
        for (Exchange& one : all) {
            if (one.failed || !tells_failure(one.result)) continue;
            one.failed = true;
            one.error = one.result;
        }
    }

    std::vector<Exchange> all;

  private:
    void add_asked(const Step& step, std::size_t at) {
        for (const Message& message : step.output) {
            for (const Part& part : message.parts) {
                if (part.kind != PartKind::tool_call) continue;
                if (!part.id.empty()) by_id_[part.id].push_back(all.size());
                all.push_back({.tool = part.name,
                               .arguments = part.json,
                               .result = {},
                               .asked = true,
                               .error = {},
                               .step = at});
            }
        }
    }

    void add_ran(const Step& step, std::size_t at) {
        const std::string_view tool = step.tool_name.empty() ? step.name : step.tool_name;
        const bool has_id = !step.tool_call_id.empty();
        Exchange* exchange = nullptr;
        if (has_id) {
            for (const std::size_t known : by_id_[step.tool_call_id]) {
                if (!exchange && !all[known].ran) exchange = &all[known];
            }
        } else {
            const auto waiting = std::ranges::find_if(
                all, [&](const Exchange& one) { return !one.answered && one.tool == tool; });
            if (waiting != all.end()) exchange = &*waiting;
        }
        if (!exchange) {  // Not asked for among the spans, or run once more.
            if (has_id) by_id_[step.tool_call_id].push_back(all.size());
            all.push_back({.tool = tool, .arguments = {}, .result = {}, .error = {}, .step = at});
            exchange = &all.back();
        }
        exchange->ran = exchange->answered = true;
        if (exchange->arguments.empty()) exchange->arguments = step.tool_arguments;
        exchange->result = step.tool_result;
        exchange->failed = step.failed || !step.error_type.empty();
        if (exchange->failed) {
            exchange->error = step.error_message.empty() ? step.tool_result : step.error_message;
        }
    }

    /// Ids are not always unique: the last results of an id belong to the last calls with it, since
    /// a prompt holds either what is new, or all that came before.
    void add_results(const Step& step) {
        std::map<std::string_view, std::vector<const Part*>> results;
        for (const Message& message : step.input) {
            for (const Part& part : message.parts) {
                if (part.kind == PartKind::tool_result && by_id_.contains(part.id)) {
                    results[part.id].push_back(&part);
                }
            }
        }
        for (const auto& [id, parts] : results) {
            const std::vector<std::size_t>& calls = by_id_[id];
            for (std::size_t back = 1; back <= std::min(parts.size(), calls.size()); ++back) {
                add_result(all[calls[calls.size() - back]], *parts[parts.size() - back]);
            }
        }
    }

    static void add_result(Exchange& exchange, const Part& part) {
        exchange.answered = true;
        if (exchange.result.empty()) exchange.result = part.text;
        if (part.is_error && !exchange.failed) {
            exchange.failed = true;
            exchange.error = part.text;
        }
    }

    std::map<std::string_view, std::vector<std::size_t>> by_id_;
};

void write_sorted(json::Writer& out, json::Value value) {
    if (value.is_array()) {
        out.begin_array();
        for (const json::Value element : value.elements()) write_sorted(out, element);
        out.end_array();
    } else if (value.is_object()) {
        std::map<std::string_view, json::Value> members;
        for (const json::Member member : value.members()) members[member.key] = member.value;
        out.begin_object();
        for (const auto& [key, member] : members) {
            out.key(key);
            write_sorted(out, member);
        }
        out.end_object();
    } else {
        out.value(value);
    }
}

}  // namespace

std::vector<Exchange> exchanges_of(const Interaction& interaction) {
    return std::move(Gathering(interaction).all);
}

bool tells_failure(std::string_view result) {
    for (const std::string_view word : {"Error", "error:", "ERROR", "Exception", "Traceback"}) {
        if (result.starts_with(word)) return true;
    }
    // A program that was run, as AutoGen tells of it.
    constexpr std::string_view exit_code = "exitcode: ";
    if (result.starts_with(exit_code)) return !result.substr(exit_code.size()).starts_with('0');
    if (!result.starts_with('{')) return false;
    const auto document = json::Document::parse(result);
    if (!document) return false;
    if (const auto flag = document->root().find("isError")) {
        if (flag->as_boolean().value_or(false)) return true;
    }
    const auto error = document->root().find("error");
    if (!error || error->is_null()) return false;
    if (const auto flag = error->as_boolean()) return *flag;
    return error->size() > 0 || error->is_number();
}

std::string identity_of(const Exchange& exchange) {
    std::string identity(exchange.tool);
    const auto arguments =
        json::Document::parse(exchange.arguments.empty() ? "{}" : exchange.arguments);
    identity += '\n';
    if (!arguments) return identity.append(exchange.arguments);
    json::Writer out;
    write_sorted(out, arguments->root());
    return identity + out.text();
}

}  // namespace plimsoll::evaluate
