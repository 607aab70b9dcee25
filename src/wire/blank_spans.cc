#include "wire/blank_spans.h"

#include <vector>

#include <protozero/pbf_reader.hpp>

#include "wire/fields.h"
#include "wire/message_writer.h"

namespace plimsoll::wire {

namespace {

/// A message and its parts of one kind; the rest of its fields stay bytes.
struct Part {
    std::string_view content;
    bool kept = false;  ///< Some span inside is.
    std::vector<Part> parts;
};

std::vector<Part> parts_of(std::string_view message, std::uint32_t tag_and_type) {
    std::vector<Part> parts;
    protozero::pbf_reader reader(message.data(), message.size());
    while (reader.next()) {
        if (reader.tag_and_type() == tag_and_type) {
            const auto view = reader.get_view();
            parts.push_back({{view.data(), view.size()}});
        } else {
            reader.skip();
        }
    }
    return parts;
}

/// Every field of `message` as it is, but for its parts, which `write` puts in their places.
template <class Write>
void copy(std::string_view message, std::uint32_t tag_and_type, bool others, MessageWriter& into,
          const Write& write) {
    protozero::pbf_reader reader(message.data(), message.size());
    for (std::size_t part = 0;;) {
        const char* begin = reader.data().data();
        if (!reader.next()) return;
        const bool is_part = reader.tag_and_type() == tag_and_type;
        reader.skip();
        if (is_part)
            write(part++);
        else if (others)
            into.add_raw({begin, static_cast<std::size_t>(reader.data().data() - begin)});
    }
}

}  // namespace

Blanked blank_spans(std::string_view otlp, const std::function<bool(const SpanKey&)>& gone) {
    Blanked blanked;
    std::vector<bool> stays;
    for_each_span_key(otlp, [&](std::uint32_t, const SpanKey& key) {
        stays.push_back(!gone(key));
        if (!stays.back() && !key.trace.is_zero()) ++blanked.spans;
    });
    std::vector<Part> groups = parts_of(otlp, field::request::resource_spans);
    std::size_t span = 0;
    for (Part& group : groups) {
        group.parts = parts_of(group.content, field::resource_spans::scope_spans);
        for (Part& scope : group.parts) {
            scope.parts = parts_of(scope.content, field::scope_spans::spans);
            for (Part& each : scope.parts) scope.kept |= each.kept = stays.at(span++);
            group.kept |= scope.kept;
        }
    }

    MessageWriter body(blanked.otlp);
    copy(otlp, field::request::resource_spans, true, body, [&](std::size_t g) {
        MessageWriter group(body, field::tag(field::request::resource_spans), 3);
        copy(groups[g].content, field::resource_spans::scope_spans, groups[g].kept, group,
             [&](std::size_t s) {
                 const Part& from = groups[g].parts[s];
                 MessageWriter scope(group, field::tag(field::resource_spans::scope_spans), 3);
                 copy(from.content, field::scope_spans::spans, from.kept, scope,
                      [&](std::size_t i) {
                          const Part& each = from.parts[i];
                          scope.add_bytes(field::tag(field::scope_spans::spans),
                                          each.kept ? each.content : std::string_view());
                      });
             });
    });
    return blanked;
}

}  // namespace plimsoll::wire
