/// blank_spans.h: takes spans out of a body, for good, and leaves their places empty.
///
///   spans 0 1 2 3 ──blank {1, 2}──▶ spans 0 ∅ ∅ 3        ∅: an empty message, ids zero
///
/// Places of other spans in the body stay what they were. A resource or scope all of whose spans
/// are blank goes with them: it may speak of the same person.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "wire/span_view.h"

namespace plimsoll::wire {

struct Blanked {
    std::string otlp;
    std::size_t spans = 0;  ///< Made blank now; those that were blank before do not count.
};

/// `otlp` must have been admitted (admit.h). `gone` is asked once for each span, in order.
Blanked blank_spans(std::string_view otlp, const std::function<bool(const SpanKey&)>& gone);

}  // namespace plimsoll::wire
