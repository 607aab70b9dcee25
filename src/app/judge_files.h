/// judge_files.h: the judges of a configuration are asked about interactions, outside of any
/// server, sample or budget. Each question once, however many dimensions ask it; many at a time.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/configuration/configuration.h"
#include "evaluate/judges/judgement.h"

namespace plimsoll::app {

/// What one judge said of one interaction in one dimension.
struct Judged {
    const Interaction* interaction;
    const evaluate::Dimension* dimension;
    const evaluate::JudgeEvaluator* evaluator;
    evaluate::Judgement judgement;
    bool asked = false;   ///< False: nobody was, and the verdict says why.
    bool shared = false;  ///< Another line asked the same; its tokens are told there, too.
};

struct JudgeFilesOptions {
    std::string only;  ///< A judge's name; "" for all.
    unsigned at_once = 8;
    unsigned tries_max = 6;                     ///< Where the server asks to come back.
    std::chrono::milliseconds wait_first{500};  ///< Doubled each time, unless the server says.
    std::chrono::milliseconds wait_max{60'000};
};

/// The way to a judge's server.
using ApiOf = std::function<evaluate::ModelApi&(const evaluate::Judge&)>;

/// One for each interaction, dimension and judge, in that order, whatever came first.
std::vector<Judged> judge_interactions(const evaluate::Scorecard& scorecard,
                                       const std::vector<Interaction>& interactions,
                                       const ApiOf& api_of, const JudgeFilesOptions& options);

/// "A check of the dimension failed: refusal.", not_applicable, where judges see only what passes.
std::optional<Verdict> failed_check(const evaluate::Dimension& dimension,
                                    const Interaction& interaction);

}  // namespace plimsoll::app
