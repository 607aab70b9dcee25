#include "app/statistics/rows.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <unordered_map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/json.h"

namespace plimsoll::app {

/// Fills a Rows from one text.
class RowsReader {
  public:
    RowsReader(std::string_view text, const std::string& name, std::vector<std::string>* refused)
        : text_(text), refused_(refused) {
        rows_.name_ = name;
    }

    Result<Rows> csv() {
        std::vector<std::string> fields;
        std::uint32_t line = line_;
        while (next_record(fields, line)) {
            if (!error_.empty()) return Error{error_};
            if (rows_.columns_.empty()) {
                for (std::string& name : fields) {
                    if (rows_.has(name)) {
                        return Error{fmt::format("{}:{}: two columns are called \"{}\"; rename one",
                                                 rows_.name_, line, name)};
                    }
                    rows_.columns_.push_back({std::move(name), {}});
                }
                continue;
            }
            if (fields.size() == 1 && fields[0].empty()) continue;  // A blank line.
            if (fields.size() != rows_.columns_.size()) {
                const std::string why =
                    fmt::format("{}:{}: {} fields, the header has {}; quote fields that "
                                "hold commas",
                                rows_.name_, line, fields.size(), rows_.columns_.size());
                if (refused_ == nullptr) return Error{why};
                refused_->push_back(why);
                continue;
            }
            for (std::size_t i = 0; i < fields.size(); ++i) {
                rows_.columns_[i].values.push_back(std::move(fields[i]));
            }
            rows_.lines_.push_back(line);
        }
        if (!error_.empty()) return Error{error_};
        return std::move(rows_);
    }

    Result<Rows> json_lines() {
        std::unordered_map<std::string, std::size_t> index;
        for (; !text_.empty(); ++line_) {
            const std::size_t end = std::min(text_.find('\n'), text_.size());
            const std::string_view one = text_.substr(0, end);
            text_.remove_prefix(std::min(end + 1, text_.size()));
            if (one.find_first_not_of(" \t\r") == std::string_view::npos) continue;
            const auto document = json::Document::parse(one);
            if (!document || !document->root().is_object()) {
                const Error why = fault(document ? "expected an object, one a line"
                                                 : document.error().what);
                if (refused_ == nullptr) return why;
                refused_->push_back(why.what);
                continue;
            }
            const std::size_t row = rows_.lines_.size();
            for (const auto& [key, value] : document->root().members()) {
                const auto [at, fresh] = index.try_emplace(std::string(key), rows_.columns_.size());
                if (fresh) rows_.columns_.push_back({std::string(key), {}});
                auto& values = rows_.columns_[at->second].values;
                values.resize(row + 1);
                if (value.is_null()) continue;
                values[row] =
                    value.is_string() ? std::string(value.as_string()) : json::to_text(value);
            }
            rows_.lines_.push_back(line_);
        }
        for (Column& column : rows_.columns_) column.values.resize(rows_.lines_.size());
        return std::move(rows_);
    }

  private:
    Error fault(std::string_view what) const {
        return Error{fmt::format("{}:{}: {}", rows_.name_, line_, what)};
    }

    /// One record of RFC 4180; a quoted field may hold line breaks. False at the end.
    bool next_record(std::vector<std::string>& fields, std::uint32_t& line) {
        fields.clear();
        line = line_;
        if (text_.empty()) return false;
        for (;;) {
            std::string& field = fields.emplace_back();
            if (!text_.empty() && text_[0] == '"') {
                if (!quoted(field)) return true;
            } else {
                const std::size_t end = std::min(text_.find_first_of(",\r\n"), text_.size());
                field = text_.substr(0, end);
                text_.remove_prefix(end);
            }
            if (text_.starts_with(',')) {
                text_.remove_prefix(1);
                continue;
            }
            if (text_.starts_with("\r")) text_.remove_prefix(1);
            if (text_.starts_with("\n")) text_.remove_prefix(1);
            ++line_;
            return true;
        }
    }

    bool quoted(std::string& field) {
        const std::uint32_t opened = line_;
        text_.remove_prefix(1);
        for (;;) {
            const std::size_t end = text_.find('"');
            if (end == std::string_view::npos) {
                error_ =
                    fmt::format("{}:{}: a quoted field has no closing quote", rows_.name_, opened);
                return false;
            }
            const std::string_view part = text_.substr(0, end);
            line_ += static_cast<std::uint32_t>(std::count(part.begin(), part.end(), '\n'));
            field += part;
            text_.remove_prefix(end + 1);
            if (text_.starts_with('"')) {
                field += '"';
                text_.remove_prefix(1);
                continue;
            }
            if (!text_.empty() && std::strchr(",\r\n", text_[0]) == nullptr) {
                error_ = fmt::format(
                    "{}:{}: text behind a closing quote; write \"\" for a quote "
                    "inside a quoted field",
                    rows_.name_, line_);
                return false;
            }
            return true;
        }
    }

