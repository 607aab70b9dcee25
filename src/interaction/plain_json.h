/// plain_json.h: a JSON value as plain text: a string's content, digits, true; "" for containers
/// and null.
#pragma once

#include <string>

#include "base/json.h"

namespace plimsoll::interaction {

inline std::string plain_json(const std::string& json) {
    if (json.starts_with('[') || json.starts_with('{') || json == "null") return "";
    if (!json.starts_with('"')) return json;
    if (json.find('\\') == std::string::npos) return json.substr(1, json.size() - 2);
    const auto document = json::Document::parse(json);
    return document ? std::string(document->root().as_string()) : "";
}

}  // namespace plimsoll::interaction
