/// columns.h: what a JSON object of the API holds, said once. The writer and the OpenAPI document
/// both read the same list.
///
///     inline constexpr Column<Row> columns[] = {
///         {"id", "string", "Trace id, hex.", [](Writer& w, const Row& row) { w.value(row.id.hex()); }},
///     };
#pragma once

#include <span>
#include <string_view>

#include "base/json.h"

namespace plimsoll::show {

template <class Row>
struct Column {
    std::string_view name;
    std::string_view type;  ///< OpenAPI type: "string", "number", "integer", "boolean", "object", "array"
    std::string_view says;
    void (*write)(json::Writer&, const Row&);
};

template <class Row, std::size_t count>
void write_columns(json::Writer& writer, const Column<Row> (&columns)[count], const Row& row) {
    for (const auto& column : columns) {
        writer.key(column.name);
        column.write(writer, row);
    }
}

/// The properties of an OpenAPI schema.
template <class Row, std::size_t count>
void write_schema(json::Writer& writer, const Column<Row> (&columns)[count]) {
    for (const auto& column : columns)
        writer.key(column.name).begin_object().key("type").value(column.type).key("description")
            .value(column.says).end_object();
}

}  // namespace plimsoll::show
