#include <algorithm>

#include <fmt/format.h>

#include "app/configuration/options.h"
#include "app/configuration/section_reader.h"
#include "base/hash.h"
#include "evaluate/checks/checks.h"
#include "evaluate/quote.h"

namespace plimsoll::app {

namespace {

using evaluate::quote;

/// What dimensions are read into, and what they refer to.
struct Context {
    SectionReader& read;
    Configuration& configuration;
    std::string what;  ///< "dimension `format`", for complaints.
};

/// The node that a BadParameter means: "phrases[3]", or the evaluator as a whole.
Mark mark_of_parameter(const YamlNode& evaluator, const std::string& parameter) {
    const std::size_t bracket = parameter.find('[');
    const YamlNode* node = evaluator.find(parameter.substr(0, bracket));
    if (!node) return evaluator.mark;
    if (bracket == std::string::npos || !node->is_list()) return node->mark;
    const auto index = static_cast<std::size_t>(std::atoi(parameter.c_str() + bracket + 1));
    return index < node->items.size() ? node->items[index].mark : node->mark;
}

std::map<std::string, std::string> read_where(Context& context, const YamlNode& evaluator) {
    std::map<std::string, std::string> where;
    const YamlNode* node = evaluator.find("where");
    if (!node) return where;
    const std::string what = "`where` in " + context.what;
    for (const YamlMember& member : context.read.group(*node, what)) {
        if (auto value = context.read.text(member.value,
                                           fmt::format("{} of {}", quote(member.key, 40), what))) {
            where[member.key] = std::move(*value);
        }
    }
    return where;
}

/// The check's parameters: every key of the evaluator but ours, in the check's own order.
YamlNode parameters_of(const YamlNode& evaluator, const evaluate::Check& check) {
    YamlNode parameters;
    parameters.kind = YamlNode::Kind::map;
    parameters.mark = evaluator.mark;
    for (const evaluate::Parameter& parameter : check.takes) {
        if (const YamlNode* value = evaluator.find(parameter.name)) {
            parameters.members.push_back({std::string(parameter.name), value->mark, *value});
        }
    }
    return parameters;
}

/// True, and complained of, if another evaluator of the dimension has the name.
bool refuse_same_name(Context& context, const YamlNode& node, const std::string& name,
                      const evaluate::Dimension& dimension) {
    const auto is_called = [&](const auto& other) { return other.name == name; };
    if (!std::any_of(dimension.evaluators.begin(), dimension.evaluators.end(), is_called) &&
        !std::any_of(dimension.judges.begin(), dimension.judges.end(), is_called))
        return false;
    context.read.complain(
        node.mark,
        fmt::format("{} has two evaluators called {}", context.what, quote(name, 40)),
        "Give one of them a `name`.");
    return true;
}

void read_check(Context& context, const YamlNode& node, const YamlNode& name,
                evaluate::Dimension& dimension) {
    SectionReader& read = context.read;
    std::vector<std::string_view> names;
    for (const evaluate::Check* check : evaluate::all_checks) names.push_back(check->name);
    const auto word = read.text(name, "`check` in " + context.what);
    const evaluate::Check* check = word ? evaluate::find_check(*word) : nullptr;
    if (!check) {
        if (word) {
            read.complain(name.mark, fmt::format("there is no check {}", quote(*word, 40)),
                          suggestion(*word, names));
        }
        return;
    }
    const std::string what = fmt::format("check `{}` in {}", check->name, context.what);
    std::vector<std::string_view> known = keys_of("dimensions.*.evaluators[]");
    std::erase(known, "judge");
    for (const evaluate::Parameter& parameter : check->takes) known.push_back(parameter.name);
    for (const YamlMember& member : node.members) {
        if (std::find(known.begin(), known.end(), member.key) != known.end()) continue;
        read.complain(member.mark,
                      fmt::format("unknown parameter {} of {}", quote(member.key, 40), what),
                      suggestion(member.key, known));
    }

    evaluate::Evaluator evaluator;
    evaluator.check = check;
    evaluator.name = check->name;
    if (const YamlNode* label = node.find("name")) {
        evaluator.name = read.text(*label, "`name` of " + what).value_or(evaluator.name);
        read.name(evaluator.name, label->mark, "an evaluator");
    }
    evaluator.where = read_where(context, node);
    evaluator.parameters_json = to_json(parameters_of(node, *check));
    const auto parsed = json::Document::parse(evaluator.parameters_json);
    if (!parsed) {  // Deeper than JSON may be; YAML's own depth was checked.
        read.complain(node.mark,
                      fmt::format("the parameters of {}: {}", what, parsed.error().what));
        return;
    }
    auto configured = evaluate::configure(*check, parsed->root(), read.files);
    const auto versions = read.files.take_versions();
    if (const auto* bad = std::get_if<evaluate::BadParameter>(&configured)) {
        const bool whole = bad->parameter.empty();
        read.complain(mark_of_parameter(node, bad->parameter),
                      whole ? fmt::format("{}: {}", what, bad->why)
                            : fmt::format("`{}` of {} {}", bad->parameter, what, bad->why));
        return;
    }
    evaluator.configured = std::move(std::get<0>(configured));
    std::string content = evaluator.parameters_json;
    for (const auto& [path, version] : versions) content += fmt::format("\n{} {}", path, version);
    evaluator.version = fmt::format("{}@{}:{}", check->name, check->version,
                                    content_version(content).substr(0, 12));
    read.file_versions.insert(versions.begin(), versions.end());

    if (refuse_same_name(context, node, evaluator.name, dimension)) return;
    dimension.evaluators.push_back(std::move(evaluator));
}

void read_judge_evaluator(Context& context, const YamlNode& node, const YamlNode& judge,
                          evaluate::Dimension& dimension) {
    SectionReader& read = context.read;
    for (const YamlMember& member : node.members) {
        if (member.key == "judge" || member.key == "name" || member.key == "where") continue;
        read.complain(
            member.mark,
            fmt::format("unknown key {} beside `judge` in {}", quote(member.key, 40), context.what),
            suggestion(member.key, {"judge", "name", "where"}));
    }
    const auto name = read.text(judge, "`judge` in " + context.what);
    if (!name) return;
    const auto& judges = context.configuration.judges;
    const auto found = judges.find(*name);
    if (found == judges.end()) {
        std::vector<std::string_view> known;
        for (const auto& [key, settings] : judges) known.push_back(key);
        read.complain(judge.mark, fmt::format("there is no judge {}", quote(*name, 40)),
                      known.empty() ? "Describe it under `judges`." : suggestion(*name, known));
        return;
    }
    evaluate::JudgeEvaluator evaluator{.name = *name, .judge = found->second.judge};
    if (const YamlNode* label = node.find("name")) {
        evaluator.name =
            read.text(*label, "`name` of a judge in " + context.what).value_or(evaluator.name);
        read.name(evaluator.name, label->mark, "an evaluator");
    }
    evaluator.where = read_where(context, node);
    if (refuse_same_name(context, node, evaluator.name, dimension)) return;
    dimension.judges.push_back(std::move(evaluator));
}

void read_evaluators(Context& context, const YamlNode& list, evaluate::Dimension& dimension) {
    SectionReader& read = context.read;
    if (!list.is_list() || list.items.empty()) {
        read.complain(
            list.mark,
            fmt::format("`evaluators` of {} must be a list with at least one", context.what),
            "Write `evaluators: [{check: empty_output}]`.");
        return;
    }
    for (const YamlNode& node : list.items) {
        if (!node.is_map()) {
            read.complain(node.mark,
                          fmt::format("an evaluator of {} must be a group, not {}", context.what,
                                      node.kind_word()),
                          node.is_scalar() ? fmt::format("Write `{{check: {}}}`.", node.text) : "");
            continue;
        }
        const YamlNode* check = node.find("check");
        const YamlNode* judge = node.find("judge");
        if (!check == !judge) {
            read.complain(
                node.mark,
                fmt::format("an evaluator of {} is {}", context.what,
                            check ? "both a check and a judge" : "neither a check nor a judge"),
                "Write one of `check: …` and `judge: …`.");
        } else if (check) {
            read_check(context, node, *check, dimension);
        } else {
            read_judge_evaluator(context, node, *judge, dimension);
        }
    }
}

void read_owner_of(Context& context, const YamlNode& node, evaluate::Dimension& dimension) {
    SectionReader& read = context.read;
    const YamlNode* owner = read.required(
        node, "owner", context.what, "Without one nobody would act on it; name one of `owners`.");
    if (!owner) return;
    dimension.owner = read.text(*owner, "`owner` of " + context.what).value_or("");
    std::vector<std::string_view> known;
    for (const Owner& one : context.configuration.owners) known.push_back(one.name);
    if (dimension.owner.empty() ||
        std::find(known.begin(), known.end(), dimension.owner) != known.end()) {
        return;
    }
    read.complain(owner->mark,
                  fmt::format("{} is owned by {}, which is none of `owners`", context.what,
                              quote(dimension.owner, 40)),
                  known.empty() ? fmt::format("Add it: `owners: {{{}: {{rotation: [ana]}}}}`.",
                                              dimension.owner)
                                : suggestion(dimension.owner, known));
}

void read_alert(Context& context, const YamlNode& node, const evaluate::Dimension& dimension) {
    SectionReader& read = context.read;
    const YamlNode* alert = node.find("alert");
    if (!alert) return;
    const std::string what = "`alert` of " + context.what;
    read.section(*alert, "dimensions.*.alert", what);
    AlertPolicy policy;
    if (const YamlNode* page = alert->find("page")) {
        policy.page = read.one_of(*page, "`page` in " + what, {"default", "none"}) == "default";
    }
    if (const YamlNode* critical = alert->find("critical")) {
        policy.critical =
            read.number(*critical, "`critical` in " + what).value_or(policy.critical);
        if (!(policy.critical > 0) || policy.critical > 1)
            read.complain(critical->mark,
                          fmt::format("`critical` in {} must be above 0 and at most 1", what));
    }
    if (policy.page) {
        for (const Owner& owner : context.configuration.owners) {
            if (owner.name != dimension.owner || !owner.notify.empty()) continue;
            read.complain(
                alert->mark,
                fmt::format("{} has no channel: owner {} has no `notify`, so nobody would "
                            "hear of it",
                            what, quote(owner.name, 40)),
                "Give the owner `notify: [a channel]`, or write `page: none`.");
        }
    }
    context.configuration.alerts[dimension.name] = policy;
}

}  // namespace

void read_dimensions(SectionReader& read, const YamlNode& root, Configuration& configuration) {
    const YamlNode* dimensions = root.find("dimensions");
    if (!dimensions) {
        read.complain(root.mark, "there are no `dimensions`, so there is nothing to score",
                      "`plimsoll check-config --explain` lists what one holds.");
        return;
    }
    const auto& members = read.group(*dimensions, "`dimensions`");
    for (const YamlMember& member : members) {
        Context context{read, configuration, fmt::format("dimension {}", quote(member.key, 40))};
        evaluate::Dimension dimension;
        dimension.name = member.key;
        read.name(member.key, member.mark, "a dimension");
        read.section(member.value, "dimensions.*", context.what);
        if (const YamlNode* says =
                read.required(member.value, "says", context.what,
                              "Say in a sentence what is true of an interaction that scores 1.")) {
            dimension.says = read.text(*says, "`says` of " + context.what).value_or("");
        }
        read_owner_of(context, member.value, dimension);
        if (const YamlNode* evaluators = read.required(member.value, "evaluators", context.what,
                                                       "Write `evaluators: [{check: …}]`.")) {
            read_evaluators(context, *evaluators, dimension);
        }
        if (const YamlNode* judged = member.value.find("judged"))
            dimension.judges_only_what_passes =
                read.one_of(*judged, "`judged` of " + context.what, {"all", "passing"}) ==
                "passing";
        read_alert(context, member.value, dimension);
        configuration.scorecard.dimensions.push_back(std::move(dimension));
    }
    if (dimensions->is_map() && (members.size() < 3 || members.size() > 7)) {
        read.warn(dimensions->mark,
                  fmt::format("{} dimension{}: 3 to 7 are usual", members.size(),
                              members.size() == 1 ? "" : "s"),
                  members.size() < 3 ? "With fewer, different faults hide behind one number."
                                     : "With more, nobody looks at all of them.");
    }
}

}  // namespace plimsoll::app
