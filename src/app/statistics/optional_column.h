/// optional_column.h: numbers that a table may leave out, column or single field.
#pragma once

#include <optional>
#include <vector>

#include "app/statistics/rows.h"

namespace plimsoll::app {

struct OptionalColumn {
    std::vector<std::optional<double>> values;  ///< Empty if there is no such column.
    double at(std::size_t row, double otherwise) const {
        return row < values.size() ? values[row].value_or(otherwise) : otherwise;
    }
};

/// The error is that of Rows::numbers: a field that is no number.
inline Result<OptionalColumn> optional_numbers(const Rows& rows, const char* name) {
    if (!rows.has(name)) return OptionalColumn{};
    auto values = rows.numbers(name);
    if (!values) return values.error();
    return OptionalColumn{std::move(*values)};
}

}  // namespace plimsoll::app
