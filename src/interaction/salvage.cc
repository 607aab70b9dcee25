#include "interaction/salvage.h"

#include <cctype>
#include <vector>

namespace plimsoll::interaction {
namespace {

constexpr std::size_t depth_max = 256;  // As json::ParseLimits: deeper could not be read anyway.

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_prose_key(std::string_view key) {
    return key == "content" || key == "text" || key == "value";
}

/// Reads JSON loosely, front to back, and remembers the last place where it could be closed.
class Salvager {
  public:
    explicit Salvager(std::string_view text) : text_(text) {}

    std::optional<std::string> run() {
        skip_space();
        if (at_ == text_.size() || (text_[at_] != '[' && text_[at_] != '{')) return std::nullopt;
        while (at_ < text_.size()) {
            if (!step()) return std::nullopt;
            skip_space();
            if (open_.empty()) return std::nullopt;  // It is whole: what ails it is no cut.
        }
        if (whole_ == 0) return std::nullopt;
        std::string kept(text_.substr(0, whole_));
        kept += tail_;
        for (auto level = closers_.rbegin(); level != closers_.rend(); ++level) {
            kept += *level == '[' ? ']' : '}';
        }
        return kept;
    }

  private:
    enum class Due { value, key, colon, comma };

    /// One token. False if this is not JSON.
    bool step() {
        const char c = text_[at_];
        if (due_ == Due::comma) {
            if (c == ',') {
                ++at_;
                due_ = open_.back() == '{' ? Due::key : Due::value;
                return true;
            }
            return close(c);
        }
        if (due_ == Due::colon) {
            if (c != ':') return false;
            ++at_;
            due_ = Due::value;
            return true;
        }
        if (c == ']' || c == '}') return close(c);
        if (due_ == Due::key) return c == '"' && read_string(true);
        if (c == '[' || c == '{') {
            if (open_.size() == depth_max) return false;
            open_.push_back(c);
            ++at_;
            due_ = c == '{' ? Due::key : Due::value;
            return true;
        }
        if (c == '"') return read_string(false);
        return read_word();
    }

    bool close(char c) {
        if (open_.empty() || (c == ']') != (open_.back() == '[')) return false;
        open_.pop_back();
        ++at_;
        after_value();
        return true;
    }

    /// A value has come whole: here the text could end.
    void after_value() {
        due_ = Due::comma;
        whole_ = at_;
        closers_ = open_;
        tail_.clear();
    }

    bool read_string(bool is_key) {
        const std::size_t start = ++at_;
        std::size_t safe = at_;  // Up to here no escape and no character is cut.
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == '"') {
                const std::string_view content = text_.substr(start, at_ - start);
                ++at_;
                if (is_key) {
                    key_ = content;
                    due_ = Due::colon;
                } else {
                    after_value();
                }
                return true;
            }
            if (static_cast<unsigned char>(c) < 0x20) return false;
            if (c == '\\') {
                const std::size_t length = at_ + 1 < text_.size() && text_[at_ + 1] == 'u' ? 6 : 2;
                if (at_ + length > text_.size()) {
                    at_ = text_.size();
                    break;
                }
                at_ += length;
            } else {
                std::size_t length = 1;
                const auto lead = static_cast<unsigned char>(c);
                if (lead >= 0xF0)
                    length = 4;
                else if (lead >= 0xE0)
                    length = 3;
                else if (lead >= 0xC0)
                    length = 2;
                if (at_ + length > text_.size()) {
                    at_ = text_.size();
                    break;
                }
                at_ += length;
            }
            safe = at_;
        }
        if (!is_key && !open_.empty() && open_.back() == '{' && is_prose_key(key_)) {
            // A first surrogate without its second would make the whole unreadable.
            std::string_view cut = text_.substr(start, safe - start);
            if (cut.size() >= 6 && cut[cut.size() - 6] == '\\' && cut[cut.size() - 5] == 'u' &&
                (cut[cut.size() - 4] == 'd' || cut[cut.size() - 4] == 'D')) {
                safe -= 6;
            }
            whole_ = safe;
            tail_ = "\"";
            closers_ = open_;
        }
        return true;
    }

    bool read_word() {  // A number, true, false, null.
        const std::size_t start = at_;
        while (at_ < text_.size() &&
               (std::isalnum(static_cast<unsigned char>(text_[at_])) || text_[at_] == '-' ||
                text_[at_] == '+' || text_[at_] == '.')) {
            ++at_;
        }
        if (at_ == start) return false;
        const std::string_view word = text_.substr(start, at_ - start);
        const char first = word.front();
        const bool number = first == '-' || (first >= '0' && first <= '9');
        const auto begins = [&](std::string_view whole) { return whole.starts_with(word); };
        if (!number && !begins("true") && !begins("false") && !begins("null")) return false;
        if (at_ < text_.size()) after_value();  // At the end it may be cut: 12 of 123.
        return true;
    }

    void skip_space() {
        while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    Due due_ = Due::value;
    std::vector<char> open_;
    std::string_view key_;
    std::size_t whole_ = 0;  ///< The text up to here, then tail_, then closers_, is JSON.
    std::string tail_;
    std::vector<char> closers_;
};

}  // namespace

std::optional<std::string> salvage_json(std::string_view text) {
    return Salvager(text).run();
}

}  // namespace plimsoll::interaction
