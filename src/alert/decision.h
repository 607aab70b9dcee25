/// decision.h: what a person can do about an alert.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace plimsoll::alert {

struct DecisionKind {
    std::string_view word;
    std::string_view says;
};
inline constexpr std::array decision_kinds{
    DecisionKind{"roll_back", "The version that came with the change is taken back."},
    DecisionKind{"recalibrate", "The evaluator moved, not the model: it is labelled anew."},
    DecisionKind{"revise_rubric", "The rubric says the wrong thing: a new version begins."},
    DecisionKind{"accept_baseline", "This is how it is to be from now on."},
    DecisionKind{"not_a_problem", "Nothing is done."}};

struct Decision {
    std::string kind;    ///< A word of decision_kinds.
    std::string by;      ///< A person.
    std::string reason;  ///< A sentence.
    std::string link;    ///< http or https; "" for none.
};

/// What is wrong with it, for its author; "" if nothing is.
std::string fault_of(const Decision& decision);
/// The same for a name alone: 1 to 64 characters, none of them a control character.
std::string fault_of_name(std::string_view name);

}  // namespace plimsoll::alert
