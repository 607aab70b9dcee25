#include "evaluate/json_schema/plain_pattern.h"

#include <charconv>
#include <limits>

namespace plimsoll::evaluate::schema {

namespace {

using Characters = std::bitset<128>;
constexpr std::size_t any_number = std::numeric_limits<std::size_t>::max();

/// Reads an expression from left to right; each reader says nullopt at what is not plain.
class Reader {
  public:
    explicit Reader(std::string_view rest) : rest_(rest) {}
    bool done() const { return rest_.empty(); }

    std::optional<Characters> characters() {
        if (take('[')) return set();
        if (take('\\')) return escaped();
        if (std::string_view("^$.|?*+(){}]").find(rest_[0]) != rest_.npos) return std::nullopt;
        return one();
    }

    struct Count {
        std::size_t min = 1, max = 1;
    };
    std::optional<Count> count() {
        Count count;
        if (take('*')) {
            count = {0, any_number};
        } else if (take('+')) {
            count = {1, any_number};
        } else if (take('?')) {
            count = {0, 1};
        } else if (take('{')) {
            if (!number(count.min)) return std::nullopt;
            count.max = count.min;
            if (take(',') && !number(count.max)) count.max = any_number;
            if (!take('}') || count.max < count.min) return std::nullopt;
        }
        if (!done() && rest_[0] == '?') return std::nullopt;  // As few as may be.
        return count;
    }

  private:
    bool take(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }

    bool number(std::size_t& value) {
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        if (error != std::errc{}) return false;
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return true;
    }

    static Characters range(unsigned char from, unsigned char to) {
        Characters all;
        for (unsigned c = from; c <= to; ++c) all.set(c);
        return all;
    }

    std::optional<Characters> one() {
        const auto c = static_cast<unsigned char>(rest_[0]);
        if (c >= 0x80) return std::nullopt;
        rest_.remove_prefix(1);
        return range(c, c);
    }

    std::optional<Characters> escaped() {
        if (done()) return std::nullopt;
        if (take('d')) return range('0', '9');
        if (take('w')) {
            return range('0', '9') | range('A', 'Z') | range('a', 'z') | range('_', '_');
        }
        if (std::string_view("^$\\.*+?()[]{}|/-").find(rest_[0]) == rest_.npos) return std::nullopt;
        return one();
    }

    /// Behind '['.
    std::optional<Characters> set() {
        if (rest_.starts_with('^')) return std::nullopt;
        Characters all;
        while (!take(']')) {
            if (done()) return std::nullopt;
            const bool is_class = rest_.starts_with("\\d") || rest_.starts_with("\\w");
            const char from = rest_[0];
            const auto first = take('\\') ? escaped() : one();
            if (!first) return std::nullopt;
            if (rest_.size() > 1 && rest_[0] == '-' && rest_[1] != ']') {
                const char to = rest_[1];
                if (is_class || from == '\\' || to == '\\' || to < from) return std::nullopt;
                rest_.remove_prefix(2);
                all |= range(static_cast<unsigned char>(from), static_cast<unsigned char>(to));
            } else {
                all |= *first;
            }
        }
        return all;
    }

    std::string_view rest_;
};

}  // namespace

std::optional<PlainPattern> PlainPattern::of(std::string_view expression) {
    if (expression.size() < 2 || !expression.starts_with('^') || !expression.ends_with('$') ||
        expression.ends_with("\\$")) {
        return std::nullopt;
    }
    PlainPattern pattern;
    for (Reader reader(expression.substr(1, expression.size() - 2)); !reader.done();) {
        const auto characters = reader.characters();
        if (!characters) return std::nullopt;
        const auto count = reader.count();
        if (!count) return std::nullopt;
        pattern.runs_.push_back({*characters, count->min, count->max});
    }
    return pattern.greed_is_right() ? std::optional(std::move(pattern)) : std::nullopt;
}

bool PlainPattern::greed_is_right() const {
    for (std::size_t i = 0; i < runs_.size(); ++i) {
        if (runs_[i].min == runs_[i].max) continue;
        for (std::size_t next = i + 1; next < runs_.size(); ++next) {
            if ((runs_[i].characters & runs_[next].characters).any()) return false;
            if (runs_[next].min > 0) break;
        }
    }
    return true;
}

bool PlainPattern::matches(std::string_view text) const {
    std::size_t at = 0;
    for (const Run& run : runs_) {
        std::size_t taken = 0;
        while (taken < run.max && at < text.size()) {
            const auto c = static_cast<unsigned char>(text[at]);
            if (c >= 0x80 || !run.characters[c]) break;
            ++taken, ++at;
        }
        if (taken < run.min) return false;
    }
    return at == text.size();
}

}  // namespace plimsoll::evaluate::schema
