/// What lies in the journal, after a disk flipped bits in it: readers behind admit() must not
/// crash.
#include "fuzz.h"
#include "interaction/understand.h"
#include "wire/span_view.h"

using namespace plimsoll;

void fuzz_one(std::string_view bytes) {
    wire::for_each_span(bytes, [](std::uint32_t, const wire::SpanView& span) {
        interaction::origin_of(span);
        interaction::understand_span(span, true);
    });
    wire::for_each_span_key(bytes, [](std::uint32_t, const wire::SpanKey&) {});
}
