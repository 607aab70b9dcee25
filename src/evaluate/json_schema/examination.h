/// examination.h: one instance asked against one Graph, first difference wins.
///
///   satisfies(subschema, value) ── type ▶ number | string | array | object ▶ enum ▶ applicators
///                                                                       ▶ what is left unevaluated
///
/// Every step is paid for from a budget and recursion is counted, so that neither a schema nor an
/// instance can make it crash or hang; over them, the answer is TooComplex. Sentences are only made
/// where they will be read: inside of `not`, `anyOf` and their like a difference is not yet a
/// fault.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "evaluate/json_schema/compiled.h"
#include "evaluate/json_schema/evaluated.h"
#include "evaluate/json_schema/names.h"

namespace plimsoll::evaluate::schema {

/// Where in the instance we are: a chain on the stack, written out only for a Violation.
struct Step {
    const Step* outer;
    std::string_view member;  ///< Its name, if this is a member.
    std::size_t element = SIZE_MAX;
};

class Examination {
  public:
    explicit Examination(const Graph& graph) : graph_(graph), work_left_(graph.limits.work_max) {}

    Finding of(json::Value instance);

  private:
    /// `keyword` led here: it is named if the schema is `false`.
    bool satisfies(SubschemaId id, json::Value value, const Step* at, Evaluated* seen,
                   std::string_view keyword);
    bool satisfies_rules(const Subschema& schema, json::Value value, const Step* at,
                         Evaluated* seen);

    bool type(const Subschema& schema, json::Value value, const Step* at);
    bool number(const NumberRules& rules, json::Value value, const Step* at);
    bool string(const StringRules& rules, json::Value value, const Step* at);
    bool enumerated(const EnumRules& rules, json::Value value, const Step* at);

    bool array(const ArrayRules& rules, json::Value value, const Step* at, Evaluated* seen);
    bool contains(const ArrayRules& rules, json::Value value, const Step* at, Evaluated* seen);
    bool rest_of_array(const ArrayRules& rules, json::Value value, const Step* at,
                       const Evaluated& seen);

    bool object(const ObjectRules& rules, json::Value value, const Step* at, Evaluated* seen);
    bool members(const ObjectRules& rules, json::Value value, const Step* at, Evaluated* seen);
    bool dependency(const ObjectRules& rules, const Dependency& dependency, json::Value value,
                    const Step* at, Evaluated* seen, const Names& present);
    bool rest_of_object(const ObjectRules& rules, json::Value value, const Step* at,
                        const Evaluated& seen);

    bool applied(const Applicator& applicator, json::Value value, const Step* at, Evaluated* seen);
    bool any_of(const Applicator& applicator, json::Value value, const Step* at, Evaluated* seen);
    bool one_of(const Applicator& applicator, json::Value value, const Step* at, Evaluated* seen);
    bool none_of(const Applicator& applicator, json::Value value, const Step* at);
    bool conditional(const Applicator& applicator, json::Value value, const Step* at,
                     Evaluated* seen);
    SubschemaId dynamic_target(const Applicator& applicator);

    /// Asks without making sentences: what differs here may be no fault. Marks what was evaluated
    /// in `seen` only if the schema is satisfied.
    bool quietly(SubschemaId id, json::Value value, const Step* at, Evaluated* seen);
    /// ": $.a: expected …" of the alternative that came furthest; "" if nothing can be said.
    std::string nearest(const Applicator& applicator, json::Value value, const Step* at);

    /// Pays for `steps`; false if the budget is used up.
    bool spend(std::uint64_t steps);
    bool too_complex(std::string_view why);
    bool matches(std::uint32_t pattern, std::string_view text);

    /// Always false. `sentence` is a function, called only where somebody reads it.
    template <class Sentence>
    bool differs(const Step* at, std::string_view keyword, Sentence sentence) {
        if (is_loud_) report(at, keyword, sentence());
        return false;
    }
    void report(const Step* at, std::string_view keyword, std::string sentence);

    const Graph& graph_;
    std::uint64_t work_left_;
    std::uint32_t depth_ = 0;
    std::vector<std::uint32_t> scope_;  ///< Resources entered, outermost first; for $dynamicRef.
    bool is_loud_ = true;
    bool is_explaining_ = false;
    std::string_view too_complex_;  ///< Why; "" if it is not.
    Violation violation_;
    std::size_t violation_depth_ = 0;
};

}  // namespace plimsoll::evaluate::schema
