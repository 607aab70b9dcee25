#include "wire/pick_spans.h"

#include <protozero/pbf_reader.hpp>

#include "wire/fields.h"
#include "wire/key_value.h"
#include "wire/message_writer.h"

namespace plimsoll::wire {
namespace {

/// Copies every field of `message` but those of `part`, which `use` is shown one by one.
template <class Use>
void copy_but(std::string_view message, std::uint32_t part, std::string& out, const Use& use) {
    protozero::pbf_reader reader(message.data(), message.size());
    for (;;) {
        const char* const begin = reader.data().data();
        if (!reader.next()) return;
        if (reader.tag_and_type() == part) {
            use(read_bytes(reader));
        } else {
            reader.skip();
            out.append(begin, reader.data().data());
        }
    }
}

}  // namespace

std::string pick_spans(std::string_view otlp, std::span<const std::uint32_t> ordinals) {
    std::string picked, rest;
    MessageWriter body(picked);
    std::uint32_t ordinal = 0;
    auto wanted = ordinals.begin();
    copy_but(otlp, field::request::resource_spans, rest, [&](std::string_view group) {
        std::string resource;
        bool any = false;
        copy_but(group, field::resource_spans::scope_spans, resource, [&](std::string_view inner) {
            bool any_here = false;
            std::string head, spans;
            MessageWriter span_writer(spans);
            copy_but(inner, field::scope_spans::spans, head, [&](std::string_view span) {
                while (wanted != ordinals.end() && *wanted < ordinal) ++wanted;
                if (wanted != ordinals.end() && *wanted == ordinal) {
                    span_writer.add_bytes(field::tag(field::scope_spans::spans), span);
                    any_here = true;
                }
                ++ordinal;
            });
            if (!any_here) return;
            any = true;
            MessageWriter into(resource);
            into.add_bytes(field::tag(field::resource_spans::scope_spans), head + spans);
        });
        if (any) body.add_bytes(field::tag(field::request::resource_spans), resource);
    });
    return picked;
}

}  // namespace plimsoll::wire
