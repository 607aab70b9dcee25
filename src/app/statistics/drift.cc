// plimsoll drift FILE: did a series change, and when. Either weeks (week, mean, se), or scores with
// their time.
#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <numeric>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "analyse/drift/series_report.h"
#include "analyse/stats/false_discovery.h"
#include "analyse/stats/session_unit.h"
#include "app/commands/commands.h"
#include "app/statistics/commands.h"
#include "app/statistics/rows.h"
#include "base/json.h"
#include "base/time.h"
#include "show/printable.h"
#include "show/text_table.h"

namespace plimsoll::app {

namespace {

using analyse::Computed;
using analyse::EAlarm;
using analyse::ScoredSession;
using analyse::SeriesReport;
using analyse::Week;

constexpr double day_s = 86'400;
constexpr double fdr_q = .10;

struct Options {
    std::string file, by, reference;
    double false_pages = 1, series = 0, objective = 0;
    bool json = false;
};

/// One series of the file; all of it without --by.
struct Series {
    std::string name;
    std::vector<std::size_t> rows;
    SeriesReport report;
    std::optional<double> adjusted_p;  ///< Of the last week, over all series of the file.
};

struct Column {
    std::vector<std::optional<double>> values;  ///< Empty if the file has no such column.
    double at(std::size_t row, double otherwise) const {
        return row < values.size() ? values[row].value_or(otherwise) : otherwise;
    }
};

std::string iso(double time_s) {
    return to_iso8601(static_cast<UnixNanos>(std::llround(time_s * 1e3)) * 1'000'000);
}

std::optional<double> seconds_of(const std::string& word) {
    if (const auto number = number_of(word); number && std::abs(*number) < 9e9) return number;
    const auto nanos = from_iso8601(word);
    if (!nanos) return std::nullopt;
    return static_cast<double>(*nanos) / nanos_per_second;
}

/// Reads the file into series, and says what is wrong with it.
class Reader {
  public:
    Reader(const Rows& rows, const Options& options) : rows_(rows), options_(options) {}

    Result<std::vector<Series>> read() {
        const std::string time = rows_.has("time") ? "time" : "week";
        const auto times = rows_.texts(time);
        if (!times) return Error{times.error().what + "; a series needs a column time, or week"};
        for (std::size_t row = 0; row < rows_.size(); ++row) {
            const auto seconds = seconds_of((*times)[row]);
            if (!seconds) {
                return Error{
                    fmt::format("{}: {} holds {}; write 2026-01-05T10:00:00Z or Unix "
                                "seconds",
                                rows_.place(row), time, json::quoted((*times)[row]))};
            }
            times_.push_back(*seconds);
        }
        auto series = split();
        if (!series) return series;
        const bool scores = rows_.has("score");
        if (!scores && !rows_.has("mean")) {
            return Error{
                fmt::format("{}: neither a column score (one row a score) nor mean and se "
                            "(one row a week)",
                            options_.file)};
        }
        const double detectors =
            options_.series > 0 ? options_.series : static_cast<double>(series->size());
        for (Series& one : *series) {
            const auto done = scores ? of_scores(one, detectors) : of_weeks(one);
            if (!done) return done.error();
        }
        adjust(*series);
        return series;
    }

  private:
    Result<std::vector<Series>> split() {
        std::map<std::string, std::vector<std::size_t>> groups;
        if (options_.by.empty()) {
            groups[""].resize(rows_.size());
            std::iota(groups[""].begin(), groups[""].end(), 0);
        } else {
            const auto names = rows_.texts(options_.by);
            if (!names) return names.error();
            for (std::size_t row = 0; row < names->size(); ++row) {
                groups[(*names)[row]].push_back(row);
            }
        }
        std::vector<Series> series;
        for (auto& [name, rows] : groups) {
            std::ranges::stable_sort(rows, {}, [&](std::size_t row) { return times_[row]; });
            series.push_back({name, std::move(rows), {}, {}});
        }
        return series;
    }

    Result<Column> column(const char* name) {
        if (!rows_.has(name)) return Column{};
        auto values = rows_.numbers(name);
        if (!values) return values.error();
        return Column{std::move(*values)};
    }

