/// label_fields.h: what a label looks like in a file and over REST, said once.
///
///   CSV, JSON lines, REST ── words by field ──label_of──▶ Label, or what is wrong and the mend
///
/// The command's help, the OpenAPI document and the export read the same list.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "record/labels.h"

namespace plimsoll::record {

struct LabelField {
    std::string_view name;
    std::string_view type;  ///< As in OpenAPI; "number|string" for either.
    std::string_view says;
    bool required;
    std::string (*word)(const Label&);  ///< "" where the label has none.
    /// False: this word cannot stand here. Never called with "".
    bool (*set)(Label&, std::string_view word);
};
std::span<const LabelField> label_fields();

struct RefusedLabel {
    std::string field;
    std::string what;
    std::string mend;
};

/// `words` by field name; a missing one and "" are the same. An absent time is `now`. Fields that
/// no label has are refused: they are typing errors.
std::variant<Label, RefusedLabel> label_of(const std::map<std::string, std::string>& words,
                                           UnixNanos now);

}  // namespace plimsoll::record
