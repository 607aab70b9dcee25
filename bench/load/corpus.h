/// corpus.h: the bodies of a workload, built before the run, with the places of their ids.
///
///   Body.bytes   ExportTraceServiceRequest ... [trace id] [span id] [parent id] ...
///                                                   ▲ fresh ids are written here for every send
///
/// Sending costs the generator a copy and a few stores per span, never an encoding.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::load {

enum class Workload {
    W1,  ///< Fat chat: spans of 2 to 50 KB (log-normal, mean 9.2 KB), 64 in a body.
    W3,  ///< Thin spans of 600 bytes, 512 in a body.
    W7,  ///< One thin span in a request.
};
std::optional<Workload> workload_named(std::string_view name);

/// Where one span's ids stand in the bytes, and which trace of the body it belongs to.
struct SpanPlace {
    std::size_t trace_at;
    std::size_t id_at;
    std::optional<std::size_t>
        parent_at;        ///< None for a root; else its parent is its trace's root.
    std::uint32_t trace;  ///< Ordinal of the trace in the body.
    std::uint32_t root;   ///< Ordinal of the span that is its trace's root.
};

struct Body {
    std::string bytes;
    std::vector<SpanPlace> spans;
};

/// `bodies` of them; the same for the same seed. Times of the spans lie before `now`.
std::vector<Body> build_corpus(Workload workload, std::uint64_t seed, std::size_t bodies,
                               std::int64_t now);

/// As many bodies as fill a few seconds without repeating inside one journal row.
std::size_t usual_bodies(Workload workload);

using TraceBytes = std::array<char, 16>;
using SpanBytes = std::array<char, 8>;

/// The ids of span `span` in send number `send` of a run. No two sends of any run share one,
/// because `run` is mixed into both.
TraceBytes trace_id(std::uint64_t run, std::uint64_t send, std::uint32_t trace);
SpanBytes span_id(std::uint64_t run, std::uint64_t send, std::uint32_t span);

/// Writes the ids of one send into `bytes`, a copy of body.bytes.
void write_ids(const Body& body, std::uint64_t run, std::uint64_t send, char* bytes);

}  // namespace plimsoll::load
