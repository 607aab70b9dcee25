/// expected_calls.h: the tool calls a question asks for, and whether they are the ones made.
///
///   [{"name":"find","arguments":{"id":7}}]        one value each
///   [{"find":{"id":[7,"7"],"limit":[10,""]}}]     lists of accepted values; "" = may be left out
///   []                                            no tool fits: none may be called
///   "any"                                         some tool fits: at least one must be called
///
/// One expected call is compared as the leaderboard's "simple" and "multiple", several as
/// "parallel": in any order, each expected call taking the first call made that is it. The order of
/// the expected calls matters then: a call that fits two of them goes to the first.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "evaluate/tool_calls/literals.h"
#include "evaluate/tool_calls/mismatch.h"

namespace plimsoll::evaluate {

/// A call that was made.
struct MadeCall {
    std::string_view name;
    json::Value arguments;  ///< An object; anything else is a call that cannot be read.
};

/// A tool as it was offered. `parameters` is a JSON Schema, or of the leaderboard's kind, which has
/// more words for types.
struct OfferedTool {
    std::string_view name;
    json::Value parameters;  ///< null: not sent, so nothing is known of types.
};

struct ComparisonRules {
    Language language = Language::python;
    /// "a.b" is offered and called as "a_b": some model interfaces allow no dots.
    bool dots_as_underscores = false;
};

class ExpectedCalls {
  public:
    /// The error says what is wrong with the list.
    static Result<ExpectedCalls> parse(std::string_view text);

    /// nullopt: these are the calls.
    std::optional<Mismatch> mismatch(std::span<const MadeCall> made,
                                     std::span<const OfferedTool> offered,
                                     const ComparisonRules& rules = {}) const;

  private:
    struct Call {
        std::string_view name;
        json::Value accepted;  ///< Parameter → accepted values.
    };
    static std::optional<Mismatch> mismatch_of_call(const Call& expected, const MadeCall& made,
                                                    std::span<const OfferedTool> offered,
                                                    const ComparisonRules& rules);

    explicit ExpectedCalls(json::Document document) : document_(std::move(document)) {}
    json::Document document_;
    std::vector<Call> calls_;
    bool any_ = false;
};

}  // namespace plimsoll::evaluate
