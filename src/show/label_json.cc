#include "show/label_json.h"

namespace plimsoll::show {

void write_label(json::Writer& writer, const record::Label& label) {
    writer.begin_object();
    for (const record::LabelField& field : record::label_fields()) {
        const std::string word = field.word(label);
        writer.key(field.name);
        if (word.empty() && !field.required)
            writer.null();
        else if (field.type.starts_with("number") && word != "unsure")
            writer.raw(word);
        else
            writer.value(word);
    }
    writer.end_object();
}

void write_label_schema(json::Writer& writer) {
    for (const record::LabelField& field : record::label_fields()) {
        writer.key(field.name).begin_object().key("type");
        writer.begin_array().value(field.type.substr(0, field.type.find('|')));
        if (const std::size_t bar = field.type.find('|'); bar != std::string_view::npos)
            writer.value(field.type.substr(bar + 1));
        if (!field.required) writer.value("null");
        writer.end_array().key("description").value(field.says).end_object();
    }
}

std::map<std::string, std::string> words_of(json::Value object) {
    std::map<std::string, std::string> words;
    for (const auto& [key, value] : object.members()) {
        if (value.is_null()) continue;
        words[std::string(key)] =
            value.is_string() ? std::string(value.as_string()) : json::to_text(value);
    }
    return words;
}

}  // namespace plimsoll::show
