#include "analyse/drift/e_bank.h"

namespace plimsoll::analyse {

std::size_t take_until(EBank& bank, std::span<const double> excess, double threshold) {
    EBank local = bank;  // In registers: `bank` might alias the items.
    std::size_t taken = 0;
    while (taken < excess.size()) {
        local.update(excess[taken++]);
        if (local.value() >= threshold) break;
    }
    bank = local;
    return taken;
}

}  // namespace plimsoll::analyse
