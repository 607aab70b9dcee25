/// bfcl.h: the questions of ../shared/data/bfcl, and calls derived from their accepted answers.
///
/// The data has no answers of models, so calls are made from what is accepted: as it stands, and
/// changed in the ways models go wrong, by fixed rules that look at no record in particular. The
/// leaderboard's own checker was run on the same calls; its verdicts are recorded in
/// bfcl_verdicts.txt, with a digest of the calls they are about.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/json.h"

namespace plimsoll::bench {

struct DerivedCalls {
    std::string how;                 ///< "first accepted values", "integer as real", …
    std::vector<std::string> calls;  ///< {"name":{…arguments…}} each.
};

struct BfclQuestion {
    std::string id;
    std::string category;  ///< "simple_python", "live_multiple", …
    json::Document question;
    std::optional<json::Document> answer;  ///< Absent where no call, or any call, is right.

    json::Value functions() const { return *question.root().find("function"); }
    bool is_irrelevance() const { return category.find("irrelevance") != std::string::npos; }
    /// As ExpectedCalls::parse() takes it.
    std::string expected() const;
};

std::vector<BfclQuestion> bfcl_questions();

/// The same calls on any machine.
std::vector<DerivedCalls> derived_calls(const BfclQuestion& question);

/// Sixteen hexadecimal digits.
std::string digest_of(const std::vector<DerivedCalls>& derived);

}  // namespace plimsoll::bench
