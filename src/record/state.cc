#include "record/state.h"

#include <array>
#include <utility>

namespace plimsoll::record {

namespace {

constexpr std::array<std::pair<KeyRole, std::string_view>, 4> words{{
    {KeyRole::ingest, "ingest"},
    {KeyRole::read, "read"},
    {KeyRole::label, "label"},
    {KeyRole::admin, "admin"},
}};

}  // namespace

std::string_view to_word(KeyRole role) {
    for (const auto& [each, word] : words)
        if (each == role) return word;
    return "";
}

std::optional<KeyRole> key_role_named(std::string_view word) {
    for (const auto& [role, each] : words)
        if (each == word) return role;
    return std::nullopt;
}

}  // namespace plimsoll::record
