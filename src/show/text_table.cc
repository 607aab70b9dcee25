#include "show/text_table.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace plimsoll::show {

namespace {

/// Characters, counted by the bytes of UTF-8 that begin one.
std::size_t width_of(const std::string& text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

bool is_number(const std::string& cell) {
    return cell.empty() || std::strchr("0123456789+-.<>$[", cell[0]) != nullptr;
}

}  // namespace

TextTable::TextTable(std::vector<std::string> header) {
    rows_.push_back(std::move(header));
}

void TextTable::add(std::vector<std::string> cells) {
    assert(cells.size() == rows_[0].size());
    rows_.push_back(std::move(cells));
}

std::string TextTable::text() const {
    const std::size_t columns = rows_[0].size();
    std::vector<std::size_t> width(columns);
    std::vector<bool> right(columns, rows_.size() > 1);
    for (std::size_t r = 0; r < rows_.size(); ++r) {
        for (std::size_t c = 0; c < columns; ++c) {
            width[c] = std::max(width[c], width_of(rows_[r][c]));
            if (r > 0 && !is_number(rows_[r][c])) right[c] = false;
        }
    }
    std::string text;
    for (const auto& row : rows_) {
        std::string line;
        for (std::size_t c = 0; c < columns; ++c) {
            const std::string space(width[c] - width_of(row[c]), ' ');
            if (c > 0) line += "  ";
            line += right[c] ? space + row[c] : row[c] + space;
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

std::string TextTable::markdown() const {
    std::string text;
    for (std::size_t r = 0; r < rows_.size(); ++r) {
        text += "|";
        for (const std::string& cell : rows_[r]) text += " " + cell + " |";
        text += "\n";
        if (r > 0) continue;
        text += "|";
        for (std::size_t c = 0; c < rows_[0].size(); ++c) text += " --- |";
        text += "\n";
    }
    return text;
}

}  // namespace plimsoll::show
