/// Labels and scores that people hand in: CSV or JSON lines.
#include "app/statistics/rows.h"
#include "fuzz.h"
#include "record/label_fields.h"

using namespace plimsoll;

void fuzz_one(std::string_view bytes) {
    std::vector<std::string> refused;
    const auto rows = app::Rows::parse(bytes, "rows", &refused);
    if (!rows) return promise(!rows.error().what.empty(), "an error says why");
    for (std::size_t row = 0; row < std::min<std::size_t>(rows->size(), 50); ++row) {
        std::map<std::string, std::string> words;
        for (const app::Column& column : rows->columns()) {
            promise(column.values.size() == rows->size(), "every column has every row");
            words[column.name] = column.values[row];
        }
        record::label_of(words, 0);
    }
}
