#include "record/datasets.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/id.h"
#include "base/json.h"

namespace plimsoll::record {

Result<Dataset> dataset_of(std::string name, std::string_view lines, UnixNanos created,
                           std::string note) {
    const bool named = !name.empty() && name.size() <= 100 &&
                       std::ranges::all_of(name, [](char c) {
                           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                  (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
                       });
    if (!named)
        return Error{fmt::format("'{}' is no name: use letters, digits, '_', '-' and '.'",
                                 name.substr(0, 100))};
    Dataset dataset;
    std::set<TraceId> seen;
    for (std::size_t number = 1; !lines.empty(); ++number) {
        const std::size_t end = std::min(lines.find('\n'), lines.size());
        const std::string_view line = lines.substr(0, end);
        lines.remove_prefix(std::min(end + 1, lines.size()));
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        const auto document = json::Document::parse(line);
        if (!document) return Error{fmt::format("line {}: {}", number, document.error().what)};
        const auto member = document->root().find("interaction");
        const auto trace = member ? TraceId::from_hex(member->as_string()) : std::nullopt;
        if (!trace)
            return Error{fmt::format(
                "line {}: \"interaction\" must be a trace id of 32 hex digits", number)};
        if (!seen.insert(*trace).second)
            return Error{fmt::format("line {}: interaction {} comes twice", number, trace->hex())};
        dataset.lines += to_text(document->root());
        dataset.lines += '\n';
        ++dataset.items;
    }
    if (dataset.items == 0) return Error{"there is no line"};
    dataset.name = std::move(name);
    dataset.version = content_version(dataset.lines);
    dataset.created = created;
    dataset.note = std::move(note);
    return dataset;
}

}  // namespace plimsoll::record
