/// scorecard.h: the dimensions a team watches, each with its evaluators, applied to interactions.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "evaluate/check.h"
#include "evaluate/judges/judge.h"

namespace plimsoll::evaluate {

/// One evaluator at work in one dimension.
struct Evaluator {
    std::string name;  ///< Unique in its dimension: the check's name, or the `name:` given.
    const Check* check = nullptr;
    std::string version;  ///< "json_schema@1:5f3a…": check, its version, hash of the parameters.
    /// Interactions whose attributes differ from any of these are not_applicable. Empty: all.
    /// Beside attributes: service, environment, provider, model, prompt.
    std::map<std::string, std::string> where;
    std::shared_ptr<const Configured> configured;
    std::string parameters_json = "{}";  ///< As configured, an object: for people and pages.
};

/// One judge at work in one dimension. score() does not ask it: that takes a server and a budget.
struct JudgeEvaluator {
    std::string name;  ///< Unique in its dimension: the judge's name, or the `name:` given.
    std::shared_ptr<const Judge> judge;
    std::map<std::string, std::string> where;  ///< As of a check.
};

/// One independent aspect of behavior.
struct Dimension {
    std::string name;
    std::string says;   ///< Its definition, one sentence.
    std::string owner;  ///< Key into the owners of the configuration.
    std::vector<Evaluator> evaluators;
    std::vector<JudgeEvaluator> judges;
    /// Cheap checks first: a judge is asked only where no check of the dimension failed.
    bool judges_only_what_passes = false;
};

/// "Only where service is shop.", not_applicable, if `where` leaves the interaction out.
std::optional<Verdict> left_out(const std::map<std::string, std::string>& where,
                                const Interaction& interaction);

struct Scored {
    std::uint32_t dimension;  ///< Index into dimensions.
    std::uint32_t evaluator;  ///< Index into that dimension's evaluators.
    Verdict verdict;
};

struct Scorecard {
    std::vector<Dimension> dimensions;

    /// Every evaluator's verdict, in the order of the configuration. Unrecognised interactions are
    /// not_applicable to all. Pure; any thread.
    std::vector<Scored> score(const Interaction& interaction) const;
};

}  // namespace plimsoll::evaluate
