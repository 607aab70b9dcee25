#include "evaluate/json_schema/value_hash.h"

#include <algorithm>
#include <bit>
#include <tuple>

#include "base/hash.h"

namespace plimsoll::evaluate::schema {

namespace {

using json::Kind;
using json::Value;

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
    const std::uint64_t words[] = {a, b};
    return hash64({reinterpret_cast<const char*>(words), sizeof words});
}

std::uint64_t number_hash(Value number) {
    if (const auto integer = number.as_integer()) {
        return mixed(1, static_cast<std::uint64_t>(*integer));
    }
    if (const auto natural = number.as_unsigned()) return mixed(1, *natural);
    return mixed(2, std::bit_cast<std::uint64_t>(*number.as_number()));
}

/// Of a name that stands twice the last counts, as json::equal has it.
std::uint64_t object_hash(Value object) {
    struct Hashed {
        std::string_view name;
        std::size_t position;
        std::uint64_t hash;
    };
    std::vector<Hashed> members;
    for (const json::Member& member : object.members()) {
        members.push_back({member.key, members.size(), value_hash(member.value)});
    }
    std::ranges::sort(members, {},
                      [](const Hashed& member) { return std::pair(member.name, member.position); });
    std::uint64_t hash = 5;
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (i + 1 < members.size() && members[i].name == members[i + 1].name) continue;
        hash = mixed(mixed(hash, hash64(members[i].name)), members[i].hash);
    }
    return hash;
}

}  // namespace

std::uint64_t value_hash(Value value) {
    switch (value.kind()) {
        case Kind::null:
            return mixed(0, 0);
        case Kind::boolean:
            return mixed(0, *value.as_boolean() ? 2 : 1);
        case Kind::integer:
        case Kind::real:
            return number_hash(value);
        case Kind::string:
            return mixed(3, hash64(value.as_string()));
        case Kind::object:
            return object_hash(value);
        case Kind::array:
            break;
    }
    std::uint64_t hash = 4;
    for (const Value element : value.elements()) hash = mixed(hash, value_hash(element));
    return hash;
}

std::vector<HashedElement> hashed_elements(Value array) {
    std::vector<HashedElement> elements;
    elements.reserve(array.size());
    for (const Value element : array.elements()) {
        elements.push_back({value_hash(element), elements.size(), element});
    }
    std::ranges::sort(elements, {}, [](const HashedElement& element) {
        return std::pair(element.hash, element.position);
    });
    return elements;
}

}  // namespace plimsoll::evaluate::schema
