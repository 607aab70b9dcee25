#include "evaluators/bfcl.h"

#include <fstream>
#include <map>
#include <stdexcept>

#include <fmt/format.h>

#include "base/hash.h"
#include "evaluators/figures.h"

namespace plimsoll::bench {

namespace {

using json::Kind;
using json::Value;

constexpr const char* categories[] = {
    "simple_python", "multiple",      "parallel",      "parallel_multiple",      "irrelevance",
    "live_simple",   "live_multiple", "live_parallel", "live_parallel_multiple", "live_irrelevance",
    "live_relevance"};

std::map<std::string, json::Document> by_id(const std::string& path) {
    std::map<std::string, json::Document> documents;
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) {
        auto document = json::Document::parse(line);
        if (!document) throw std::runtime_error(path + ": " + document.error().what);
        std::string id(document->root().find("id").value_or(Value()).as_string());
        documents.emplace(std::move(id), std::move(*document));
    }
    return documents;
}

bool is_leave_to_omit(Value value) {
    return value.is_string() && value.size() == 0;
}

/// An argument's JSON, from one of the accepted values: of a dictionary, the first accepted of each
/// member.
std::string plain(Value accepted) {
    json::Writer out;
    if (accepted.is_object()) {
        out.begin_object();
        for (const json::Member member : accepted.members()) {
            if (!member.value.is_array()) {
                out.key(member.key).value(member.value);
                continue;
            }
            for (const Value value : member.value.elements()) {
                if (is_leave_to_omit(value)) continue;
                out.key(member.key).raw(plain(value));
                break;
            }
        }
        return out.end_object().take();
    }
    if (!accepted.is_array()) return json::to_text(accepted);
    out.begin_array();
    for (const Value element : accepted.elements()) out.raw(plain(element));
    return out.end_array().take();
}

struct Call {
    std::string name;
    std::vector<std::pair<std::string, std::string>> arguments;  ///< Name → JSON.

    std::string text() const {
        json::Writer out;
        out.begin_object().key(name).begin_object();
        for (const auto& [key, value] : arguments) out.key(key).raw(value);
        return out.end_object().end_object().take();
    }
};

enum class Choice { first, last, omit_if_allowed };

Call call_of(Value expected, Choice choice) {
    const json::Member function = *expected.members().begin();
    Call call{std::string(function.key), {}};
    for (const json::Member parameter : function.value.members()) {
        std::string chosen;
        bool may_omit = false;
        for (const Value value : parameter.value.elements()) {
            if (is_leave_to_omit(value)) {
                may_omit = true;
            } else if (chosen.empty() || choice == Choice::last) {
                chosen = plain(value);
            }
        }
        if (chosen.empty() || (may_omit && choice == Choice::omit_if_allowed)) continue;
        call.arguments.emplace_back(parameter.key, chosen);
    }
    return call;
}

std::string punctuated(Value value) {
    if (value.is_string()) {
        std::string text;
        for (const char c : value.as_string()) {
            text += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
            if (c == ' ') text += "_-";
        }
        return json::quoted(text + ".");
    }
    json::Writer out;
    if (value.is_array()) {
        out.begin_array();
        for (const Value element : value.elements()) out.raw(punctuated(element));
        return out.end_array().take();
    }
    if (!value.is_object()) return json::to_text(value);
    out.begin_object();
    for (const json::Member member : value.members())
        out.key(member.key).raw(punctuated(member.value));
    return out.end_object().take();
}

std::string of_other_type(Value value) {
    switch (value.kind()) {
        case Kind::string:
            return "7";
        case Kind::array:
            return value.size() ? json::to_text(*value.elements().begin()) : "\"x\"";
        case Kind::object:
            return "[]";
        case Kind::null:
            return "0";
        default:
            return json::quoted(json::to_text(value));
    }
}

/// 5 as 5.0, 5.0 as 5, true as 1.
std::string of_near_type(Value value) {
    if (value.kind() == Kind::integer) return json::to_text(value) + ".0";
    if (const auto whole = value.as_integer()) return std::to_string(*whole);
    if (const auto boolean = value.as_boolean()) return *boolean ? "1" : "0";
    if (value.is_string()) return "[" + json::to_text(value) + "]";
    return "null";
}

std::string changed(Value value) {
    json::Writer out;
    if (value.is_string()) return json::quoted(std::string(value.as_string()) + " x");
    if (const auto boolean = value.as_boolean()) return *boolean ? "false" : "true";
    if (const auto whole = value.as_integer()) return std::to_string(*whole + 1);
    if (const auto number = value.as_number()) return fmt::format("{}", *number + 1);
    if (value.is_array()) {  // Without its first element.
        out.begin_array();
        bool first = true;
        for (const Value element : value.elements()) {
            if (!first) out.value(element);
            first = false;
        }
        return out.end_array().take();
    }
    if (!value.is_object()) return "\"x\"";
    out.begin_object();  // Without its first member.
    bool first = true;
    for (const json::Member member : value.members()) {
        if (!first) out.key(member.key).value(member.value);
        first = false;
    }
    return out.end_object().take();
}

/// One element, or one member, more, or other than it was.
std::string changed_inside(Value value, bool more) {
    json::Writer out;
    if (value.is_array()) {
        out.begin_array();
        bool first = true;
        for (const Value element : value.elements()) {
            out.raw(first && !more ? of_other_type(element) : json::to_text(element));
            first = false;
        }
        if (more) out.raw(value.size() ? changed(*value.elements().begin()) : "1");
        return out.end_array().take();
    }
    if (!value.is_object()) return more ? "[]" : "{}";
    out.begin_object();
    bool first = true;
    for (const json::Member member : value.members()) {
        out.key(member.key)
            .raw(first && !more ? changed(member.value) : json::to_text(member.value));
        first = false;
    }
    if (more) out.key("one_more").value(1);
    return out.end_object().take();
}

std::string reversed(Value value) {
    if (!value.is_array()) return "\"\"";
    std::vector<Value> elements(value.elements().begin(), value.elements().end());
    json::Writer out;
    out.begin_array();
    for (auto at = elements.rbegin(); at != elements.rend(); ++at) out.value(*at);
    return out.end_array().take();
}

constexpr std::pair<const char*, std::string (*)(Value)> changes[] = {
    {"case and punctuation", punctuated},
    {"another type", of_other_type},
    {"a near type", of_near_type},
    {"another value", changed},
    {"one element other", [](Value value) { return changed_inside(value, false); }},
    {"one element more", [](Value value) { return changed_inside(value, true); }},
    {"list reversed", reversed},
    {"null", [](Value) { return std::string("null"); }},
};

std::vector<std::string> texts(const std::vector<Call>& calls) {
    std::vector<std::string> all;
    for (const Call& call : calls) all.push_back(call.text());
    return all;
}

}  // namespace

