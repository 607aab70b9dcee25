/// otlp.h: OTLP trace requests as views over their own bytes.
///
///   body ──admit──▶ Admitted{otlp, span_count, rejected, why}     the door: once per request
///   otlp ──for_each_span──▶ SpanView, SpanView, …                 later: as often as one likes
///
/// `admit` checks everything a sender can get wrong. What it lets through is protobuf in which every
/// id has its length, every string is UTF-8 and every limit holds, so readers behind it need not ask
/// again; they must still not crash on other bytes, since a disk can flip a bit.
///
/// Because repeated fields concatenate, two admitted bodies put one after the other are one body.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"

namespace plimsoll::wire {

/// What one request may hold. Beyond a per-span limit the span is rejected; beyond a per-request
/// limit the body is.
struct Limits {
    std::size_t body_bytes_max = 64u << 20;     ///< Before inflation and after it.
    std::size_t spans_max = 100'000;            ///< In one request.
    std::size_t nesting_max = 32;               ///< AnyValue inside AnyValue.
    std::size_t attributes_max = 10'000;        ///< On one span, its events and links included.
    std::size_t attribute_key_bytes_max = 1024;
};

enum class Encoding : std::uint8_t { protobuf, json };

/// What became of a request's body.
struct Admitted {
    bool decodable = true;       ///< False: the body as a whole is not OTLP; `why` says where.
    std::string otlp;            ///< ExportTraceServiceRequest in protobuf with the good spans only.
    std::size_t span_count = 0;  ///< Good spans.
    std::size_t rejected = 0;    ///< Bad spans, left out of `otlp`.
    std::size_t repaired = 0;    ///< Strings whose bytes were not UTF-8, mended with U+FFFD.
    std::string why;             ///< First reasons for `rejected`, for a person; "" if none.
};

/// Checks a body and turns it into protobuf. A protobuf body without fault is moved through without
/// a copy. Never throws for what a sender sent.
Admitted admit(std::string body, Encoding encoding, const Limits& limits);

// ---------------------------------------------------------------------------------------------

/// One AnyValue, not yet unpacked if it is a container.
struct AnyValue {
    enum class Kind : std::uint8_t { empty, string, boolean, integer, real, array, kvlist, bytes };
    Kind kind = Kind::empty;
    std::string_view text;  ///< string and bytes: the content; array, kvlist: the encoded message.
    union {
        bool boolean;
        std::int64_t integer = 0;
        double real;
    };
};

/// Decodes one encoded AnyValue. Broken bytes give Kind::empty.
AnyValue any_value(std::string_view encoded);

/// JSON of a value: containers become arrays and objects, bytes become base64, a string is quoted.
/// Nesting beyond `depth_max` becomes null.
std::string to_json(const AnyValue& value, std::size_t depth_max = 64);

struct Attribute {
    std::string_view key;
    AnyValue value;
};

/// A list of attributes in the order sent. The last of two equal keys wins in find().
class Attributes {
  public:
    Attributes() = default;
    explicit Attributes(std::vector<Attribute> list) : list_(std::move(list)) {}

    std::span<const Attribute> list() const { return list_; }
    std::size_t size() const { return list_.size(); }
    /// nullptr if absent. Linear; a span has a few dozen.
    const AnyValue* find(std::string_view key) const;
    void add(Attribute attribute) { list_.push_back(attribute); }
    void clear() { list_.clear(); }

  private:
    std::vector<Attribute> list_;
};

struct EventView {
    std::string_view name;
    UnixNanos time = 0;
    Attributes attributes;
    std::uint32_t dropped_attributes = 0;
};

struct LinkView {
    TraceId trace;
    SpanId span;
    Attributes attributes;
};

struct ResourceView {
    Attributes attributes;
    std::string_view schema_url;
};

struct ScopeView {
    std::string_view name;
    std::string_view version;
    std::string_view schema_url;
    Attributes attributes;
};

enum class SpanKind : std::uint8_t { unspecified, internal, server, client, producer, consumer };
enum class StatusCode : std::uint8_t { unset, ok, error };

/// One span. All views point into the body it was read from, which must outlive it.
struct SpanView {
    const ResourceView* resource = nullptr;  ///< Never null inside for_each_span.
    const ScopeView* scope = nullptr;        ///< Never null inside for_each_span.
    TraceId trace;
    SpanId id;
    SpanId parent;  ///< Zero for a root.
    std::string_view trace_state;
    std::string_view name;
    SpanKind kind = SpanKind::unspecified;
    UnixNanos start = 0;
    UnixNanos end = 0;  ///< 0 if never ended (pending spans).
    Attributes attributes;
    std::vector<EventView> events;
    std::vector<LinkView> links;
    StatusCode status = StatusCode::unset;
    std::string_view status_message;
    std::uint32_t dropped_attributes = 0;
    std::uint32_t dropped_events = 0;
    std::uint32_t dropped_links = 0;
};

/// Calls `visit(ordinal, span)` for every span of an admitted body in the order of its bytes; the
/// ordinal counts from 0. The SpanView is reused: copy what you keep. False if the bytes broke off.
bool for_each_span(std::string_view otlp,
                   const std::function<void(std::uint32_t ordinal, const SpanView&)>& visit);

/// The little of a span that gathering needs, read without touching its attributes.
struct SpanKey {
    TraceId trace;
    SpanId id;
    SpanId parent;
    UnixNanos start = 0;
    UnixNanos end = 0;
};

/// As for_each_span, many times faster.
bool for_each_span_key(std::string_view otlp,
                       const std::function<void(std::uint32_t ordinal, const SpanKey&)>& visit);

}  // namespace plimsoll::wire
