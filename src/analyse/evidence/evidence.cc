#include "analyse/evidence/evidence.h"

#include <fmt/format.h>

#include "base/json.h"
#include "interaction/understand.h"
#include "wire/base64.h"
#include "wire/otlp.h"

namespace plimsoll::analyse {

namespace {

/// Calls `use(line)` for every line of a JSON lines file; its false ends in the Error.
template <class Use>
Result<Done> each_line(const BundleFiles& files, const char* name, const Use& use) {
    const auto file = files.find(name);
    if (file == files.end()) return Error{fmt::format("{} is missing", name)};
    std::string_view rest = file->second;
    for (std::size_t number = 1; !rest.empty(); ++number) {
        const std::size_t end = rest.find('\n');
        const auto document = json::Document::parse(rest.substr(0, end));
        if (!document || !use(document->root()))
            return Error{fmt::format(
                "{}:{}: {}", name, number,
                document ? "a member is missing or has another kind" : document.error().what)};
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return Done{};
}

std::string_view text(json::Value object, std::string_view key) {
    const auto found = object.find(key);
    return found ? found->as_string() : std::string_view();
}
std::optional<double> number(json::Value object, std::string_view key) {
    const auto found = object.find(key);
    return found ? found->as_number() : std::nullopt;
}

std::optional<EvidenceLine> line_of(json::Value object) {
    EvidenceLine line;
    const auto trace = TraceId::from_hex(text(object, "trace"));
    const auto start = from_iso8601(text(object, "start"));
    const auto inclusion = number(object, "inclusion"), drawn = number(object, "drawn"),
               score = number(object, "score");
    const auto incomplete = object.find("incomplete");
    auto otlp = wire::from_base64(text(object, "otlp"));
    if (!trace || !start || !inclusion || !drawn || !score || !incomplete || !otlp)
        return std::nullopt;
    if (!(*inclusion > 0) || !(*drawn > 0) || !(*score >= 0 && *score <= 1)) return std::nullopt;
    return EvidenceLine{.trace = *trace,
                        .after = text(object, "side") == "after",
                        .incomplete = incomplete->as_boolean().value_or(false),
                        .session = std::string(text(object, "session")),
                        .start = *start,
                        .inclusion = *inclusion,
                        .drawn = *drawn,
                        .score = *score,
                        .otlp = std::move(*otlp)};
}

}  // namespace

std::string lines_text(const std::vector<EvidenceLine>& lines) {
    std::string all;
    for (const EvidenceLine& line : lines) {
        json::Writer w;
        w.begin_object().key("trace").value(line.trace.hex());
        w.key("side").value(line.after ? "after" : "before").key("session").value(line.session);
        w.key("start").value(to_iso8601(line.start)).key("inclusion").value(line.inclusion);
        w.key("drawn").value(line.drawn).key("weight").value(line.weight());
        w.key("score").value(line.score).key("incomplete").value(line.incomplete);
        w.key("otlp").value(wire::to_base64(line.otlp)).end_object();
        all += w.text() + "\n";
    }
    return all;
}

std::string replies_text(const Replies& replies) {
    std::string all;
    for (const auto& [of, reply] : replies) {
        json::Writer w;
        w.begin_object().key("trace").value(of.first.hex()).key("judge").value(of.second);
        w.key("reply").value(wire::to_base64(reply)).end_object();
        all += w.text() + "\n";
    }
    return all;
}

Result<FindingEvidence> read_evidence(const BundleFiles& files) {
    FindingEvidence evidence;
    const auto finding = files.find("finding.json");
    const auto document = finding == files.end() ? Error{"finding.json is missing"}
                                                 : json::Document::parse(finding->second);
    if (!document) return document.error();
    auto read = record::finding_of(document->root());
    if (!read) return Error{"finding.json: " + read.error().what};
    evidence.finding = std::move(*read);
    const auto lines = each_line(files, "interactions.jsonl", [&](json::Value object) {
        auto line = line_of(object);
        if (line) evidence.lines.push_back(std::move(*line));
        return line.has_value();
    });
    if (!lines) return lines.error();
    const auto replies = each_line(files, "replies.jsonl", [&](json::Value object) {
        const auto trace = TraceId::from_hex(text(object, "trace"));
        auto reply = wire::from_base64(text(object, "reply"));
        if (!trace || !reply) return false;
        evidence.replies[{*trace, std::string(text(object, "judge"))}] = std::move(*reply);
        return true;
    });
    if (!replies) return replies.error();
    const auto expected = files.find("expected.json");
    if (expected == files.end()) return Error{"expected.json is missing"};
    evidence.expected = expected->second;
    while (evidence.expected.ends_with('\n')) evidence.expected.pop_back();
    return evidence;
}

Interaction interaction_of(const EvidenceLine& line) {
    std::vector<Step> steps;
    interaction::Origin origin;
    wire::for_each_span(line.otlp, [&](std::uint32_t, const wire::SpanView& span) {
        if (steps.empty() || span.parent.is_zero()) origin = interaction::origin_of(span);
        steps.push_back(interaction::understand_span(span));
    });
    return interaction::assemble(line.trace, std::move(steps), origin, line.incomplete);
}

Figure figure_of(const std::vector<EvidenceLine>& lines,
                 const std::vector<std::optional<double>>& scores) {
    std::vector<FigureScore> list;
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (scores[i])
            list.push_back({lines[i].after, lines[i].session, lines[i].weight(), *scores[i]});
    return figure_of(list);
}

Result<ConcernedEvaluators> concerned(const evaluate::Scorecard& scorecard,
                                      const record::Finding& finding) {
    ConcernedEvaluators found;
    for (const evaluate::Dimension& dimension : scorecard.dimensions)
        if (dimension.name == finding.dimension) found.dimension = &dimension;
    if (!found.dimension)
        return Error{fmt::format("the finding's dimension '{}' is not configured any more",
                                 finding.dimension)};
    const auto meant = [&](const std::string& name) {
        return finding.evaluator.empty() || finding.evaluator == name;
    };
    for (const evaluate::Evaluator& check : found.dimension->evaluators)
        if (meant(check.name)) found.checks.push_back(&check);
    for (const evaluate::JudgeEvaluator& judge : found.dimension->judges)
        if (meant(judge.name)) found.judges.push_back(&judge);
    if (found.checks.empty() && found.judges.empty())
        return Error{fmt::format("the evaluator '{}' of '{}' is not configured any more",
                                 finding.evaluator, finding.dimension)};
    return found;
}

}  // namespace plimsoll::analyse
