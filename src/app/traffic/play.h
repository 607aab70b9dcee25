/// play.h: the traffic of a specification, sent to a server or written to files, with the truth in
/// files beside it that the server never sees.
///
///   truth.jsonl    one line each interaction: its labels, and the events that held for it
///   events.jsonl   one line each event: what, where, when, and what is to be made of it
///   labels.csv     what people said of some of them, for `plimsoll label import`
///   bad.jsonl      answers that are bad: how a stand-in for a judge knows the truth of a content
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "app/traffic/content.h"
#include "app/traffic/specification.h"

namespace plimsoll::app::traffic {

struct PlayOptions {
    std::string to;  ///< OTLP/HTTP endpoint, "" for none.
    std::string key;
    std::string out;             ///< Folder for OTLP files, "" for none.
    std::string truth;           ///< Folder for the truth, "" for none.
    std::size_t per_body = 200;  ///< Interactions in a request.
};

struct Played {
    std::uint64_t interactions = 0, spans = 0, bytes = 0, rejected = 0;
    double seconds = 0;
};

/// Shows its progress on stderr. An Error says what the world refused.
Result<Played> play(const Specification& specification, const ContentSource& content,
                    std::vector<double> gaps, const PlayOptions& options,
                    const std::atomic<bool>& stop);

}  // namespace plimsoll::app::traffic
