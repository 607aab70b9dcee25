/// known.h: what the generator wrote beside its traffic: what happened, and the truth.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace plimsoll::bench {

struct KnownEvent {
    std::string id, kind, dimension, application, service, says, owner;
    std::map<std::string, std::string> slice;
    UnixNanos start = 0, end = 0;
    std::string shape;
    std::string element, from, to;  ///< Of the cause.
    bool must_alert = false;
};

/// One interaction. Texts are numbers of Known::words.
struct TruthRow {
    UnixNanos time = 0;
    std::uint16_t service = 0;
    bool good = false;
    std::vector<std::pair<std::uint16_t, std::uint16_t>> attributes;  ///< Name, value.
    std::vector<std::pair<std::uint16_t, bool>> opinions;             ///< Judge, passed.
};

struct Known {
    std::vector<KnownEvent> events;
    std::vector<TruthRow> rows;      ///< In order of time.
    std::vector<std::string> words;  ///< By number.
    std::uint16_t number_of(const std::string& word);

  private:
    std::map<std::string, std::uint16_t> numbers_;
};

/// Of the folder that was given to `play --truth`.
Result<Known> read_known(const std::string& folder);

}  // namespace plimsoll::bench
