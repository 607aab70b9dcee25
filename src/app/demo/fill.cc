#include "app/demo/fill.h"

#include <fmt/format.h>

namespace plimsoll::app::demo {
namespace {

constexpr std::string_view cities[] = {
    "Porto",  "Utrecht", "Graz",    "Lille", "Aarhus", "Bergen", "Bologna", "Gdansk", "Ghent",
    "Girona", "Leeds",   "Lucerne", "Malmö", "Nantes", "Padua",  "Ravenna", "Tartu",  "Vigo"};
constexpr std::string_view names[] = {"A. Lindqvist", "B. Moreau",   "C. Ferreira", "D. Novak",
                                      "E. Haugen",    "F. Rossi",    "G. Ibáñez",   "H. Becker",
                                      "J. Okoye",     "K. Jansen",   "L. Papadaki", "M. Sato",
                                      "N. Byrne",     "P. Kowalski", "R. Nair",     "S. Dubois"};
constexpr std::string_view carriers[] = {"Fernpost", "Swiftcart", "Blaukurier", "Nordlauf"};
constexpr std::string_view weekdays[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"};

}  // namespace

Values draw_values(Chance& chance, std::string_view company, UnixNanos start) {
    constexpr UnixNanos day = 86'400 * nanos_per_second;
    Values values;
    values["order"] = fmt::format("PK-{:06}", 100'000 + chance.below(900'000));
    values["order2"] = fmt::format("PK-{:06}", 100'000 + chance.below(900'000));
    values["ticket"] = fmt::format("{}", 10'000 + chance.below(90'000));
    values["pickup"] = fmt::format("PU-{:05}", chance.below(100'000));
    values["amount"] = fmt::format("{}.{}", 5 + chance.below(400), 10 + chance.below(90));
    values["days"] = fmt::format("{}", 2 + chance.below(5));
    values["time"] = fmt::format("{:02}:{:02}", 6 + chance.below(12), chance.below(60));
    values["date"] = utc_day(start + static_cast<UnixNanos>(1 + chance.below(5)) * day);
    values["city"] = chance.pick(cities);
    values["name"] = chance.pick(names);
    values["carrier"] = chance.pick(carriers);
    values["weekday"] = chance.pick(weekdays);
    values["company"] = company;
    return values;
}

std::string fill(std::string_view text, const Values& values) {
    std::string filled;
    filled.reserve(text.size() + 32);
    while (!text.empty()) {
        const std::size_t open = text.find('<');
        const std::size_t close = text.find('>', open == text.npos ? open : open + 1);
        if (close == text.npos) break;
        const auto value = values.find(text.substr(open + 1, close - open - 1));
        filled += text.substr(0, open);
        if (value == values.end()) {
            filled += '<';
            text.remove_prefix(open + 1);
        } else {
            filled += value->second;
            text.remove_prefix(close + 1);
        }
    }
    return filled += text;
}

}  // namespace plimsoll::app::demo
