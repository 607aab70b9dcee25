/// rows.h: a table that a person hands to a command: CSV (RFC 4180, with a header) or JSON lines.
///
///   file ──read_rows──▶ Rows ── numbers("value") ──▶ one number or nothing a row
///
/// Which of the two it is, the first character says. An empty field, a JSON null and a missing
/// member are all a missing value. Nested JSON is kept as its text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace plimsoll::app {

struct Column {
    std::string name;
    std::vector<std::string> values;  ///< One a row; "" where it is missing.
};

class Rows {
  public:
    /// The error names the place and the mend: "scores.csv:17: 3 fields, the header has 4".
    /// With `refused`, a row that cannot be split into its fields is told there and left out.
    static Result<Rows> parse(std::string_view text, const std::string& name,
                              std::vector<std::string>* refused = nullptr);

    /// The file's.
    const std::string& name() const { return name_; }
    std::size_t size() const { return lines_.size(); }
    const std::vector<Column>& columns() const { return columns_; }
    bool has(std::string_view column) const { return find(column) != nullptr; }

    /// The values of a column, or for "a.b" of the member b in JSON that column a holds; an error
    /// that lists the columns there are, if there is no such.
    Result<std::vector<std::string>> texts(std::string_view column) const;
    /// nullopt where the value is missing; an error at the first that is no finite number ("true"
    /// and "false", "pass" and "fail" are 1 and 0).
    Result<std::vector<std::optional<double>>> numbers(std::string_view column) const;
    /// As numbers(), and an error at the first missing one.
    Result<std::vector<double>> all_numbers(std::string_view column) const;

    /// "file:line", for complaints about row `row`.
    std::string place(std::size_t row) const;

  private:
    const Column* find(std::string_view column) const;
    /// nullopt if no row has such a member.
    std::optional<std::vector<std::string>> members_of(std::string_view path) const;
    friend class RowsReader;
    std::string name_;
    std::vector<Column> columns_;
    std::vector<std::uint32_t> lines_;  ///< Where each row begins.
};

/// Of a file, or of standard input for "-".
Result<Rows> read_rows(const std::string& path, std::vector<std::string>* refused = nullptr);

/// The number that a word stands for: a decimal number, true/false, pass/fail, yes/no.
std::optional<double> number_of(std::string_view word);

}  // namespace plimsoll::app
