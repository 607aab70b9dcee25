/// functions.h: our statistics by name, for a program that wants to compare them with its own.
///
///   line of input  {"function":"spearman","x":[1,2,2],"y":[3,1,2]}
///   line of output 0.8660254037844386            or: undefined every human label is the same
///
/// One entry is a name and a few lines that unpack arguments; nothing is computed here.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "analyse/stats/computed.h"
#include "analyse/stats/interval.h"
#include "base/json.h"

namespace plimsoll::peers {

/// What one line of input holds. A missing member is our own mistake, and asserted.
class Arguments {
  public:
    explicit Arguments(json::Value line) : line_(line) {}
    double number(std::string_view name) const;
    std::vector<double> numbers(std::string_view name) const;
    std::vector<std::vector<double>> lists(std::string_view name) const;

  private:
    json::Value line_;
};

using Answer = analyse::Computed<std::vector<double>>;

struct Function {
    std::string_view name;
    Answer (*of)(const Arguments&);
};

std::span<const Function> agreement_functions();
std::span<const Function> comparison_functions();
std::span<const Function> distribution_functions();
std::span<const Function> mean_functions();

inline Answer answer(double value) {
    return std::vector<double>{value};
}
inline Answer answer(const analyse::Interval& interval) {
    return std::vector<double>{interval.low, interval.high};
}
template <class T>
Answer answer(const analyse::Computed<T>& computed) {
    return computed ? answer(*computed) : Answer(analyse::Undefined{computed.why()});
}

}  // namespace plimsoll::peers
