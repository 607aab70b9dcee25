#include "evaluate/sampling/late_reasons.h"

#include <utility>

namespace plimsoll::evaluate {

std::string_view to_word(Heard heard) {
    switch (heard) {
        case Heard::nothing_new:
            return "nothing_new";
        case Heard::changed:
            return "changed";
        case Heard::now_judged:
            return "now_judged";
        case Heard::too_late:
            return "too_late";
    }
    return "nothing_new";
}

LateReasons::LateReasons(const SamplingDesign& design, std::string id, UnixNanos arrived,
                         ReasonSet reasons)
    : design_(design),
      id_(std::move(id)),
      arrived_(arrived),
      draw_(evaluate::draw(design_, id_, reasons)) {}

Heard LateReasons::hear(ReasonSet reasons, UnixNanos now) {
    if (frozen(now)) return Heard::too_late;
    const Draw before = draw_;
    draw_ = evaluate::draw(design_, id_, before.reasons | reasons);
    if (draw_ == before) return Heard::nothing_new;
    if (draw_.judged && !before.judged) return Heard::now_judged;
    return Heard::changed;
}

}  // namespace plimsoll::evaluate
