#include "evaluate/json_schema/ecma_pattern.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

#include <fmt/format.h>
#include <re2/re2.h>

#include "evaluate/json_schema/count_characters.h"
#include "evaluate/json_schema/place_text.h"
#include "evaluate/json_schema/plain_pattern.h"

namespace plimsoll::evaluate::schema {

namespace {

/// RE2 falls back to (text x program) steps when its automaton outgrows its memory.
constexpr int program_size_max = 10'000;
constexpr std::int64_t memory_max = 1 << 20;
/// RE2 writes {n,m} out, and takes no bound above 1,000. From here on counting is better.
constexpr std::uint64_t counted_from = 20;

/// ^x{n,m}$ with a single character (class) x, as schemas love to write it, with bounds in the
/// thousands that RE2 does not take: ^x*$ and a count of characters say the same.
struct Counted {
    std::string expression;
    std::uint64_t characters_min;
    std::uint64_t characters_max;
};

/// Bytes of the single-character expression at the front of RE2 syntax; 0 if it is none.
std::size_t atom_length(std::string_view text) {
    if (text.empty() || std::string_view("(|*+?{^$)").find(text[0]) != std::string_view::npos) {
        return 0;
    }
    if (text[0] == '[') {
        for (std::size_t i = 1; i < text.size(); ++i) {
            if (text[i] == '\\') {
                ++i;
            } else if (text[i] == ']') {
                return i + 1;
            }
        }
        return 0;
    }
    if (text[0] != '\\') {
        const auto byte = static_cast<unsigned char>(text[0]);
        return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    }
    if (text.size() < 2 || text[1] == 'b' || text[1] == 'B') return 0;
    if (text[1] == 'x' || text[1] == 'p' || text[1] == 'P') {
        const std::size_t close = text.substr(0, 3).ends_with('{') ? text.find('}') : 3;
        return close == std::string_view::npos ? 0 : close + 1;
    }
    return 2;
}

std::optional<Counted> counted(std::string_view re2_syntax) {
    std::string_view rest = re2_syntax;
    if (!rest.starts_with('^') || !rest.ends_with("}$")) return std::nullopt;
    rest.remove_prefix(1);
    const std::size_t atom = atom_length(rest);
    if (atom == 0 || atom >= rest.size() || rest[atom] != '{') return std::nullopt;
    Counted result{fmt::format("^{}*$", rest.substr(0, atom)), 0, 0};
    const std::string_view bounds = rest.substr(atom + 1, rest.size() - atom - 3);
    const char* const end = bounds.data() + bounds.size();
    const auto minimum = std::from_chars(bounds.data(), end, result.characters_min);
    if (minimum.ec != std::errc{}) return std::nullopt;
    if (minimum.ptr == end) {
        result.characters_max = result.characters_min;
    } else if (*minimum.ptr != ',') {
        return std::nullopt;
    } else if (minimum.ptr + 1 == end) {
        result.characters_max = std::numeric_limits<std::uint64_t>::max();
    } else {
        const auto maximum = std::from_chars(minimum.ptr + 1, end, result.characters_max);
        if (maximum.ec != std::errc{} || maximum.ptr != end) return std::nullopt;
        if (result.characters_max < result.characters_min) return std::nullopt;
    }
    const bool is_needed = result.characters_min >= counted_from ||
                           (result.characters_max >= counted_from && minimum.ptr + 1 != end);
    return is_needed ? std::optional(std::move(result)) : std::nullopt;
}

RE2::Options quietly() {
    RE2::Options options(RE2::Quiet);
    options.set_encoding(RE2::Options::EncodingUTF8);
    options.set_never_capture(true);
    options.set_max_mem(memory_max);
    return options;
}

}  // namespace

struct EcmaPattern::Compiled {
    explicit Compiled(const std::string& expression) : re2(expression, quietly()) {}
    RE2 re2;
    std::optional<PlainPattern> plain;
    std::uint64_t characters_min = 0;
    std::uint64_t characters_max = std::numeric_limits<std::uint64_t>::max();
};

Result<EcmaPattern> EcmaPattern::compile(std::string_view expression) {
    const auto refuse = [&](std::string_view why) {
        return Error{
            fmt::format("the expression {} cannot be used: {}", cut(expression), cut(why))};
    };
    auto translated = in_re2_syntax(expression);
    if (!translated) return refuse(translated.error().what);
    const auto by_count = counted(*translated);
    auto compiled = std::make_unique<Compiled>(by_count ? by_count->expression : *translated);
    if (by_count) {
        compiled->characters_min = by_count->characters_min;
        compiled->characters_max = by_count->characters_max;
    }
    if (!compiled->re2.ok()) return refuse(compiled->re2.error());
    if (compiled->re2.ProgramSize() > program_size_max) return refuse("it is too large");
    compiled->plain = PlainPattern::of(expression);
    return EcmaPattern(std::string(expression), std::move(compiled));
}

bool EcmaPattern::matches(std::string_view text) const {
    if (compiled_->plain) return compiled_->plain->matches(text);
    const bool is_counted =
        compiled_->characters_max != std::numeric_limits<std::uint64_t>::max() ||
        compiled_->characters_min != 0;
    if (is_counted) {
        const std::uint64_t characters = count_characters(text);
        if (characters < compiled_->characters_min || characters > compiled_->characters_max) {
            return false;
        }
    }
    return compiled_->re2.Match({text.data(), text.size()}, 0, text.size(), RE2::UNANCHORED,
                                nullptr, 0);
}

std::uint64_t EcmaPattern::program_size() const {
    return static_cast<std::uint64_t>(compiled_->re2.ProgramSize());
}

EcmaPattern::EcmaPattern(std::string expression, std::unique_ptr<const Compiled> compiled)
    : expression_(std::move(expression)), compiled_(std::move(compiled)) {}
EcmaPattern::EcmaPattern(EcmaPattern&&) noexcept = default;
EcmaPattern& EcmaPattern::operator=(EcmaPattern&&) noexcept = default;
EcmaPattern::~EcmaPattern() = default;

}  // namespace plimsoll::evaluate::schema
