#include "record/facts.h"

#include <algorithm>

namespace plimsoll::record {

bool was_asked(std::string_view reason) {
    return std::ranges::find(unasked_reasons, reason) == unasked_reasons.end();
}

}  // namespace plimsoll::record
