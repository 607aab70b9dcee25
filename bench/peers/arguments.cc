#include <cassert>

#include "peers/functions.h"

namespace plimsoll::peers {
namespace {

json::Value member(json::Value line, std::string_view name) {
    const auto found = line.find(name);
    assert(found);
    return *found;
}

std::vector<double> numbers_of(json::Value array) {
    std::vector<double> values;
    for (const json::Value one : array.elements()) values.push_back(*one.as_number());
    return values;
}

}  // namespace

double Arguments::number(std::string_view name) const {
    return *member(line_, name).as_number();
}

std::vector<double> Arguments::numbers(std::string_view name) const {
    return numbers_of(member(line_, name));
}

std::vector<std::vector<double>> Arguments::lists(std::string_view name) const {
    std::vector<std::vector<double>> lists;
    for (const json::Value one : member(line_, name).elements()) lists.push_back(numbers_of(one));
    return lists;
}

}  // namespace plimsoll::peers
