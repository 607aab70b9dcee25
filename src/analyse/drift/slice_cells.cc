#include "analyse/drift/slice_cells.h"

namespace plimsoll::analyse {

std::string to_text(const SliceRows& rows, const Conjunction& conjunction) {
    std::string text;
    for (const Predicate& predicate : conjunction) {
        const SliceAttribute& attribute = rows.attributes[predicate.attribute];
        if (!text.empty()) text += " & ";
        text += attribute.name + "=" + attribute.values[predicate.code];
    }
    return text;
}

SliceCells cells_of(const SliceRows& rows, bool held_out) {
    const std::size_t attributes = rows.attributes.size();
    std::size_t combinations = 1;
    const std::size_t worth_it = rows.size() / 4;
    SliceCells cells;
    cells.codes.resize(attributes);
    for (const SliceAttribute& attribute : rows.attributes) {
        cells.values.push_back(attribute.values.size());
        if (combinations <= worth_it) combinations *= attribute.values.size();
    }
    const bool add_up = combinations <= worth_it;
    if (!add_up) {
        std::size_t count = 0;
        for (std::size_t row = 0; row < rows.size(); ++row) count += rows.confirms(row) == held_out;
        cells.sums.reserve(count);
        for (auto& codes : cells.codes) codes.reserve(count);
    }
    std::vector<std::uint32_t> cell_of(add_up ? combinations : 0);  // Plus one; 0 is none yet.
    for (std::uint8_t after = 0; after < 2; ++after) {
        if (add_up) cell_of.assign(combinations, 0);
        for (std::size_t row = 0; row < rows.size(); ++row) {
            if (rows.after[row] != after || rows.confirms(row) != held_out) continue;
            std::size_t key = 0;
            if (add_up) {
                for (const SliceAttribute& attribute : rows.attributes)
                    key = key * attribute.values.size() + attribute.codes[row];
            }
            if (!add_up || cell_of[key] == 0) {
                cells.sums.emplace_back();
                for (std::size_t a = 0; a < attributes; ++a)
                    cells.codes[a].push_back(rows.attributes[a].codes[row]);
                if (add_up) cell_of[key] = static_cast<std::uint32_t>(cells.size());
            }
            cells.sums[add_up ? cell_of[key] - 1 : cells.size() - 1].add(rows.weight[row],
                                                                         rows.loss[row]);
        }
        if (after == 0) cells.before = cells.size();
    }
    return cells;
}

}  // namespace plimsoll::analyse
