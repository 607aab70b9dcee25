/// value_hash.h: equal values (json::equal) have equal hashes, so that finding two that are equal
/// among many takes a sort instead of every pair.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/json.h"

namespace plimsoll::evaluate::schema {

std::uint64_t value_hash(json::Value value);

/// Elements by hash, then position.
struct HashedElement {
    std::uint64_t hash;
    std::size_t position;
    json::Value value;
};
std::vector<HashedElement> hashed_elements(json::Value array);

/// Positions of two elements that are equal;
/// nullopt if all differ. `spend(steps)` is asked before each comparison and may say no; then the
/// answer is nullopt as well.
template <class Spend>
std::optional<std::pair<std::size_t, std::size_t>> equal_elements(json::Value array, Spend spend) {
    const std::vector<HashedElement> elements = hashed_elements(array);
    for (std::size_t i = 0; i < elements.size(); ++i) {
        for (std::size_t k = i + 1; k < elements.size() && elements[k].hash == elements[i].hash;
             ++k) {
            if (!spend(elements[i].value.count())) return std::nullopt;
            if (equal(elements[i].value, elements[k].value)) {
                return std::pair{elements[i].position, elements[k].position};
            }
        }
    }
    return std::nullopt;
}

}  // namespace plimsoll::evaluate::schema
