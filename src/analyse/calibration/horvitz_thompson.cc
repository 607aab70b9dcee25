#include "analyse/calibration/horvitz_thompson.h"

#include <cassert>

namespace plimsoll::analyse {

Total horvitz_thompson(std::span<const Sampled> sample) {
    Total total;
    for (const auto& [y, inclusion] : sample) {
        assert(inclusion > 0 && inclusion <= 1);
        total.value += y / inclusion;
        total.variance += (1 - inclusion) * y * y / (inclusion * inclusion);
    }
    return total;
}

}  // namespace plimsoll::analyse
