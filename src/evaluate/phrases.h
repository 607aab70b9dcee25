/// phrases.h: thousands of phrases looked for in one text at once, however they are typed (fold.h).
///
/// A phrase must hold, at one of every four places, eight bytes that few phrases hold. Every fourth
/// place of the text is looked up in a small filter of those bytes; the few that pass are compared
/// in full. With 10,000 phrases 0.9 GB/s, one core (checks_bench.cc); one pass of vectorscan over
/// the same phrases came to 0.17 GB/s, since so many literals share their endings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::evaluate {

/// Immutable once built: any thread may ask.
class PhraseSet {
  public:
    struct Options {
        /// "ass" is then not found in "class". Scripts without spaces know no such edges.
        bool whole_words = true;
    };

    /// No phrase may be empty.
    PhraseSet(std::vector<std::string> phrases, Options options);

    struct Match {
        std::size_t phrase = 0;  ///< Index into the phrases given.
        std::size_t begin = 0;   ///< Bytes [begin, end) of the text.
        std::size_t end = 0;
    };
    /// Some phrase in `text`; nullopt if there is none. The same text gives the same match.
    std::optional<Match> find(std::string_view text) const;

    const std::string& phrase(std::size_t index) const { return phrases_[index]; }
    std::size_t size() const { return phrases_.size(); }

  private:
    /// Phrases of similar length, found by the same width of bytes at the same stride.
    struct Group {
        std::size_t width;     ///< Bytes compared first: 8, 4, 2 or 1.
        std::size_t stride;    ///< Places of the text from one look to the next.
        std::size_t shortest;  ///< Bytes of the shortest phrase it can find: width + stride - 1.
        struct Entry {
            std::uint64_t gram;
            std::uint32_t phrase;
            std::uint32_t offset;  ///< Where in the phrase those bytes stand.
        };
        struct Slot {
            std::uint64_t gram = 0;
            std::uint32_t first = 0;  ///< Into entries.
            std::uint32_t count = 0;  ///< 0: a free slot.
        };
        std::vector<Entry> entries;         ///< By gram.
        std::vector<Slot> slots;            ///< Open addressing, a power of two.
        std::vector<std::uint64_t> filter;  ///< Bits, a power of two.
        unsigned filter_shift = 0;

        void choose_grams(const std::vector<std::string>& folded,
                          const std::vector<std::uint32_t>& members);
        void index();
        const Slot* slot(std::uint64_t gram) const;
    };
    struct Hit {
        std::uint32_t phrase;
        std::size_t begin;
    };

    template <std::size_t width, std::size_t stride>
    std::optional<Hit> scan(const Group& group, std::string_view padded) const;
    std::optional<Hit> verify(const Group& group, std::string_view padded, std::size_t at,
                              std::uint64_t gram) const;
    bool edges_hold(std::string_view text, std::size_t begin, std::size_t end) const;

    std::vector<std::string> phrases_;
    std::vector<std::string> folded_;
    Options options_;
    std::vector<Group> groups_;
};

}  // namespace plimsoll::evaluate
