/// check.h: a deterministic evaluator. One file each in checks/, one line each in checks/checks.h.
///
///   descriptor ── configure(parameters) ──▶ Configured ── verdict(interaction) ──▶ Verdict
///
/// The descriptor is the documentation: REST catalogue, command line, tooltip and manual read it,
/// and its example runs as a test. Configured checks are immutable: any thread may ask them.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "evaluate/verdict.h"
#include "interaction/interaction.h"

namespace plimsoll::evaluate {

struct Parameter {
    std::string_view name;
    std::string_view says;     ///< A sentence, with unit, range and what holds without it.
    std::string_view example;  ///< JSON.
    bool required = false;
};

/// An interaction in a line, its parameters, and the score that must come out.
struct Example {
    std::string_view params;  ///< JSON object.
    std::string_view
        interaction;  ///< JSON for example_interaction(); {"output":"Hello"} is enough.
    double score = 0.0;
};

class Configured {
  public:
    virtual ~Configured() = default;
    virtual Verdict verdict(const Interaction& interaction) const = 0;
};

/// A bad parameter: which one ("phrases", or an element of it: "phrases[3]"; "" for the set of them
/// as a whole), why, and the mend.
struct BadParameter {
    std::string parameter;
    std::string why;
};

using ConfigureResult = std::variant<std::unique_ptr<const Configured>, BadParameter>;

/// Files that parameters name (a schema, a list of phrases) are read through this, so that a check
/// stays pure. The error says why a file could not be read.
class Files {
  public:
    virtual ~Files() = default;
    virtual Result<std::string> read(std::string_view path) const = 0;
};

struct Check {
    std::string_view name;       ///< "json_schema": as in the configuration.
    std::uint32_t version;       ///< Grows when a verdict can change.
    std::string_view dimension;  ///< Where it usually belongs: "format", "tool_calls", "latency", …
    std::string_view says;       ///< One sentence, true when the score is 1.
    std::vector<Parameter> takes;
    Example example;
    /// `params` is an object; keys that no Parameter names are refused before this is called.
    ConfigureResult (*configure)(json::Value params, const Files& files);
};

/// Refuses parameters that `check` does not take and a lack of those it requires, then configures.
/// `params` need not outlive the call.
ConfigureResult configure(const Check& check, json::Value params, const Files& files);

/// Where there are no files: every read says so.
class NoFiles : public Files {
  public:
    Result<std::string> read(std::string_view path) const override;
};

/// Builds a small interaction from JSON, for examples and tests:
/// {"input":"…","output":"…","system":"…","finish_reason":"stop","latency_ms":900,
///  "first_token_ms":200,"cost_usd":0.01,"input_tokens":12,"output_tokens":7,"failed":false,
///  "tools":[{"name":"f","parameters":{…}}],
///  "tool_calls":[{"name":"f","arguments":{…} or
///  "text","result":"…","failed":false,"latency_ms":5}],
///  "agents":[{"agent":"A","says":"…"},{"tool":"f","result":"…"}],"documents":["…"],"attributes":{"k":"v"},"output_type":"json","truncated":false,
///  "incomplete":false}
/// A key left out is something the sender left out. A model call that asks for the tool calls comes
/// first, then the calls that have a result, a failure or a latency, then the model call that
/// answers.
Interaction example_interaction(std::string_view json);

}  // namespace plimsoll::evaluate
