#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "app/configuration/section_reader.h"
#include "app/traffic/specification.h"

namespace plimsoll::app::traffic {
namespace {

/// Reads one group; a key that nobody asked for is complained of when it is done.
class Group {
  public:
    Group(SectionReader& read, const YamlNode& node, std::string what)
        : read_(read), node_(node), what_(std::move(what)) {
        read.group(node, what_);
    }
    ~Group() {
        for (const YamlMember& member : node_.members)
            if (std::ranges::find(known_, member.key) == known_.end())
                read_.complain(member.mark,
                               fmt::format("unknown key `{}` in {}", member.key, what_),
                               suggestion(member.key, known_));
    }
    Group(const Group&) = delete;

    const YamlNode* find(std::string_view key) {
        known_.push_back(key);
        return node_.find(key);
    }
    template <class Number>
    void number(std::string_view key, Number& value, double least = 0, double most = 1e15) {
        const YamlNode* node = find(key);
        if (!node) return;
        const auto found = read_.number(*node, fmt::format("`{}` of {}", key, what_));
        if (!found) return;
        if (*found < least || *found > most)
            read_.complain(node->mark, fmt::format("`{}` must be from {} to {}", key, least, most));
        value = static_cast<Number>(*found);
    }
    void number(std::string_view key, std::optional<double>& value) {
        double found = NAN;
        number(key, found, 0, 1);
        if (!std::isnan(found)) value = found;
    }
    void text(std::string_view key, std::string& value) {
        if (const YamlNode* node = find(key))
            value = read_.text(*node, fmt::format("`{}` of {}", key, what_)).value_or("");
    }
    void texts(std::string_view key, std::vector<std::string>& values) {
        if (const YamlNode* node = find(key))
            values = read_.texts(*node, fmt::format("`{}` of {}", key, what_));
    }
    void flag(std::string_view key, bool& value) {
        if (const YamlNode* node = find(key))
            value = read_.one_of(*node, fmt::format("`{}`", key), {"true", "false"}) == "true";
    }
    void attributes(std::string_view key, Attributes& values) {
        const YamlNode* node = find(key);
        if (!node) return;
        for (const YamlMember& member : read_.group(*node, fmt::format("`{}`", key)))
            values[member.key] = member.value.text;
    }
    void moment(std::string_view key, const Specification& specification, UnixNanos& value) {
        const YamlNode* node = find(key);
        if (!node) return;
        if (const auto found = moment_named(node->text, specification.starts, specification.ends()))
            value = *found;
        else
            read_.complain(node->mark, fmt::format("`{}` is no moment", node->text),
                           "Write `W09 Tue 10:00`, `end-6d`, or a day: `2026-03-03`.");
    }

