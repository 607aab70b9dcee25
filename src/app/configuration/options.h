/// options.h: every key a configuration may hold, said once: the parser, `check-config --explain`,
/// the reference page and the effective configuration are read off this list.
///
/// "*" in a key stands for a name the team chooses, "[]" for the elements of a list.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/configuration/configuration.h"

namespace plimsoll::app {

/// An address, "host:port".
struct AddressField {
    std::string& (*of)(Configuration&);
};
struct CountField {
    std::size_t& (*of)(Configuration&);
    std::size_t min = 1;
};
struct SizeField {
    std::size_t& (*of)(Configuration&);
    std::size_t min = 1;
};
struct DurationField {
    std::chrono::milliseconds& (*of)(Configuration&);
};
/// A key whose value is more than one number; its section reads it.
struct OwnReader {
    std::string_view type;
    std::string_view fallback = "";  ///< What holds without it, for people; "" if it is required.
};

struct Option {
    std::string_view key;
    std::variant<OwnReader, AddressField, CountField, SizeField, DurationField> field;
    std::string_view says;
};

std::span<const Option> all_options();

/// The keys that may stand in the group `section` ("" for the top level, "dimensions.*").
std::vector<std::string_view> keys_of(std::string_view section);

/// One key for a person.
struct OptionDescription {
    std::string key;
    std::string type;
    std::string fallback;  ///< Its default; "required" if there is none.
    std::string says;
};
std::vector<OptionDescription> describe_options();

/// describe_options() as text for a terminal, the checks and their parameters after it.
std::string explain_options();

}  // namespace plimsoll::app
