#include "analyse/overlap/effective_dimensions.h"

#include <cassert>

namespace plimsoll::analyse {

double effective_dimensions(std::span<const double> correlations, std::size_t size) {
    assert(correlations.size() == size * size && size > 0);
    double trace = 0, squares = 0;
    for (std::size_t i = 0; i < size; ++i) trace += correlations[i * size + i];
    for (const double r : correlations) squares += r * r;
    return trace * trace / squares;
}

}  // namespace plimsoll::analyse