  private:
    SectionReader& read_;
    const YamlNode& node_;
    const std::string what_;
    std::vector<std::string_view> known_;
};

Shares read_shares(SectionReader& read, const YamlMember& member) {
    Shares shares;
    double sum = 0;
    for (const YamlMember& value : read.group(member.value, "`" + member.key + "`")) {
        shares.emplace_back(value.key, read.number(value.value, value.key).value_or(0));
        sum += shares.back().second;
    }
    if (std::abs(sum - 1) > 1e-6)
        read.complain(member.mark,
                      fmt::format("the shares of `{}` add up to {}, not to 1", member.key, sum));
    return shares;
}

std::map<std::string, Shares> read_all_shares(SectionReader& read, const YamlNode* node) {
    std::map<std::string, Shares> all;
    if (node)
        for (const YamlMember& member : read.group(*node, "shares"))
            all[member.key] = read_shares(read, member);
    return all;
}

Application read_application(SectionReader& read, const YamlMember& member) {
    Application application;
    application.name = application.service = member.key;
    Group group(read, member.value, fmt::format("application `{}`", member.key));
    group.text("service", application.service);
    group.number("share", application.share, 0, 1);
    group.texts("content", application.content);
    group.texts("without_data", application.without_data);
    group.text("label", application.label);
    group.number("good", application.good);
    group.text("variant", application.variant);
    group.number("turns", application.turns, 1, 1000);
    group.attributes("versions", application.versions);
    group.number("usd_per_million_input", application.usd_per_million_input);
    group.number("usd_per_million_output", application.usd_per_million_output);
    group.number("first_token_s", application.first_token_s);
    group.number("first_token_sigma", application.first_token_sigma, 0, 3);
    group.number("per_token_s", application.per_token_s);
    group.number("per_token_sigma", application.per_token_sigma, 0, 3);
    return application;
}

OutsideJudge read_judge(SectionReader& read, const YamlMember& member) {
    OutsideJudge judge;
    judge.name = member.key;
    Group group(read, member.value, fmt::format("judge `{}`", member.key));
    group.texts("applications", judge.applications);
    group.number("rate", judge.rate, 0, 1);
    group.number("sensitivity", judge.sensitivity, 0, 1);
    group.number("specificity", judge.specificity, 0, 1);
    group.attributes("versions", judge.versions);
    return judge;
}

/// Which attribute tells the version of a tuple element.
std::string_view attribute_of(std::string_view element) {
    constexpr std::pair<std::string_view, std::string_view> all[] = {
        {"model", "gen_ai.response.model"},
        {"prompt", "app.prompt.version"},
        {"judge", "app.judge.version"},
        {"rubric", "app.rubric.version"},
        {"dataset", "app.dataset.version"},
        {"retriever", "gen_ai.data_source.id"},
        {"tool_schema", "app.tool_schema.version"},
        {"provider", "gen_ai.provider.name"}};
    for (const auto& [name, attribute] : all)
        if (name == element) return attribute;
    return "";
}

/// Versions before and after, as the application or the judge has them and the event sets them.
void complete_cause(const Specification& specification, Event& event) {
    const std::string attribute(attribute_of(event.cause.element));
    const auto to = event.set.find(attribute);
    if (to == event.set.end()) return;
    event.cause.to = to->second;
    for (const Application& application : specification.applications)
        if (application.name == event.application)
            if (const auto from = application.versions.find(attribute);
                from != application.versions.end())
                event.cause.from = from->second;
    for (const OutsideJudge& judge : specification.judges)
        if (judge.name == event.judge)
            if (const auto from = judge.versions.find(attribute); from != judge.versions.end())
                event.cause.from = from->second;
    for (const Event& before : specification.events)
        if (before.application == event.application && before.judge == event.judge &&
            before.end > event.start && before.start <= event.start)
            if (const auto from = before.set.find(attribute); from != before.set.end())
                event.cause.from = from->second;
}

Event read_event(SectionReader& read, const YamlMember& member,
                 const Specification& specification) {
    Event event;
    event.id = member.key;
    event.start = specification.starts;
    event.end = specification.ends();
    Group group(read, member.value, fmt::format("event `{}`", member.key));
    group.text("kind", event.kind);
    group.text("dimension", event.dimension);
    group.text("says", event.says);
    group.text("owner", event.owner);
    group.text("application", event.application);
    group.attributes("where", event.where);
    group.moment("from", specification, event.start);
    group.moment("to", specification, event.end);
    event.full = event.end;
    group.moment("full", specification, event.full);
    if (const YamlNode* shape = group.find("shape")) {
        const auto word = read.one_of(*shape, "`shape`", {"step", "ramp", "spike"});
        event.shape = word == "ramp" ? Shape::ramp : word == "spike" ? Shape::spike : Shape::step;
    }
    group.number("affected", event.affected, 0, 1);
    group.flag("must_alert", event.must_alert);
    group.text("cause", event.cause.element);
    group.attributes("set", event.set);
    group.number("good", event.good);
    group.number("good_times", event.good_times, 0, 10);
    group.text("variant", event.variant);
    group.number("input_tokens", event.input_tokens, 0, 100);
    group.number("latency", event.latency, 0, 1000);
    group.number("latency_p95", event.latency_p95, 0, 1000);
    group.number("latency_p99", event.latency_p99, 0, 1000);
    group.number("cost", event.cost, 0, 1000);
    group.number("volume", event.volume, 0, 100);
    event.shares = read_all_shares(read, group.find("shares"));
    group.flag("other_context", event.other_context);
    group.number("lost_tools", event.lost_tools, 0, 1);
    group.number("personal", event.personal, 0, 1);
    group.number("duplicated", event.duplicated, 0, 1);
    group.number("late", event.late, 0, 1);
    group.text("judge", event.judge);
    group.number("sensitivity", event.sensitivity);
    group.number("specificity", event.specificity);
    complete_cause(specification, event);
    if (!event.application.empty() &&
        std::ranges::none_of(specification.applications, [&](const Application& application) {
            return application.name == event.application;
        }))
        read.complain(member.mark, fmt::format("event `{}` is about an application that there is "
                                               "not: `{}`",
                                               event.id, event.application));
    return event;
}

}  // namespace

std::variant<Specification, std::vector<Complaint>> read_specification(
    const std::string& text, const std::string& file, std::optional<UnixNanos> ends) {
    auto parsed = parse_yaml(text);
    if (const auto* fault = std::get_if<YamlFault>(&parsed))
        return std::vector<Complaint>{{file, fault->mark, fault->what, ""}};
    const YamlNode& root = std::get<YamlNode>(parsed);
    const evaluate::NoFiles none;
    SectionReader read(file, none, "");
    Specification specification;
    {
        Group group(read, root, "the specification");
        group.number("seed", specification.seed, 0, 0x1p53);
        group.number("weeks", specification.weeks, 1, 520);
        std::string starts;
        group.text("starts", starts);
        if (const auto day = from_iso8601(starts))
            specification.starts = *day;
        else if (!ends)
            read.complain(root.mark, "`starts` must be a day", "Write `starts: 2026-01-05`.");
        if (ends) specification.starts += *ends - specification.ends();
        group.number("per_day", specification.per_day, 1, 1e8);
        group.text("gaps", specification.gaps);
        group.number("weekend", specification.weekend, 0, 100);
        if (const YamlNode* hours = group.find("hours")) {
            specification.hours.clear();
            for (const YamlMember& member : read.group(*hours, "`hours`"))
                specification.hours.emplace_back(std::atoi(member.key.c_str()),
                                                 read.number(member.value, "a weight").value_or(1));
        }
        if (const YamlNode* labels = group.find("labels")) {
            Group inner(read, *labels, "`labels`");
            inner.number("first_week", specification.labels_first_week);
            inner.number("a_week", specification.labels_a_week);
            inner.number("double", specification.labels_double, 0, 1);
            inner.number("wrong", specification.labels_wrong, 0, 1);
        }
        specification.attributes = read_all_shares(read, group.find("attributes"));
        double sum = 0;
        if (const YamlNode* all = group.find("applications"))
            for (const YamlMember& member : read.group(*all, "`applications`"))
                sum +=
                    specification.applications.emplace_back(read_application(read, member)).share;
        if (std::abs(sum - 1) > 1e-6)
            read.complain(
                root.mark,
                fmt::format("the shares of the applications add up to {}, not to 1", sum));
        if (const YamlNode* all = group.find("judges"))
            for (const YamlMember& member : read.group(*all, "`judges`"))
                specification.judges.push_back(read_judge(read, member));
        if (const YamlNode* all = group.find("events"))
            for (const YamlMember& member : read.group(*all, "`events`"))
                specification.events.push_back(read_event(read, member, specification));
    }
    if (!read.complaints.empty()) return std::move(read.complaints);
    return specification;
}

}  // namespace plimsoll::app::traffic