std::string BfclQuestion::expected() const {
    if (!answer) return is_irrelevance() ? "[]" : "\"any\"";
    return json::to_text(*answer->root().find("ground_truth"));
}

std::vector<BfclQuestion> bfcl_questions() {
    std::vector<BfclQuestion> all;
    for (const char* category : categories) {
        const std::string file = fmt::format("BFCL_v4_{}.jsonl", category);
        auto answers = by_id(data_folder + "bfcl/possible_answer/" + file);
        for (auto& [id, question] : by_id(data_folder + "bfcl/questions/" + file)) {
            const auto answer = answers.find(id);
            all.push_back({id, category, std::move(question),
                           answer == answers.end()
                               ? std::optional<json::Document>()
                               : std::optional<json::Document>(std::move(answer->second))});
        }
    }
    return all;
}

std::vector<DerivedCalls> derived_calls(const BfclQuestion& question) {
    std::vector<DerivedCalls> derived;
    if (!question.answer) {
        const Call any{
            std::string(question.functions().size() == 0
                            ? "f"
                            : (*question.functions().elements().begin()).find("name")->as_string()),
            {}};
        return {{"no call", {}}, {"one call", texts({any})}};
    }
    const auto made = [&](Choice choice) {
        std::vector<Call> calls;
        for (const Value expected : question.answer->root().find("ground_truth")->elements()) {
            calls.push_back(call_of(expected, choice));
        }
        return calls;
    };
    const std::vector<Call> calls = made(Choice::first);
    derived.push_back({"first accepted values", texts(calls)});
    derived.push_back({"last accepted values", texts(made(Choice::last))});
    derived.push_back({"optional ones left out", texts(made(Choice::omit_if_allowed))});
    derived.push_back({"no call", {}});
    derived.push_back({"calls reversed", texts({calls.rbegin(), calls.rend()})});
    std::vector<Call> other = calls;
    other.push_back(calls.front());
    derived.push_back({"first call twice", texts(other)});
    other = calls;
    other.pop_back();
    derived.push_back({"last call missing", texts(other)});

    const std::size_t at = hash64(question.id) % calls.size();  // The call that is changed.
    const auto with = [&](const char* how, auto change) {
        std::vector<Call> with_change = calls;
        change(with_change[at]);
        derived.push_back({how, texts(with_change)});
    };
    with("wrong name", [](Call& call) { call.name += "_v2"; });
    with("dots as underscores", [](Call& call) {
        for (char& c : call.name) c = c == '.' ? '_' : c;
    });
    with("unknown parameter", [](Call& call) { call.arguments.emplace_back("unknown", "1"); });
    for (std::size_t i = 0; i < calls[at].arguments.size(); ++i) {
        with("parameter missing",
             [&](Call& call) { call.arguments.erase(call.arguments.begin() + long(i)); });
        const auto value = json::Document::parse(calls[at].arguments[i].second);
        for (const auto& [how, change] : changes) {
            with(how, [&, change = change](Call& call) {
                call.arguments[i].second = change(value->root());
            });
        }
    }
    return derived;
}

std::string digest_of(const std::vector<DerivedCalls>& derived) {
    std::string all;
    for (const DerivedCalls& one : derived) {
        for (const std::string& call : one.calls) all += call + "\n";
        all += "\n";
    }
    return fmt::format("{:016x}", hash64(all));
}

}  // namespace plimsoll::bench
