#include "base/json.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <span>
#include <vector>

namespace plimsoll::json {

const Node Value::null_node{};

std::string_view to_word(Kind kind) {
    switch (kind) {
        case Kind::null:
            return "null";
        case Kind::boolean:
            return "boolean";
        case Kind::integer:
            return "integer";
        case Kind::real:
            return "number";
        case Kind::string:
            return "string";
        case Kind::array:
            return "array";
        case Kind::object:
            return "object";
    }
    return "";
}

std::optional<bool> Value::as_boolean() const {
    if (kind() != Kind::boolean) return std::nullopt;
    return node_->boolean;
}

std::optional<double> Value::as_number() const {
    if (kind() == Kind::real) return node_->real;
    if (kind() != Kind::integer) return std::nullopt;
    return node_->is_unsigned ? static_cast<double>(node_->natural)
                              : static_cast<double>(node_->integer);
}

std::optional<std::int64_t> Value::as_integer() const {
    if (kind() == Kind::integer && !node_->is_unsigned) return node_->integer;
    if (kind() != Kind::real) return std::nullopt;
    const double real = node_->real;
    if (!(real >= -0x1p63 && real < 0x1p63) || real != std::trunc(real)) return std::nullopt;
    return static_cast<std::int64_t>(real);
}

std::optional<std::uint64_t> Value::as_unsigned() const {
    if (kind() == Kind::integer) {
        if (!node_->is_unsigned && node_->integer < 0) return std::nullopt;
        return node_->natural;
    }
    if (kind() != Kind::real) return std::nullopt;
    const double real = node_->real;
    if (!(real >= 0 && real < 0x1p64) || real != std::trunc(real)) return std::nullopt;
    return static_cast<std::uint64_t>(real);
}

std::size_t Value::size() const {
    return is_container() || is_string() ? node_->size : 0;
}

std::optional<Value> Value::find(std::string_view key) const {
    std::optional<Value> found;
    for (const Member& member : members()) {
        if (member.key == key) found = member.value;
    }
    return found;
}

Document Document::copy_of(Value value) {
    const std::span<const Node> nodes(value.node_, value.count());
    std::size_t string_bytes = 0;
    for (const Node& node : nodes) {
        if (node.kind == Kind::string) string_bytes += node.size;
    }
    Document copy;
    copy.nodes_ = std::make_unique_for_overwrite<Node[]>(nodes.size());
    copy.text_ = std::make_unique_for_overwrite<char[]>(string_bytes);
    copy.bytes_ = nodes.size_bytes() + string_bytes;
    std::uint64_t offset = 0;
    Node* to = copy.nodes_.get();
    for (const Node& node : nodes) {
        *to = node;
        if (node.kind == Kind::string) {
            std::memcpy(copy.text_.get() + offset, value.text_ + node.offset, node.size);
            to->offset = offset;
            offset += node.size;
        }
        ++to;
    }
    return copy;
}

namespace {

bool equal_numbers(Value a, Value b) {
    if (const auto integer = a.as_integer()) return integer == b.as_integer();
    if (const auto natural = a.as_unsigned()) return natural == b.as_unsigned();
    return a.kind() == b.kind() && a.as_number() == b.as_number();
}

/// The members by key, each key once, with its last value.
std::vector<Member> settled(Value object) {
    std::vector<Member> members(object.members().begin(), object.members().end());
    std::stable_sort(members.begin(), members.end(),
                     [](const Member& a, const Member& b) { return a.key < b.key; });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (i + 1 == members.size() || members[i].key != members[i + 1].key) {
            members[kept++] = members[i];
        }
    }
    members.resize(kept);
    return members;
}

bool equal_objects(Value a, Value b) {
    const std::vector<Member> left = settled(a);
    const std::vector<Member> right = settled(b);
    return std::equal(
        left.begin(), left.end(), right.begin(), right.end(),
        [](const Member& l, const Member& r) { return l.key == r.key && equal(l.value, r.value); });
}

bool equal_arrays(Value a, Value b) {
    const auto left = a.elements();
    const auto right = b.elements();
    return a.size() == b.size() && std::equal(left.begin(), left.end(), right.begin(),
                                              [](Value l, Value r) { return equal(l, r); });
}

}  // namespace

bool equal(Value a, Value b) {
    if (a.is_number() && b.is_number()) return equal_numbers(a, b);
    if (a.kind() != b.kind()) return false;
    switch (a.kind()) {
        case Kind::boolean:
            return a.as_boolean() == b.as_boolean();
        case Kind::string:
            return a.as_string() == b.as_string();
        case Kind::array:
            return equal_arrays(a, b);
        case Kind::object:
            return equal_objects(a, b);
        default:
            return true;
    }
}

}  // namespace plimsoll::json
