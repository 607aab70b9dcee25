#include "traffic/known.h"

#include <fstream>
#include <functional>

#include "base/json.h"

namespace plimsoll::bench {
namespace {

std::string text(json::Value object, std::string_view key) {
    return std::string(object.find(key).value_or(json::Value()).as_string());
}
UnixNanos time(json::Value object, std::string_view key) {
    return from_iso8601(text(object, key)).value_or(0);
}

Result<Done> each_line(const std::string& path, const std::function<void(json::Value)>& visit) {
    std::ifstream in(path);
    if (!in) return Error{"cannot read " + path};
    for (std::string line; std::getline(in, line);) {
        const auto row = json::Document::parse(line);
        if (!row) return Error{path + ": " + row.error().what};
        visit(row->root());
    }
    return Done{};
}

KnownEvent event_of(json::Value row) {
    KnownEvent event{text(row, "id"),
                     text(row, "kind"),
                     text(row, "dimension"),
                     text(row, "application"),
                     text(row, "service"),
                     text(row, "says"),
                     text(row, "owner"),
                     {},
                     time(row, "start"),
                     time(row, "end"),
                     text(row, "shape"),
                     "",
                     "",
                     "",
                     false};
    for (const json::Member member : row.find("slice").value_or(json::Value()).members())
        event.slice[std::string(member.key)] = member.value.as_string();
    const json::Value cause = row.find("cause").value_or(json::Value());
    event.element = text(cause, "element");
    event.from = text(cause, "from");
    event.to = text(cause, "to");
    event.must_alert = row.find("must_alert").value_or(json::Value()).as_boolean().value_or(false);
    return event;
}

}  // namespace

std::uint16_t Known::number_of(const std::string& word) {
    const auto [found, fresh] =
        numbers_.try_emplace(word, static_cast<std::uint16_t>(words.size()));
    if (fresh) words.push_back(word);
    return found->second;
}

Result<Known> read_known(const std::string& folder) {
    Known known;
    auto read = each_line(folder + "/events.jsonl",
                          [&](json::Value row) { known.events.push_back(event_of(row)); });
    if (!read) return read.error();
    read = each_line(folder + "/truth.jsonl", [&](json::Value row) {
        TruthRow& truth = known.rows.emplace_back();
        truth.time = time(row, "time");
        truth.service = known.number_of(text(row, "service"));
        for (const json::Member label : row.find("labels").value_or(json::Value()).members())
            truth.good = label.value.as_boolean().value_or(false);
        for (const json::Member one : row.find("attributes").value_or(json::Value()).members())
            truth.attributes.emplace_back(known.number_of(std::string(one.key)),
                                          known.number_of(std::string(one.value.as_string())));
        for (const json::Member one : row.find("opinions").value_or(json::Value()).members())
            truth.opinions.emplace_back(known.number_of(std::string(one.key)),
                                        one.value.as_boolean().value_or(false));
    });
    if (!read) return read.error();
    return known;
}

}  // namespace plimsoll::bench
