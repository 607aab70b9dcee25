/// prose.h: endless text that compresses like what people and models write to each other.
///
/// Words are drawn by Zipf's law from a made-up vocabulary, and often follow the word they last
/// followed, so that zstd finds about as much to save as in English.
#pragma once

#include <string>
#include <vector>

#include "load/dice.h"

namespace plimsoll::load {

class Prose {
  public:
    explicit Prose(std::uint64_t seed);

    /// At least `bytes` of sentences, at most one word more.
    std::string text(std::size_t bytes);

  private:
    std::size_t next_word(std::size_t before);

    Dice dice_;
    std::vector<std::string> words_;
    std::vector<double> reach_;  ///< Sum of the weights up to each word, the last is 1.
};

}  // namespace plimsoll::load