    Result<Done> of_weeks(Series& series) {
        auto mean = rows_.all_numbers("mean"), error = rows_.all_numbers("se");
        auto count = column("n");
        if (!mean) return mean.error();
        if (!error) return Error{error.error().what + "; a mean without its error proves nothing"};
        if (!count) return count.error();
        for (const std::size_t row : series.rows) {
            if (!((*error)[row] > 0)) {
                return Error{
                    fmt::format("{}: se is {}, but a standard error is above 0; for a week "
                                "in which all passed take half of Wilson's interval / 1.96",
                                rows_.place(row), (*error)[row])};
            }
            series.report.weeks.push_back(
                {times_[row], (*mean)[row], (*error)[row] * (*error)[row], count->at(row, 0)});
        }
        const std::vector<Week>& weeks = series.report.weeks;
        std::size_t reference = std::min<std::size_t>(8, weeks.size() - 1);
        if (!options_.reference.empty()) {
            const auto end = reference_end(weeks.front().time_s);
            if (!end) return end.error();
            reference = static_cast<std::size_t>(
                std::ranges::count_if(weeks, [&](const Week& week) { return week.time_s < *end; }));
        }
        series.report.reference_weeks = reference;
        series.report.verdicts = analyse::week_verdicts(weeks, reference);
        return Done{};
    }

    Result<Done> of_scores(Series& series, double detectors) {
        const auto scores = rows_.numbers("score");
        if (!scores) return scores.error();
        const auto weight = column("weight"), inclusion = column("inclusion");
        if (!weight) return weight.error();
        if (!inclusion) return inclusion.error();
        const char* session_column = rows_.has("session") ? "session" : nullptr;
        const char* user_column = rows_.has("user") ? "user" : session_column;
        if (session_column != nullptr) sessions_ = *rows_.texts(session_column);
        if (user_column != nullptr) users_ = *rows_.texts(user_column);

        struct Open {
            double time_s, weight;
            std::vector<double> losses;
            std::size_t row;
        };
        std::vector<Open> open;
        std::map<std::string, std::size_t> index;
        for (const std::size_t row : series.rows) {
            if (!(*scores)[row]) continue;  // Unscored.
            const double score = *(*scores)[row];
            if (score < 0 || score > 1) {
                return Error{fmt::format("{}: score {} is outside [0, 1]; divide by the largest",
                                         rows_.place(row), score)};
            }
            const double pi = inclusion->at(row, 1), w = weight->at(row, 1 / pi);
            if (!(pi > 0 && pi <= 1) || !(w > 0)) {
                return Error{
                    fmt::format("{}: an inclusion probability is in (0, 1], a weight above "
                                "0",
                                rows_.place(row))};
            }
            std::size_t at = open.size();
            if (!sessions_.empty() && !sessions_[row].empty()) {
                at = index.try_emplace(sessions_[row], at).first->second;
            }
            if (at == open.size()) open.push_back({times_[row], w, {}, row});
            Open& session = open[at];
            session.time_s = times_[row];  // A session speaks once it is complete.
            if (session.losses.size() < analyse::session_cap) session.losses.push_back(1 - score);
        }
        if (open.empty()) return Error{options_.file + ": no scores in \"" + series.name + "\""};
        std::ranges::stable_sort(open, {}, &Open::time_s);
        std::vector<std::string> clusters;  // The sessions' views.
        for (const Open& one : open) {
            clusters.push_back(users_.empty() || users_[one.row].empty() ? rows_.place(one.row)
                                                                         : users_[one.row]);
        }
        std::vector<ScoredSession> sessions;
        for (std::size_t i = 0; i < open.size(); ++i) {
            sessions.push_back({open[i].time_s, open[i].weight,
                                1 - analyse::session_loss(open[i].losses).loss, clusters[i]});
        }
        analyse::SeriesOptions options;
        options.series = detectors;
        options.false_pages = options_.false_pages;
        if (options_.objective > 0) options.objective = options_.objective;
        const double begin = sessions.front().time_s,
                     days = (sessions.back().time_s - begin) / day_s;
        options.reference_end_s = begin + day_s * (days >= 63 ? 56 : days >= 21 ? 14 : days / 2);
        if (!options_.reference.empty()) {
            const auto end = reference_end(begin);
            if (!end) return end.error();
            options.reference_end_s = *end;
        }
        series.report = analyse::series_report(sessions, options);
        return Done{};
    }

