/// slice_index.h: which rows a conjunction holds, without reading all rows.
#pragma once

#include <span>

#include "analyse/drift/slice_rows.h"

namespace plimsoll::analyse {

/// Rows by attribute and value. Keeps a reference to `rows`.
class SliceIndex {
  public:
    /// Of the rows (ascending) that it is given.
    SliceIndex(const SliceRows& rows, std::vector<std::uint32_t> indexed);

    std::span<const std::uint32_t> all() const { return all_; }
    /// Ascending.
    std::vector<std::uint32_t> rows_of(const Conjunction& conjunction) const;

  private:
    std::span<const std::uint32_t> rows_with(Predicate predicate) const;
    const SliceRows& rows_;
    std::vector<std::uint32_t> all_;
    struct ByValue {
        std::vector<std::uint32_t> rows, starts;
    };
    std::vector<ByValue> attributes_;
};

}  // namespace plimsoll::analyse
