/// A request's body as a door takes it, down to the interactions. First byte: odd is JSON.
#include <map>

#include "fuzz.h"
#include "interaction/describe.h"
#include "interaction/understand.h"
#include "wire/admit.h"
#include "wire/span_view.h"

using namespace plimsoll;

void fuzz_one(std::string_view bytes) {
    const auto encoding = take_choice(bytes) & 1 ? wire::Encoding::json : wire::Encoding::protobuf;
    const wire::Limits limits{.body_bytes_max = 1u << 20, .spans_max = 200};
    const wire::Admitted once = wire::admit(std::string(bytes), encoding, limits);
    if (!once.decodable) return;
    const wire::Admitted twice = wire::admit(once.otlp, wire::Encoding::protobuf, limits);
    promise(
        twice.decodable && twice.otlp == once.otlp && twice.rejected == 0 && twice.repaired == 0,
        "admitting what was admitted changes nothing");

    struct Trace {
        std::vector<Step> steps;
        interaction::Origin origin;
    };
    std::map<TraceId, Trace> traces;
    std::size_t seen = 0, keys = 0;
    wire::for_each_span(once.otlp, [&](std::uint32_t, const wire::SpanView& span) {
        ++seen;
        Trace& trace = traces[span.trace];
        if (trace.steps.empty()) trace.origin = interaction::origin_of(span);
        trace.steps.push_back(interaction::understand_span(span, true));
    });
    wire::for_each_span_key(once.otlp, [&](std::uint32_t, const wire::SpanKey&) { ++keys; });
    promise(seen == once.span_count && keys == seen, "every reader counts the spans alike");
    for (auto& [id, trace] : traces)
        interaction::to_text(interaction::assemble(id, std::move(trace.steps), trace.origin, false),
                             {.sources = true});
}