    /// "14d", "8w", or a time.
    Result<double> reference_end(double begin) const {
        const std::string& word = options_.reference;
        if (word.ends_with('d') || word.ends_with('w')) {
            const auto number = number_of(word.substr(0, word.size() - 1));
            if (number && *number > 0)
                return begin + *number * day_s * (word.back() == 'w' ? 7 : 1);
        }
        if (const auto end = seconds_of(word)) return *end;
        return Error{
            fmt::format("--reference {}: write 8w, 14d, or the time at which the reference "
                        "ends",
                        word)};
    }

    static void adjust(std::vector<Series>& all) {
        std::vector<double> p;
        std::vector<Series*> tested;
        for (Series& series : all) {
            if (series.report.verdicts.empty() || !series.report.verdicts.back().test) continue;
            p.push_back(series.report.verdicts.back().test->p);
            tested.push_back(&series);
        }
        const std::vector<double> adjusted = analyse::benjamini_hochberg(p);
        for (std::size_t i = 0; i < tested.size(); ++i) tested[i]->adjusted_p = adjusted[i];
    }

    const Rows& rows_;
    const Options& options_;
    std::vector<double> times_;
    std::vector<std::string> sessions_, users_;
};

/// Weekly means as blocks, the reference to the left of the bar; below, what was found.
std::string drawing(const SeriesReport& report) {
    constexpr const char* blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    const auto [low, high] = std::ranges::minmax(report.weeks, {}, &Week::mean);
    std::string series, marks;
    for (std::size_t i = 0; i < report.weeks.size(); ++i) {
        if (i == report.reference_weeks && i > 0) series += "│", marks += " ";
        const double share =
            high.mean > low.mean ? (report.weeks[i].mean - low.mean) / (high.mean - low.mean) : .5;
        series += blocks[std::min(7, static_cast<int>(share * 8))];
        const bool after = i >= report.reference_weeks;
        const auto* verdict = after ? &report.verdicts[i - report.reference_weeks] : nullptr;
        const double begin = report.weeks[i].time_s;
        const bool paged = std::ranges::any_of(report.alarms, [&](const EAlarm& alarm) {
            return alarm.time_s >= begin && alarm.time_s < begin + 7 * day_s;
        });
        const bool odd = verdict != nullptr && verdict->test && verdict->test->p < .05;
        marks += paged ? "!" : odd ? "*" : " ";
    }
    marks.erase(marks.find_last_not_of(' ') + 1);
    return fmt::format(
        "{}  {:.4f} to {:.4f}, weekly means; │ ends the reference, ! detector, * p < "
        ".05\n{}{}",
        series, low.mean, high.mean, marks, marks.empty() ? "" : "\n");
}

std::string weeks_table(const SeriesReport& report) {
    show::TextTable table({"week", "mean", "± se", "95% expected", "p", "heuristic"});
    for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
        const Week& week = report.weeks[report.reference_weeks + i];
        const auto& [test, rule] = report.verdicts[i];
        table.add(
            {iso(week.time_s).substr(0, 10), fmt::format("{:.4f}", week.mean),
             fmt::format("{:.4f}", std::sqrt(week.variance)),
             test ? fmt::format("{:.4f} to {:.4f}", test->expected.low, test->expected.high) : "-",
             test ? fmt::format("{:.2g}", test->p) : "-",
             rule ? fmt::format("{:+.2f} sd{}", rule->z, rule->alarm ? " alarm" : "") : "-"});
    }
    return table.text();
}

void tell_detector(const SeriesReport& report, double reference_end) {
    if (!report.baseline) {
        print("detector: none, " + report.baseline.why());
        return;
    }
    if (report.threshold == 0) {
        print("detector: nothing after the reference");
        return;
    }
    print(
        fmt::format("detector: a mean loss from {:.4f} to {:.4f} counts as unchanged (reference "
                    "{:.4f}, tolerance {:.4f})",
                    report.baseline->low, report.baseline->high, report.baseline->mean,
                    report.baseline->tolerance));
    print(fmt::format(
        "  threshold {:.4g}: without change at least that many sessions ({:.0f} days "
        "at {:.0f} a day) to a false alarm, expected",
        report.threshold, report.threshold / report.sessions_per_day, report.sessions_per_day));
    for (std::size_t i = 0; i < report.alarms.size() && i < 3; ++i) {
        const EAlarm& alarm = report.alarms[i];
        print(fmt::format(
            "  {} at {}, session {} after the reference ({:.2f} days), evidence {:.3g} "
            "of {:.3g}",
            alarm.direction == analyse::Direction::score_fell ? "score fell" : "score rose",
            iso(alarm.time_s), alarm.session, (alarm.time_s - reference_end) / day_s, alarm.value,
            alarm.threshold));
    }
    if (report.alarms.size() > 3) {
        print(fmt::format("  and {} more, since the change stayed", report.alarms.size() - 3));
    }
    if (report.alarms.empty()) {
        print(
            fmt::format("  no alarm; evidence stands at {:.2g} (fell) and {:.2g} (rose) of the "
                        "threshold",
                        report.level_fell, report.level_rose));
    }
    if (report.refused > 0) {
        print(
            fmt::format("  {} sessions refused: weight above the largest of the reference; the "
                        "sampler changed",
                        report.refused));
    }
}

void tell(const Series& series, bool scores) {
    const SeriesReport& report = series.report;
    if (!series.name.empty()) print("== " + show::printable(series.name));
    print(drawing(report));
    if (!report.verdicts.empty()) {
        print(weeks_table(report));
        const auto& [test, rule] = report.verdicts.back();
        if (test) {
            print(fmt::format(
                "weekly test: {} reference weeks, mean {:.4f} ± {:.4f}, between weeks "
                "{:.4f}; last week t = {:.2f} of {:.0f}, p = {:.3g}, adjusted {:.3g}: "
                "{}",
                report.reference_weeks, test->mean, test->mean_error, std::sqrt(test->tau2),
                test->t, test->degrees, test->p, *series.adjusted_p,
                *series.adjusted_p <= fdr_q ? "drift" : "no drift"));
        } else {
            print("weekly test: none, " + test.why());
        }
        if (rule) {
            print(
                fmt::format("heuristic (2 sd of the trailing weeks): false alarms in {:.1f}% of "
                            "weeks, blind to steady declines",
                            100 * rule->false_alarm_rate));
        }
    }
    if (!scores) return;
    if (report.distribution) {
        const auto& drift = *report.distribution;
        print(fmt::format(
            "distribution: {}; largest difference {:.3f}, p = {:.2g}; moved {:.4f}; PSI "
            "{:.3f} where {:.3f} is chance",
            drift.drifted ? "drift" : "no drift", drift.largest, drift.p, drift.moved, drift.psi,
            drift.psi_without_change));
    } else {
        print("distribution: " + report.distribution.why());
    }
    if (report.sequence) {
        print(
            fmt::format("mean afterwards: {:.4f}, within {:.4f} to {:.4f} however often one looks",
                        *report.after_mean, report.sequence->low, report.sequence->high));
    } else {
        print("mean afterwards: " + report.sequence.why());
    }
}

template <class T, class Write>
void write(json::Writer& w, const char* key, const Computed<T>& computed, Write&& members) {
    w.key(key).begin_object();
    if (computed) {
        members(*computed);
    } else {
        w.key("undefined").value(computed.why());
    }
    w.end_object();
}

void write_weeks(json::Writer& w, const Series& series) {
    const SeriesReport& report = series.report;
    w.key("reference_weeks").value(std::uint64_t{report.reference_weeks});
    w.key("adjusted_p").value(series.adjusted_p).key("weeks").begin_array();
    for (std::size_t i = 0; i < report.weeks.size(); ++i) {
        const Week& week = report.weeks[i];
        w.begin_object().key("time").value(iso(week.time_s)).key("mean").value(week.mean);
        w.key("standard_error").value(std::sqrt(week.variance));
        w.key("sessions").value(week.sessions);
        if (i >= report.reference_weeks) {
            const auto& [test, rule] = report.verdicts[i - report.reference_weeks];
            write(w, "test", test, [&](const analyse::WeeklyTest& t) {
                w.key("reference_mean").value(t.mean).key("reference_error").value(t.mean_error);
                w.key("tau2").value(t.tau2).key("prediction_error").value(t.prediction_error);
                w.key("t").value(t.t).key("degrees").value(t.degrees).key("p").value(t.p);
                w.key("expected_low").value(t.expected.low);
                w.key("expected_high").value(t.expected.high);
            });
            write(w, "heuristic", rule, [&](const analyse::TwoSigma& r) {
                w.key("z").value(r.z).key("alarm").value(r.alarm);
                w.key("false_alarm_rate").value(r.false_alarm_rate);
            });
        }
        w.end_object();
    }
    w.end_array();
}

void write_scores(json::Writer& w, const SeriesReport& report) {
    w.key("reference_sessions").value(report.reference_sessions);
    w.key("after_sessions").value(report.after_sessions);
    w.key("reference_mean").value(report.reference_mean).key("after_mean").value(report.after_mean);
    write(w, "distribution", report.distribution, [&](const analyse::DistributionDrift& d) {
        w.key("drifted").value(d.drifted).key("largest_difference").value(d.largest);
        w.key("p").value(d.p).key("moved").value(d.moved);
        w.key("effective_count").value(d.effective_count).key("psi").value(d.psi);
        w.key("psi_without_change").value(d.psi_without_change).key("psi_p").value(d.psi_p);
        w.key("jensen_shannon").value(d.jensen_shannon);
        w.key("jensen_shannon_p").value(d.jensen_shannon_p);
    });
    write(w, "mean_always_within", report.sequence, [&](const analyse::Interval& interval) {
        w.key("low").value(interval.low).key("high").value(interval.high);
    });
    write(w, "baseline", report.baseline, [&](const analyse::LossBaseline& b) {
        w.key("mean_loss").value(b.mean).key("low").value(b.low).key("high").value(b.high);
        w.key("tolerance").value(b.tolerance).key("tau_day").value(b.tau_day);
        w.key("days").value(std::uint64_t{b.days});
        w.key("hour_of_week").value(!b.hour_shift.empty());
    });
    w.key("threshold").value(report.threshold);
    w.key("sessions_per_day").value(report.sessions_per_day);
    w.key("refused").value(report.refused).key("level_fell").value(report.level_fell);
    w.key("level_rose").value(report.level_rose).key("alarms").begin_array();
    for (const EAlarm& alarm : report.alarms) {
        w.begin_object().key("direction");
        w.value(alarm.direction == analyse::Direction::score_fell ? "fell" : "rose");
        w.key("time").value(iso(alarm.time_s)).key("session").value(alarm.session);
        w.key("value").value(alarm.value).key("threshold").value(alarm.threshold).end_object();
    }
    w.end_array();
}

int drift(const Options& options) {
    const auto rows = read_rows(options.file);
    if (!rows) return complain(rows.error().what, 3);
    const auto read = Reader(*rows, options).read();
    if (!read) return complain(read.error().what, 3);
    const bool scores = rows->has("score");
    json::Writer w;
    w.begin_object().key("series").begin_array();
    for (const Series& series : *read) {
        if (options.json) {
            w.begin_object().key("name").value(series.name);
            write_weeks(w, series);
            if (scores) write_scores(w, series.report);
            w.end_object();
            continue;
        }
        tell(series, scores);
        if (scores) tell_detector(series.report, series.report.reference_end_s);
    }
    if (options.json) print(w.end_array().end_object().text());
    return 0;
}

}  // namespace

void add_drift(CLI::App& app, int& code) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("drift", "Did a series change, and when");
    command->footer(
        "FILE: CSV or JSON lines. Weeks: week, mean, se [, n]. Or scores: time, score [, weight "
        "or\n"
        "inclusion, session, user]. Times are ISO 8601 or Unix seconds.");
    command->add_option("file", options->file, "The table; - for standard input")->required();
    command->add_option(
        "--reference", options->reference,
        "What counts as unchanged: 8w, 14d or the time at which it ends; the first 8 "
        "weeks, 14 days or half if left out");
    command
        ->add_option("--false-pages", options->false_pages,
                     "False pages accepted in 90 days, all series together")
        ->capture_default_str()
        ->check(CLI::PositiveNumber);
    command
        ->add_option("--series", options->series,
                     "How many series share that budget; those of the file if left out")
        ->check(CLI::PositiveNumber);
    command
        ->add_option("--objective", options->objective,
                     "Mean score promised, in place of an estimated baseline")
        ->check(CLI::Range(.001, .999));
    command->add_option("--by", options->by, "A series for each value of this column");
    command->add_flag("--json", options->json, "JSON with every number");
    command->callback([options, &code] { code = drift(*options); });
}

}  // namespace plimsoll::app
