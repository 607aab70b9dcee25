#include "net/http_head.h"

#include <algorithm>

namespace plimsoll::net {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// ";q=0", ";q=0.000": the sender lists it in order to refuse it.
bool weight_is_zero(std::string_view parameters) {
    const std::size_t at = parameters.find("q=");
    if (at == std::string_view::npos) return false;
    const std::string_view weight = trimmed(parameters.substr(at + 2));
    return !weight.empty() && weight.find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

bool equal_caseless(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                              [](char x, char y) { return lower(x) == lower(y); });
}

bool list_has(std::string_view list, std::string_view token) {
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        const std::string_view item = list.substr(0, comma);
        const std::size_t semicolon = std::min(item.find(';'), item.size());
        if (equal_caseless(trimmed(item.substr(0, semicolon)), token)) {
            return !weight_is_zero(item.substr(semicolon));
        }
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return false;
}

std::string_view HttpHead::path() const {
    std::string_view path = target();
    path = path.substr(0, path.find('?'));
    if (path.starts_with("http://")) {
        const std::size_t slash = path.find('/', 7);
        return slash == std::string_view::npos ? std::string_view("/") : path.substr(slash);
    }
    return path;
}

std::string_view HttpHead::query() const {
    const std::size_t mark = target().find('?');
    return mark == std::string_view::npos ? std::string_view() : target().substr(mark + 1);
}

std::optional<std::string_view> HttpHead::find(std::string_view name) const {
    for (const Field& field : fields_) {
        if (text(field.name) == name) return text(field.value);
    }
    return std::nullopt;
}

std::size_t HttpHead::count(std::string_view name) const {
    return static_cast<std::size_t>(std::count_if(
        fields_.begin(), fields_.end(), [&](const Field& f) { return text(f.name) == name; }));
}

void HttpHead::clear() {
    text_.clear();
    fields_.clear();
    method_ = target_ = {};
    http_1_0 = expects_continue = chunked = false;
    keep_alive = true;
    content_length.reset();
}

void HttpHead::set_request(std::string_view method, std::string_view target) {
    method_ = keep(method);
    target_ = keep(target);
}

void HttpHead::add_field(std::string_view name, std::string_view value) {
    Field field;
    field.name = keep(name);
    std::transform(text_.begin() + field.name.at, text_.end(), text_.begin() + field.name.at,
                   lower);
    field.value = keep(trimmed(value));
    fields_.push_back(field);
}

HttpHead::Range HttpHead::keep(std::string_view text) {
    const Range range{static_cast<std::uint32_t>(text_.size()),
                      static_cast<std::uint32_t>(text.size())};
    text_ += text;
    return range;
}

}  // namespace plimsoll::net
