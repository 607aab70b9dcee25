/// label_json.h: labels as JSON: over REST and, a line each, in files.
#pragma once

#include <map>
#include <string>

#include "base/json.h"
#include "record/label_fields.h"

namespace plimsoll::show {

/// {"interaction":"0af7…","score":1,…}; "unsure" for no score, null for what it does not have.
void write_label(json::Writer& writer, const record::Label& label);

/// The properties of its OpenAPI schema.
void write_label_schema(json::Writer& writer);

/// The members of a JSON object as words: what label_of() reads.
std::map<std::string, std::string> words_of(json::Value object);

}  // namespace plimsoll::show
