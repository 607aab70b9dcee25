/// specification.h: what simulated traffic is to be like, read from a file; nothing of a scenario
/// stands in code.
///
///   applications ── share, content, rate of good responses, versions
///   attributes   ── value → share, drawn for each session
///   events       ── when, where, what changes, and what a watch should make of it
///   judges       ── an evaluator outside, with the errors it makes
///
/// Times are written "W09 Tue 10:00" (week 1 begins at `starts`, a Monday) or "end-6d" (before the
/// end), and a duration may follow as "+ 12h".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/configuration/complaint.h"
#include "base/time.h"

namespace plimsoll::app::traffic {

using Attributes = std::map<std::string, std::string>;
using Shares = std::vector<std::pair<std::string, double>>;  ///< Add up to 1; in the file's order.

struct Application {
    std::string name;
    std::string service;  ///< service.name; several applications may be parts of one.
    double share = 0;
    std::vector<std::string> content;       ///< Sources, data before `without_data`.
    std::vector<std::string> without_data;  ///< What stands in where these are missing.
    std::string label;  ///< What `good` means: faithful, tool_correct, refusal_correct, format_ok.
    std::optional<double> good;  ///< Share of good responses; nullopt: as the records have it.
    std::string variant;
    double turns = 1.5;   ///< Interactions of a session, on the average.
    Attributes versions;  ///< Attributes of every interaction until an event changes them.
    double usd_per_million_input = 0, usd_per_million_output = 0;
    double first_token_s = 0.25, first_token_sigma = 0.4;
    double per_token_s = 0.012, per_token_sigma = 0.5;
};

/// An evaluator outside the system: the truth with declared errors, told as an event on the span.
struct OutsideJudge {
    std::string name;  ///< gen_ai.evaluation.name
    std::vector<std::string> applications;
    double rate = 0.2;                        ///< Share of interactions that it looks at.
    double sensitivity = 1, specificity = 1;  ///< P(pass | good), P(fail | bad).
    Attributes versions;                      ///< app.judge.version, app.rubric.version, …
};

enum class Shape { step, ramp, spike };

struct Cause {
    std::string element;  ///< model, prompt, …, none
    std::string from, to;
};

struct Event {
    std::string id, kind, dimension, says, owner;
    std::string application;  ///< "": all.
    Attributes where;         ///< Attributes that must hold; app.query.category among them.
    UnixNanos start = 0, end = 0;
    Shape shape = Shape::step;
    double affected = 1;  ///< Share of sessions inside `where`; a ramp rises to it.
    bool must_alert = false;
    Cause cause;

    // What it does.
    Attributes set;              ///< Attributes that have another value while it lasts.
    std::optional<double> good;  ///< Another share of good responses,
    double good_times = 1;       ///< or a part of what it was.
    std::string variant;
    double input_tokens = 1, latency = 1, latency_p95 = 1, latency_p99 = 1, cost = 1, volume = 1;
    std::map<std::string, Shares> shares;  ///< Other shares of an attribute's values.
    bool other_context = false;            ///< Retrieves what belongs to another task.
    double lost_tools = 0, personal = 0, duplicated = 0, late = 0;
    std::string judge;  ///< Whose errors change, and to what.
    std::optional<double> sensitivity, specificity;

    bool active(UnixNanos time) const { return start <= time && time < end; }
    /// How much of it holds: 1 of a step; a ramp grows from 0 to 1 until its end, or until `full`.
    double strength(UnixNanos time) const;
    UnixNanos full = 0;  ///< When a ramp has come to its top; `end` unless the file says.
};

struct Specification {
    std::uint64_t seed = 1;
    UnixNanos starts = 0;
    unsigned weeks = 1;
    double per_day = 1000;
    std::vector<std::pair<unsigned, double>> hours{{0, 1}};  ///< From that hour (UTC): weight.
    double weekend = 1;                                      ///< Weight of Saturday and Sunday.
    std::string gaps;  ///< Source of inter-arrival gaps; "": exponential.
    std::map<std::string, Shares> attributes;
    std::vector<Application> applications;
    std::vector<OutsideJudge> judges;
    std::vector<Event> events;
    /// Labels by people: so many per label in the first week, then each week; share rated twice.
    unsigned labels_first_week = 0, labels_a_week = 0;
    double labels_double = 0, labels_wrong = 0.05;

    UnixNanos ends() const;
};

/// `ends`: where the traffic is to end, instead of beginning at the file's `starts`.
std::variant<Specification, std::vector<Complaint>> read_specification(
    const std::string& text, const std::string& file, std::optional<UnixNanos> ends = {});

/// nullopt if `text` is no moment of such weeks.
std::optional<UnixNanos> moment_named(std::string_view text, UnixNanos starts, UnixNanos ends);

}  // namespace plimsoll::app::traffic
