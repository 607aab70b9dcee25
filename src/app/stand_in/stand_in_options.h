/// stand_in_options.h: what the stand-in for a model's API is to do. A value, read from a file of
/// its own (README.md shows one).
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/configuration/complaint.h"
#include "evaluate/check.h"

namespace plimsoll::app {

/// Label → share; they add up to 1.
using Shares = std::map<std::string, double>;

/// What stands behind a model's name for a while.
struct StandInVersion {
    std::string name;     ///< "judge-small-2026-01-05".
    std::string reports;  ///< What replies call it; as a rule the name. The alias: a silent change.
    std::map<std::string, Shares> says;  ///< Truth → what it says, with which probability.
    std::uint64_t from_request = 0;      ///< It takes over once the name was asked so often …
    std::chrono::milliseconds after{0};  ///< … and the stand-in has run so long.
};

struct StandInModel {
    enum class Speech : std::uint8_t { json, fenced, line };
    std::string name;                      ///< As requests ask for it: "judge-small".
    std::vector<StandInVersion> versions;  ///< At least one; the last whose time has come holds.
    Shares truth;                          ///< Of content that no marker stands in.
    /// Text in the content → its truth; the first that is found. Besides these, "[[truth:fail]]".
    std::vector<std::pair<std::string, std::string>> markers;
    Speech speaks = Speech::json;  ///< Where no structured output was asked for.
};

/// Shares of requests, drawn by their number.
struct StandInFaults {
    double limited = 0;    ///< 429 with Retry-After.
    double failed = 0;     ///< 500, 502, 503, 529.
    double hang = 0;       ///< Never answered.
    double malformed = 0;  ///< 200, and no reply of the protocol; or one without a verdict.
    double hostile = 0;    ///< Endless, deep, redirecting, off the scale, contradicting itself.
    double refused = 0;    ///< The model declines.
    double cut = 0;        ///< The reply ends at max_tokens.
};

struct StandInOptions {
    std::uint64_t seed = 1;
    std::uint16_t port = 0;  ///< On 127.0.0.1; 0: any free one.
    std::string key;         ///< Asked for if it is not "".
    std::chrono::milliseconds latency_min{0}, latency_max{0};
    double requests_per_minute =
        0;  ///< Past it 429; 0: no limit. A second's worth may come at once.
    double tokens_per_minute = 0;
    StandInFaults faults;
    std::vector<StandInModel> models;
};

/// One model, judge-small, with versions of 2026-01-05; pass or fail.
StandInOptions default_stand_in();

std::variant<StandInOptions, std::vector<Complaint>> load_stand_in(const std::string& file,
                                                                   const evaluate::Files& files);
/// `file` is how complaints call `text`.
std::variant<StandInOptions, std::vector<Complaint>> read_stand_in(const std::string& text,
                                                                   const std::string& file);

}  // namespace plimsoll::app
