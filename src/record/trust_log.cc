#include "record/trust_log.h"

namespace plimsoll::record {

std::string_view to_word(TrustStep step) {
    switch (step) {
        case TrustStep::labels:
            return "labels";
        case TrustStep::new_version:
            return "new_version";
        case TrustStep::suspended:
            return "suspended";
        case TrustStep::compared:
            return "compared";
    }
    return "";
}

}  // namespace plimsoll::record
