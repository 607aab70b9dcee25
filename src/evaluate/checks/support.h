/// support.h: how far the words of an answer stand in the texts it was given.
///
///   answer ─▶ share of its distinct words that the evidence has
///             share of its distinct pairs of neighbours that are neighbours there
///             their mean, times 0.8 if a number, name or quotation is not there
///
/// Distinct, since a word said ten times is one claim. Nothing is fitted: the two shares weigh
/// alike, and one factor is chosen. No model is asked; a claim turned into its opposite with the
/// same words is not seen. See bench/EVALUATORS.md.
#pragma once

#include <string_view>
#include <vector>

#include "evaluate/sentences.h"
#include "evaluate/verdict.h"

namespace plimsoll::evaluate {

struct SentenceSupport {
    Sentence sentence;
    std::size_t words = 0;
    double support = 0;  ///< In [0, 1]: as of an answer, of all its words and pairs.
};

struct Support {
    double score = 0;  ///< Of the answer as a whole; 1 of one without words.
    std::vector<SentenceSupport> sentences;
    std::vector<Mark> marks;  ///< What is not supported, 100 at most.
};

/// Linear in both.
Support support_of(std::string_view answer, const std::vector<std::string_view>& evidence);

}  // namespace plimsoll::evaluate
