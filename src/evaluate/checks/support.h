/// support.h: how far the words of an answer stand in the texts it was given.
///
///   answer ─▶ sentences ─▶ for each: share of its words that the evidence has          (words)
///                                    share that stands beside the same neighbour there (pairs)
///                                    best match with two sentences that follow there   (passage)
///                          their mean, times 0.8 if a number, name or quotation is not there
///
/// Nothing is fitted: the three shares weigh alike, and one factor is chosen. No model is asked;
/// a claim turned into its opposite with the same words is not seen. See bench/EVALUATORS.md.
#pragma once

#include <string_view>
#include <vector>

#include "evaluate/sentences.h"
#include "evaluate/verdict.h"

namespace plimsoll::evaluate {

struct SentenceSupport {
    Sentence sentence;
    std::size_t words = 0;
    double support = 0;  ///< In [0, 1].
};

struct Support {
    double score = 0;  ///< Mean over sentences, weighted by words; 1 of an answer without words.
    std::vector<SentenceSupport> sentences;
    std::vector<Mark> marks;  ///< What is not supported.
};

/// Linear in the evidence, and in sentences of the answer times the evidence's share of its words.
Support support_of(std::string_view answer, const std::vector<std::string_view>& evidence);

}  // namespace plimsoll::evaluate
