/// slice_rows.h: judged interactions as columns, the form in which slices are searched.
///
///            attributes[a].codes   after  loss  weight  session  cluster
///   row 0         3 1 0 7            0    0.2     1        0        0
///   row 1         3 2 0 7            1    1.0     5        1        0        held_out[0] = 1
///
/// A code is one byte: 0 for a missing or rare value, which no slice is made of. Loss = 1 - score,
/// in [0, 1], so up is worse. A value; any number of threads may read it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace plimsoll::analyse {

struct SliceAttribute {
    std::string name;
    std::vector<std::string> values;  ///< By code; values[0] stands for "none of the others".
    std::vector<std::uint8_t> codes;  ///< One a row, below values.size().
};

struct SliceRows {
    std::vector<SliceAttribute> attributes;
    std::vector<std::uint8_t> after;     ///< 0 before, 1 after.
    std::vector<double> loss;            ///< In [0, 1].
    std::vector<double> weight;          ///< 1 / inclusion probability, > 0.
    std::vector<std::uint32_t> session;  ///< 0 … sessions-1
    std::vector<std::uint32_t>
        cluster;  ///< 0 … held_out.size()-1: the user if known, else session.
    std::vector<std::uint8_t> held_out;  ///< By cluster: 0 is searched, 1 confirms.

    std::size_t size() const { return loss.size(); }
    bool confirms(std::size_t row) const { return held_out[cluster[row]] != 0; }
};

/// attribute = value.
struct Predicate {
    std::uint16_t attribute = 0;
    std::uint8_t code = 0;
    auto operator<=>(const Predicate&) const = default;
};

/// All of them hold. Ascending by attribute, each attribute once.
using Conjunction = std::vector<Predicate>;

/// "plan=free & language=es"
std::string to_text(const SliceRows& rows, const Conjunction& conjunction);

}  // namespace plimsoll::analyse
