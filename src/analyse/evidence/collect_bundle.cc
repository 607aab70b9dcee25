#include "analyse/evidence/collect_bundle.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "analyse/evidence/input_text.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/permanent_random.h"
#include "record/row_cache.h"
#include "wire/pick_spans.h"

namespace plimsoll::analyse {

namespace {

using record::Finding;

constexpr std::size_t chunk = 500;
constexpr std::size_t rows_bytes_max = 64u << 20;

/// Of interactions: what was recorded of the evaluators concerned; nullopt: nothing that counts.
struct Recorded {
    double score = 1, inclusion = 1;
};
std::optional<Recorded> recorded(const record::TraceScores& scores, const Finding& finding) {
    std::optional<Recorded> lowest;
    for (const record::ScoreFact& one : scores.scores) {
        if (one.dimension != finding.dimension || !one.score || !one.inclusion) continue;
        if (!finding.evaluator.empty() && one.evaluator != finding.evaluator) continue;
        if (!finding.version.empty() && one.version != finding.version) continue;
        if (!lowest) lowest.emplace();
        lowest->score = std::min(lowest->score, *one.score);
        lowest->inclusion = std::min(lowest->inclusion, *one.inclusion);
    }
    return lowest;
}

bool in_slice(const record::TraceScores& scores, const Finding& finding) {
    const auto is = [&](const std::string& attribute, const std::string& value) {
        const auto found = scores.attributes.find(attribute);
        return found != scores.attributes.end() && found->second == value;
    };
    if (!finding.service.empty() && !is("service", finding.service)) return false;
    return std::ranges::all_of(finding.slice,
                               [&](const auto& one) { return is(one.first, one.second); });
}

/// The lines of one side, without their bytes.
Result<std::vector<EvidenceLine>> draw_side(record::Facts& facts, const Finding& finding,
                                            bool after, UnixNanos from, UnixNanos to,
                                            std::size_t most) {
    std::vector<std::pair<double, TraceId>> order;
    const auto visited = facts.for_each_verdict(
        finding.dimension, from, to, [&](const record::DimensionVerdict& verdict) {
            order.emplace_back(permanent_random("bundle", verdict.trace.hex()), verdict.trace);
        });
    if (!visited) return visited.error();
    std::ranges::sort(order);
    std::vector<EvidenceLine> lines;
    std::optional<double> first_left_out;
    for (std::size_t at = 0; at < order.size() && !first_left_out; at += chunk) {
        std::vector<TraceId> traces;
        std::map<TraceId, double> number;
        for (std::size_t i = at; i < std::min(at + chunk, order.size()); ++i) {
            traces.push_back(order[i].second);
            number[order[i].second] = order[i].first;
        }
        auto scores = facts.scores_of(traces);
        if (!scores) return scores.error();
        std::ranges::sort(*scores, {}, [&](const auto& one) { return number[one.trace]; });
        for (const record::TraceScores& one : *scores) {
            const auto found = recorded(one, finding);
            if (!found || !in_slice(one, finding)) continue;
            if (lines.size() == most) {
                first_left_out = number[one.trace];
                break;
            }
            lines.push_back({.trace = one.trace,
                             .after = after,
                             .session = {},
                             .start = one.start,
                             .inclusion = found->inclusion,
                             .score = found->score,
                             .otlp = {}});
        }
    }
    for (EvidenceLine& line : lines) line.drawn = first_left_out.value_or(1);
    std::ranges::sort(lines, {}, &EvidenceLine::trace);
    return lines;
}

/// Fills in the bytes and the session; lines whose bytes are gone are left out.
Result<Done> fill(std::vector<EvidenceLine>& lines, const BundleSources& sources) {
    std::map<TraceId, EvidenceLine*> line_of;
    std::vector<TraceId> traces;
    for (EvidenceLine& line : lines) {
        line_of[line.trace] = &line;
        traces.push_back(line.trace);
    }
    struct Fetch {
        std::uint64_t seq;
        TraceId trace;
        std::uint32_t ordinal;
        auto operator<=>(const Fetch&) const = default;
    };
    std::vector<Fetch> fetches;
    for (std::size_t at = 0; at < traces.size(); at += chunk) {
        const auto known = sources.facts.known(
            {traces.begin() + static_cast<std::ptrdiff_t>(at),
             traces.begin() + static_cast<std::ptrdiff_t>(std::min(at + chunk, traces.size()))});
        if (!known) return known.error();
        for (const record::KnownTrace& one : *known) {
            line_of[one.trace]->incomplete = one.incomplete;
            for (const auto& place : one.places)
                fetches.push_back({place.seq, one.trace, place.ordinal});
        }
    }
    std::ranges::sort(fetches);
    record::RowCache rows(sources.journal, rows_bytes_max);
    for (auto next = fetches.begin(); next != fetches.end();) {
        const auto row = rows.get(next->seq);
        if (!row) return row.error();
        const Fetch of = *next;
        std::vector<std::uint32_t> ordinals;
        for (; next != fetches.end() && next->seq == of.seq && next->trace == of.trace; ++next)
            ordinals.push_back(next->ordinal);
        if (*row) line_of[of.trace]->otlp += wire::pick_spans((*row)->otlp, ordinals);
    }
    std::erase_if(lines, [](const EvidenceLine& line) { return line.otlp.empty(); });
    for (EvidenceLine& line : lines) {
        line.start = line.start / 1'000'000 * 1'000'000;  // As it is written.
        line.session = interaction_of(line).session;
    }
    return Done{};
}

Result<Replies> replies_of(const std::vector<EvidenceLine>& lines, const ConcernedEvaluators& who,
                           record::JudgeLedger* ledger) {
    Replies replies;
    if (who.judges.empty() || !ledger) return replies;
    std::vector<std::string> definitions;
    for (const auto* judge : who.judges)
        definitions.push_back(evaluate::definition_hash(*judge->judge));
    for (std::size_t at = 0; at < lines.size(); at += chunk) {
        std::vector<TraceId> traces;
        for (std::size_t i = at; i < std::min(at + chunk, lines.size()); ++i)
            traces.push_back(lines[i].trace);
        const auto known = ledger->of(traces);
        if (!known) return known.error();
        for (const record::KnownJudgement& one : *known) {
            if (!one.judgement.occasion.empty() || one.state != record::JudgementState::settled ||
                std::ranges::find(definitions, one.judgement.judge) == definitions.end())
                continue;
            const auto exchange = ledger->exchange(one.id);
            if (!exchange) return exchange.error();
            if (*exchange)
                replies[{one.judgement.interaction, one.judgement.judge}] = (*exchange)->reply;
        }
    }
    return replies;
}

/// Versions of a side with their counts, and what the finding says has changed.
std::string tuple_text(const std::vector<EvidenceLine>& lines, const Finding& finding,
                       const ConcernedEvaluators& who) {
    json::Writer w;
    w.begin_object();
    for (const bool after : {false, true}) {
        std::map<std::string_view, std::map<std::string, std::uint64_t>> versions;
        for (const EvidenceLine& line : lines) {
            if (line.after != after) continue;
            const Interaction interaction = interaction_of(line);
            ++versions["model"][interaction.versions.model];
            ++versions["prompt"][interaction.versions.prompt];
            ++versions["provider"][interaction.provider];
            ++versions["service"][interaction.service];
        }
        w.key(after ? "after" : "before").begin_object();
        for (const auto& [element, values] : versions) {
            w.key(element).begin_object();
            for (const auto& [value, count] : values) w.key(value).value(count);
            w.end_object();
        }
        w.end_object();
    }
    w.key("evaluator").value(finding.version).key("rubrics").begin_object();
    for (const auto* judge : who.judges)
        w.key(judge->name).value(evaluate::rubric_version(*judge->judge));
    w.end_object().key("changed").begin_array();
    for (const record::FindingCause& cause : finding.causes)
        w.begin_object()
            .key("element")
            .value(cause.element)
            .key("from")
            .value(cause.from)
            .key("to")
            .value(cause.to)
            .end_object();
    w.end_array().end_object();
    return w.take() + "\n";
}

/// The link of the trail that said it: "" if there is none of that number.
Result<std::string> trail_text(const Finding& finding, record::RunRecords* records) {
    std::uint64_t seq = 0;
    const char* const end = finding.run.data() + finding.run.size();
    if (!records || std::from_chars(finding.run.data(), end, seq).ptr != end || seq == 0)
        return std::string();
    const auto link =
        records->newest_first({.before = seq + 1, .kind = "", .subject = "", .limit = 1});
    if (!link) return link.error();
    if (link->empty() || link->front().seq != seq) return std::string();
    json::Writer w;
    w.begin_object().key("seq").value(seq).key("hash").value(link->front().hash).end_object();
    return w.take() + "\n";
}

}  // namespace

Result<BundleFiles> collect_bundle(const Finding& finding, const BundleSources& sources,
                                   const BundleOptions& options) {
    using record::FindingKind;
    if (finding.kind != FindingKind::score_drift && finding.kind != FindingKind::slice_drift &&
        finding.kind != FindingKind::distribution_drift &&
        finding.kind != FindingKind::calibration_drift)
        return Error{
            fmt::format("a finding of the kind {} rests on no scores that could be "
                        "evaluated again",
                        to_word(finding.kind))};
    const auto who = concerned(sources.scorecard, finding);
    if (!who) return who.error();
    const UnixNanos end =
        std::max(finding.found, finding.ended.value_or(finding.since + options.after));
    auto lines = draw_side(sources.facts, finding, false, finding.since - options.before,
                           finding.since, options.most);
    if (!lines) return lines.error();
    auto later = draw_side(sources.facts, finding, true, finding.since, end, options.most);
    if (!later) return later.error();
    if (lines->empty() || later->empty())
        return Error{fmt::format("the facts hold no scores of {} {} {}", finding.dimension,
                                 lines->empty() ? "before" : "after", to_iso8601(finding.since))};
    lines->insert(lines->end(), std::make_move_iterator(later->begin()),
                  std::make_move_iterator(later->end()));
    if (auto filled = fill(*lines, sources); !filled) return filled.error();
    const auto replies = replies_of(*lines, *who, sources.ledger);
    if (!replies) return replies.error();
    const auto trail = trail_text(finding, sources.records);
    if (!trail) return trail.error();

    BundleFiles files;
    json::Writer said, paths;
    said.begin_object();
    write_finding(said, finding);
    files["finding.json"] = said.end_object().take() + "\n";
    files["tuple.json"] = tuple_text(*lines, finding, *who);
    files["interactions.jsonl"] = lines_text(*lines);
    files["replies.jsonl"] = replies_text(*replies);
    for (const EvidenceLine& line : *lines)
        if (!line.after) files["inputs.jsonl"] += input_text(interaction_of(line)) + "\n";
    files["configuration.yaml"] = sources.configuration;
    paths.begin_object();
    for (const auto& [path, content] : sources.named_files) {
        const std::string name = "files/" + content_version(content);
        paths.key(path).value(name);
        files[name] = content;
    }
    files["files.json"] = paths.end_object().take() + "\n";
    std::vector<std::optional<double>> scores;
    for (const EvidenceLine& line : *lines) scores.emplace_back(line.score);
    files["expected.json"] = to_json(figure_of(*lines, scores)) + "\n";
    if (!trail->empty()) files["record.json"] = *trail;
    seal_bundle(files, sources.made_by);
    return files;
}

}  // namespace plimsoll::analyse
