#include "evaluate/unicode/fold.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>
#include <vector>

#include "base/utf8.h"

namespace plimsoll::evaluate {

namespace {

/// Every step-th character from first to last becomes itself plus delta.
struct FoldRange {
    std::uint32_t first, last, step;
    std::int32_t delta;
};
struct WordRange {
    std::uint32_t first, last;
};

#include "evaluate/unicode/tables.inc"

/// The ranges spread out into pages of 128 characters, since text asks character by character.
class FoldPages {
  public:
    FoldPages() : pages_(1) {
        for (const FoldRange& range : fold_ranges) {
            for (std::uint32_t p = range.first; p <= range.last; p += range.step) {
                set(p, p + static_cast<std::uint32_t>(range.delta));
            }
        }
        for (const std::uint32_t p : {0x2018, 0x2019, 0x201A, 0x201B, 0x2032}) set(p, '\'');
        for (const std::uint32_t p : {0x201C, 0x201D, 0x201E, 0x201F, 0x2033}) set(p, '"');
        for (std::uint32_t p = 9; p < 0x3001; ++p) {
            if (is_white_space(p)) set(p, ' ');
        }
    }

    std::uint32_t operator()(std::uint32_t point) const {
        const std::size_t page = point >> 7;
        if (page >= page_of_.size()) return point;
        return point + static_cast<std::uint32_t>(pages_[page_of_[page]][point & 127]);
    }

  private:
    using Page = std::array<std::int32_t, 128>;

    void set(std::uint32_t point, std::uint32_t folded) {
        std::uint8_t& page = page_of_[point >> 7];
        if (page == 0) {
            page = static_cast<std::uint8_t>(pages_.size());
            pages_.push_back({});
        }
        pages_[page][point & 127] = static_cast<std::int32_t>(folded - point);
    }

    std::array<std::uint8_t, (0x1F000 >> 7)> page_of_{};  // 0: the page where nothing changes.
    std::vector<Page> pages_;
};

const FoldPages& fold_pages() {
    static const FoldPages pages;
    return pages;
}

std::uint32_t decode(const char* at, std::size_t length) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(at[i]); };
    switch (length) {
        case 1:
            return byte(0);
        case 2:
            return (byte(0) & 0x1Fu) << 6 | (byte(1) & 0x3Fu);
        case 3:
            return (byte(0) & 0x0Fu) << 12 | (byte(1) & 0x3Fu) << 6 | (byte(2) & 0x3Fu);
        default:
            return (byte(0) & 0x07u) << 18 | (byte(1) & 0x3Fu) << 12 | (byte(2) & 0x3Fu) << 6 |
                   (byte(3) & 0x3Fu);
    }
}

char* encode(std::uint32_t point, char* out) {
    if (point < 0x80) {
        *out++ = static_cast<char>(point);
    } else if (point < 0x800) {
        *out++ = static_cast<char>(0xC0 | point >> 6);
        *out++ = static_cast<char>(0x80 | (point & 0x3F));
    } else {
        if (point < 0x10000) {
            *out++ = static_cast<char>(0xE0 | point >> 12);
        } else {
            *out++ = static_cast<char>(0xF0 | point >> 18);
            *out++ = static_cast<char>(0x80 | (point >> 12 & 0x3F));
        }
        *out++ = static_cast<char>(0x80 | (point >> 6 & 0x3F));
        *out++ = static_cast<char>(0x80 | (point & 0x3F));
    }
    return out;
}

// Sixteen bytes at a time in whatever vector registers the machine has.
using Block = std::uint8_t __attribute__((vector_size(16)));

/// Folds sixteen ASCII bytes; false, and nothing written, if one of them is not ASCII.
bool fold_ascii_block(const char* in, char* out) {
    std::uint64_t halves[2];
    std::memcpy(halves, in, 16);
    if ((halves[0] | halves[1]) & 0x8080808080808080ull) return false;
    Block block;
    std::memcpy(&block, in, 16);
    const Block upper = (Block)((block - 'A') < 26) & 0x20;
    const Block space = (Block)((block - 9) < 5);  // Tab to carriage return.
    block = ((block | upper) & ~space) | (space & ' ');
    std::memcpy(out, &block, 16);
    return true;
}

constexpr std::uint64_t each_byte = 0x0101010101010101;
constexpr std::uint64_t high_bits = 0x80 * each_byte;

/// The first in the text is the lowest.
std::uint64_t eight_bytes(const char* at) {
    std::uint64_t bytes;
    std::memcpy(&bytes, at, 8);
    return bytes;
}

/// Bytes whose high bit is set. Without an instruction for it, std::popcount is a call.
std::size_t count_high(std::uint64_t bytes) {
    return ((bytes & high_bits) >> 7) * each_byte >> 56;
}

