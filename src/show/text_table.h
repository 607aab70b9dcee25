/// text_table.h: rows for a terminal or a Markdown page, columns as wide as they need to be.
#pragma once

#include <string>
#include <vector>

namespace plimsoll::show {

class TextTable {
  public:
    explicit TextTable(std::vector<std::string> header);
    /// As many cells as the header has. Cells of traces go through printable() first.
    void add(std::vector<std::string> cells);
    /// A column in which every cell begins with a digit, a sign or "-" stands to the right.
    std::string text() const;
    std::string markdown() const;

  private:
    std::vector<std::vector<std::string>> rows_;  ///< The header first.
};

}  // namespace plimsoll::show
