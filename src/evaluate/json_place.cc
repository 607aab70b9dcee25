#include "evaluate/json_place.h"

#include <algorithm>
#include <string>

#include "base/json.h"

namespace plimsoll::evaluate {

namespace {

constexpr std::string_view white = " \t\r\n";

/// Walks over values of valid JSON.
class Walk {
  public:
    explicit Walk(std::string_view json) : json_(json) { skip_white(); }

    std::size_t at() const { return at_; }
    char next() const { return at_ < json_.size() ? json_[at_] : '\0'; }

    /// Over one byte, and white space behind it.
    void step() {
        ++at_;
        skip_white();
    }

    /// Over a value; says where it was. White space behind it is passed over too.
    JsonPlace value() {
        const std::size_t begin = at_;
        std::size_t open = 0;
        do {
            const char c = next();
            if (c == '"') {
                string();
                continue;
            }
            open += c == '{' || c == '[';
            open -= (c == '}' || c == ']') && open > 0;
            ++at_;
            const bool inside_a_word = open == 0 && c != '}' && c != ']' && at_ < json_.size() &&
                                       std::string_view(",}] \t\r\n").find(next()) == white.npos;
            if (inside_a_word) at_ = std::min(json_.find_first_of(",}] \t\r\n", at_), json_.size());
        } while (open > 0 && at_ < json_.size());
        at_ = std::min(at_, json_.size());
        const std::size_t end = at_;
        skip_white();
        return {begin, end};
    }

    /// The name of a member, unescaped; goes on to its value.
    std::string name() {
        const JsonPlace place = value();
        const std::string_view quoted = json_.substr(place.begin, place.end - place.begin);
        step();  // The colon.
        const auto parsed = json::Document::parse(quoted);
        return parsed ? std::string(parsed->root().as_string()) : std::string();
    }

  private:
    void skip_white() { at_ = std::min(json_.find_first_not_of(white, at_), json_.size()); }
    void string() {
        for (++at_; at_ < json_.size() && json_[at_] != '"'; ++at_) at_ += json_[at_] == '\\';
        at_ = std::min(at_ + 1, json_.size());
    }

    std::string_view json_;
    std::size_t at_ = 0;
};

/// "~1" is a slash, "~0" a tilde.
std::string unescaped(std::string_view token) {
    std::string name;
    for (std::size_t i = 0; i < token.size(); ++i) {
        const bool escape = token[i] == '~' && i + 1 < token.size();
        name += !escape ? token[i] : token[++i] == '1' ? '/' : '~';
    }
    return name;
}

/// Goes from a container to the value in it that `token` names; false if there is none.
bool enter(Walk& walk, const std::string& token) {
    const bool object = walk.next() == '{';
    if (!object && walk.next() != '[') return false;
    walk.step();
    for (std::size_t index = 0; walk.next() != '}' && walk.next() != ']'; ++index) {
        if (walk.next() == '\0') return false;
        if ((object ? walk.name() : std::to_string(index)) == token) return true;
        walk.value();
        if (walk.next() == ',') walk.step();
    }
    return false;
}

}  // namespace

std::optional<JsonPlace> place_of(std::string_view json, std::string_view pointer) {
    Walk walk(json);
    while (pointer.starts_with('/')) {
        const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
        if (!enter(walk, unescaped(pointer.substr(1, end - 1)))) return std::nullopt;
        pointer.remove_prefix(end);
    }
    return walk.value();
}

}  // namespace plimsoll::evaluate