    std::string_view text_;
    std::uint32_t line_ = 1;
    std::string error_;
    std::vector<std::string>* refused_;
    Rows rows_;
};

Result<Rows> Rows::parse(std::string_view text, const std::string& name,
                         std::vector<std::string>* refused) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    RowsReader reader(text, name, refused);
    auto rows =
        first != std::string_view::npos && text[first] == '{' ? reader.json_lines() : reader.csv();
    if (rows && rows->size() == 0) {
        return Error{name + ": no rows; expected CSV with a header, or JSON lines"};
    }
    return rows;
}

const Column* Rows::find(std::string_view column) const {
    const auto at = std::ranges::find(columns_, column, &Column::name);
    return at == columns_.end() ? nullptr : &*at;
}

std::optional<std::vector<std::string>> Rows::members_of(std::string_view path) const {
    const std::size_t dot = path.find('.');
    const Column* outer = dot == path.npos ? nullptr : find(path.substr(0, dot));
    if (outer == nullptr) return std::nullopt;
    std::vector<std::string> texts(size());
    bool anywhere = false;
    for (std::size_t row = 0; row < size(); ++row) {
        const auto document = json::Document::parse(outer->values[row]);
        std::optional<json::Value> at = document ? std::optional(document->root()) : std::nullopt;
        for (std::string_view rest = path.substr(dot + 1); at && !rest.empty();) {
            const std::size_t end = std::min(rest.find('.'), rest.size());
            at = at->find(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        anywhere = anywhere || at;
        if (!at || at->is_null()) continue;
        texts[row] = at->is_string() ? std::string(at->as_string()) : json::to_text(*at);
    }
    return anywhere ? std::optional(std::move(texts)) : std::nullopt;
}

Result<std::vector<std::string>> Rows::texts(std::string_view column) const {
    if (const Column* found = find(column)) return found->values;
    if (auto members = members_of(column)) return std::move(*members);
    std::vector<std::string> names;
    for (const Column& one : columns_) names.push_back(one.name);
    return Error{
        fmt::format("{}: no column \"{}\"; there are: {}", name_, column, fmt::join(names, ", "))};
}

Result<std::vector<std::optional<double>>> Rows::numbers(std::string_view column) const {
    const auto words = texts(column);
    if (!words) return words.error();
    std::vector<std::optional<double>> numbers(words->size());
    for (std::size_t row = 0; row < words->size(); ++row) {
        const std::string& word = (*words)[row];
        if (word.empty()) continue;
        numbers[row] = number_of(word);
        if (!numbers[row]) {
            return Error{fmt::format("{}: column \"{}\" holds {}, which is no number", place(row),
                                     column, json::quoted(word.substr(0, 40)))};
        }
    }
    return numbers;
}

Result<std::vector<double>> Rows::all_numbers(std::string_view column) const {
    const auto maybe = numbers(column);
    if (!maybe) return maybe.error();
    std::vector<double> numbers;
    numbers.reserve(maybe->size());
    for (std::size_t row = 0; row < maybe->size(); ++row) {
        if (!(*maybe)[row]) {
            return Error{fmt::format("{}: column \"{}\" is missing here", place(row), column)};
        }
        numbers.push_back(*(*maybe)[row]);
    }
    return numbers;
}

std::string Rows::place(std::size_t row) const {
    return fmt::format("{}:{}", name_, lines_[row]);
}

Result<Rows> read_rows(const std::string& path, std::vector<std::string>* refused) {
    std::string text;
    if (path == "-") {
        text.assign(std::istreambuf_iterator<char>(std::cin), {});
    } else {
        errno = 0;
        std::ifstream file(path, std::ios::binary);
        if (file) text.assign(std::istreambuf_iterator<char>(file), {});
        if (!file || file.bad()) {
            return Error{
                fmt::format("cannot read {}: {}", path, std::strerror(errno != 0 ? errno : EIO))};
        }
    }
    return Rows::parse(text, path == "-" ? "standard input" : path, refused);
}

std::optional<double> number_of(std::string_view word) {
    static constexpr struct {
        std::string_view word;
        double number;
    } words[] = {{"true", 1}, {"false", 0}, {"pass", 1}, {"fail", 0}, {"yes", 1}, {"no", 0}};
    const std::size_t first = word.find_first_not_of(" \t");
    if (first == std::string_view::npos) return std::nullopt;
    word = word.substr(first, word.find_last_not_of(" \t") - first + 1);
    std::string low(word);
    std::ranges::transform(low, low.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    });
    for (const auto& known : words)
        if (low == known.word) return known.number;
    if (word.starts_with('+')) word.remove_prefix(1);
    double number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error != std::errc() || end != word.data() + word.size() || !std::isfinite(number)) {
        return std::nullopt;
    }
    return number;
}

}  // namespace plimsoll::app
