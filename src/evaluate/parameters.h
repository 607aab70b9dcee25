/// parameters.h: a check's parameters, read one by one. The first thing wrong is remembered, and
/// what follows it is read as if absent, so a check reads all it takes and asks once:
///
///     ParameterReader read(params);
///     const double ms_max = read.number("ms_max", 0).value_or(0);
///     if (read.wrong()) return *read.wrong();
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evaluate/check.h"

namespace plimsoll::evaluate {

class ParameterReader {
  public:
    explicit ParameterReader(json::Value params) : params_(params) {}

    /// A number above `above`.
    std::optional<double> number(std::string_view name, double above);
    /// A whole number, 0 or more.
    std::optional<std::int64_t> count(std::string_view name);
    bool flag(std::string_view name, bool otherwise);
    std::optional<std::string> text(std::string_view name);
    /// A list of texts, none empty, the list neither; one text alone is a list of one.
    std::vector<std::string> texts(std::string_view name);

    void refuse(std::string parameter, std::string why);
    const std::optional<BadParameter>& wrong() const { return wrong_; }

  private:
    json::Value params_;
    std::optional<BadParameter> wrong_;
};

}  // namespace plimsoll::evaluate
