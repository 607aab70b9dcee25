/// sender.h: an open loop over many connections in one thread.
///
///   schedule ── due ──▶ waiting ──▶ idle connection ──▶ answer ─┬─ 200: latency, ledger
///   (rate, fixed)                       ▲                       └─ 429, 503: waits, then again
///                                       └───────────────────────────┘
///
/// A body is due at start + n / rate, whatever the receiver does; its latency counts from there, so
/// that a receiver which stalls is charged for everything that it kept waiting.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "load/corpus.h"
#include "load/histogram.h"
#include "load/ledger.h"

namespace plimsoll::load {

struct LoadOptions {
    std::string host = "127.0.0.1";
    std::uint16_t port = 4318;
    unsigned connections = 16;
    double spans_per_second = 1'000;
    double seconds = 10;
    double drain_seconds = 30;  ///< After the last body was due: how long answers are waited for.
    std::uint64_t run = 0;      ///< Mixed into every id.
    std::string key;            ///< Bearer token; "" for none.
};

struct LoadResult {
    double seconds = 0;          ///< From the first body due to the last answer.
    std::uint64_t requests = 0;  ///< Acknowledged.
    std::uint64_t spans = 0;
    std::uint64_t bytes = 0;         ///< Of bodies acknowledged.
    std::uint64_t come_back = 0;     ///< 429 and 503, each then sent again.
    std::uint64_t refused = 0;       ///< Any other answer: not sent again.
    std::uint64_t broken = 0;        ///< Connections that ended without an answer; sent again.
    std::uint64_t unanswered = 0;    ///< Still waiting when the drain ended.
    std::uint64_t waiting_max = 0;   ///< Bodies due but unsent, at worst.
    std::uint64_t waiting_half = 0;  ///< … on the average in the second quarter of the time,
    std::uint64_t waiting_end = 0;   ///< … and in the last quarter: more means a backlog grows.
    double cpu_seconds = 0;          ///< Of this thread.
    Histogram latency_us;
    std::vector<SpanName> acknowledged;
};

Result<LoadResult> run_load(const std::vector<Body>& corpus, const LoadOptions& options);

}  // namespace plimsoll::load