/// The high bit of each byte that is a space, or a tab to a carriage return. All must be ASCII.
std::uint64_t ascii_spaces(std::uint64_t bytes) {
    const std::uint64_t other_than_space = (bytes ^ ' ' * each_byte) + 0x7F * each_byte;
    const std::uint64_t from_tab = bytes + (0x80 - 9) * each_byte;
    const std::uint64_t behind_return = bytes + (0x80 - 14) * each_byte;
    return (~other_than_space | (from_tab & ~behind_return)) & high_bits;
}

}  // namespace

std::uint32_t fold(std::uint32_t point) {
    return fold_pages()(point);
}

void fold(std::string_view text, std::string& folded) {
    const FoldPages& pages = fold_pages();
    // Folding lengthens a character by a byte at most (Ⱥ, two bytes, becomes ⱥ, three).
    folded.resize(text.size() + text.size() / 2 + 16);
    char* out = folded.data();
    std::size_t i = 0;
    while (i < text.size()) {
        if (i + 16 <= text.size() && fold_ascii_block(text.data() + i, out)) {
            i += 16;
            out += 16;
            continue;
        }
        // Not sixteen of ASCII: go on by characters for as long as that block lasts.
        const std::size_t block_end = std::min(text.size(), i + 16);
        while (i < block_end) {
            const std::size_t length = utf8_length(text.substr(i));
            if (length == 0) {
                *out++ = text[i++];
                continue;
            }
            out = encode(pages(decode(text.data() + i, length)), out);
            i += length;
        }
    }
    folded.resize(static_cast<std::size_t>(out - folded.data()));
}

std::string folded(std::string_view text) {
    std::string result;
    fold(text, result);
    return result;
}

std::size_t unfolded_offset(std::string_view text, std::size_t folded_offset) {
    std::size_t i = 0;
    std::size_t produced = 0;
    while (i < text.size() && produced < folded_offset) {
        const std::size_t length = utf8_length(text.substr(i));
        if (length == 0) {
            ++produced;
            ++i;
            continue;
        }
        char buffer[4];
        produced += static_cast<std::size_t>(encode(fold(decode(text.data() + i, length)), buffer) -
                                             buffer);
        i += length;
    }
    return i;
}

bool is_word_character(std::uint32_t point) {
    const auto* after =
        std::upper_bound(std::begin(word_ranges), std::end(word_ranges), point,
                         [](std::uint32_t p, const WordRange& range) { return p < range.first; });
    return after != std::begin(word_ranges) && point <= (after - 1)->last;
}

std::uint32_t first_character(std::string_view text) {
    if (text.empty()) return 0;
    const std::size_t length = utf8_length(text);
    return length == 0 ? 0xFFFD : decode(text.data(), length);
}

std::uint32_t last_character(std::string_view text) {
    if (text.empty()) return 0;
    std::size_t start = text.size() - 1;
    while (start > 0 && text.size() - start < 4 && (text[start] & 0xC0) == 0x80) --start;
    const std::string_view tail = text.substr(start);
    return utf8_length(tail) == tail.size() ? decode(tail.data(), tail.size()) : 0xFFFD;
}

std::size_t count_characters(std::string_view text) {
    std::size_t count = 0, i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        const std::uint64_t bytes = eight_bytes(text.data() + i);
        count += 8 - count_high(bytes & ~(bytes << 1));
    }
    for (; i < text.size(); ++i) count += (text[i] & 0xC0) != 0x80;
    return count;
}

bool is_white_space(std::uint32_t point) {
    return (point >= 9 && point <= 13) || point == ' ' || point == 0x85 || point == 0xA0 ||
           point == 0x1680 || (point >= 0x2000 && point <= 0x200A) || point == 0x2028 ||
           point == 0x2029 || point == 0x202F || point == 0x205F || point == 0x3000;
}

std::size_t count_words(std::string_view text) {
    std::size_t words = 0;
    bool inside = false;
    for (std::size_t i = 0; i < text.size();) {
        if (i + 8 <= text.size()) {
            const std::uint64_t bytes = eight_bytes(text.data() + i);
            if ((bytes & high_bits) == 0) {
                const std::uint64_t space = ascii_spaces(bytes);
                const std::uint64_t behind_space = space << 8 | (inside ? 0 : 0x80);
                words += count_high(~space & behind_space);
                inside = (space >> 63) == 0;
                i += 8;
                continue;
            }
        }
        const bool space = is_white_space(first_character(text.substr(i)));
        i += std::max<std::size_t>(1, utf8_length(text.substr(i)));
        words += static_cast<std::size_t>(!space & !inside);
        inside = !space;
    }
    return words;
}

bool is_blank(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        if (!is_white_space(first_character(text.substr(i)))) return false;
        i += std::max<std::size_t>(1, utf8_length(text.substr(i)));
    }
    return true;
}

}  // namespace plimsoll::evaluate
