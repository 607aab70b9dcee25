/// phrases.h: thousands of phrases looked for in one text at once, however they are typed (fold.h).
///
///   text ──fold──▶ where words start ──filter of a few bytes──▶ candidates ──compare──▶ Match
///
/// A phrase holds a place where a word starts, and that place is one where a word starts in any
/// text the phrase stands in. So only those places are looked at, one byte in five or six: the
/// bytes there are looked up in a small filter, and the few that pass are compared in full. A
/// phrase without such a place ("$$$", or one word that may stand inside another) is looked for at
/// every byte.
///
/// With 10,000 phrases of two to four words 0.5 GB/s, one core, where phrases and text are made of
/// the same syllables (checks_bench.cc). One pass of vectorscan over as many phrases came to
/// 0.17 GB/s, since so many literals share their endings.
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
    /// Where a phrase is looked for: `width` of its bytes, from `offset` on.
    struct Anchor {
        std::size_t width = 0;
        bool everywhere = false;
        std::uint32_t offset = 0;
        std::uint64_t key = 0;  ///< Those bytes and their width, mixed.
    };
    /// One phrase of a Table. What can be told without its text is told here, in a row with the
    /// others of the same key, since the text would be a miss of the cache.
    struct Entry {
        std::uint64_t key;
        std::uint64_t after;  ///< The bytes behind the anchor, as many as the phrase has of eight.
        std::uint64_t mask;   ///< Which of those count.
        std::uint32_t phrase;
        std::uint32_t offset;
    };
    struct Slot {
        std::uint64_t key = 0;
        std::uint32_t first = 0;  ///< Into entries.
        std::uint32_t count = 0;  ///< 0: a free slot.
    };
    /// The phrases that are looked for in the same places.
    struct Table {
        std::uint32_t widths = 0;  ///< Bit i: some anchor has the i-th width.
        /// Which two bytes an anchor begins with: the quickest no, where every byte is asked.
        std::vector<bool> pairs = std::vector<bool>(65'536);
        std::vector<Entry> entries;         ///< By key.
        std::vector<Slot> slots;            ///< Open addressing, a power of two.
        std::vector<std::uint64_t> filter;  ///< Bits, a power of two.
        unsigned filter_shift = 0;

        void let_in(const std::string& anchor);
        void index();
        const Slot* slot(std::uint64_t key) const;
        bool may_hold(std::uint64_t key) const {
            const std::uint64_t bit = key >> filter_shift;
            return filter[bit >> 6] >> (bit & 63) & 1;
        }
    };
    struct Hit {
        std::uint32_t phrase;
        std::size_t begin;
    };

    std::vector<Anchor> anchors_of(const std::string& folded) const;
    std::vector<Anchor> choose_anchors() const;
    std::optional<Hit> look(const Table& table, std::string_view padded, std::size_t at) const;
    std::optional<Hit> verify(const Table& table, std::string_view padded, std::size_t at,
                              std::size_t width, std::uint64_t key) const;
    bool edges_hold(std::string_view text, std::size_t begin, std::size_t end) const;

    std::vector<std::string> phrases_;
    std::vector<std::string> folded_;
    Options options_;
    Table at_starts_;
    Table everywhere_;
};

}  // namespace plimsoll::evaluate
