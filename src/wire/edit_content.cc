#include "wire/edit_content.h"

#include <cmath>
#include <cstring>
#include <utility>
#include <vector>

#include <protozero/pbf_reader.hpp>

#include "base/hash.h"
#include "wire/fields.h"
#include "wire/key_value.h"
#include "wire/message_writer.h"

namespace plimsoll::wire {
namespace {

/// One field as it lies in the body.
struct FieldView {
    std::uint32_t tag_and_type = 0;
    std::string_view whole;    ///< With its tag and length.
    std::string_view content;  ///< Length-delimited: what it holds.
    std::uint64_t number = 0;  ///< Varints and fixed64.

    bool has_content() const {
        return (tag_and_type & 7) ==
               static_cast<std::uint32_t>(protozero::pbf_wire_type::length_delimited);
    }
};

template <class Use>
void each_field(std::string_view message, const Use& use) {
    protozero::pbf_reader reader(message.data(), message.size());
    for (;;) {
        const char* begin = reader.data().data();
        if (!reader.next()) return;
        FieldView field{.tag_and_type = reader.tag_and_type()};
        switch (reader.wire_type()) {
            case protozero::pbf_wire_type::length_delimited:
                field.content = read_bytes(reader);
                break;
            case protozero::pbf_wire_type::varint:
                field.number = reader.get_uint64();
                break;
            case protozero::pbf_wire_type::fixed64:
                field.number = reader.get_fixed64();
                break;
            default:
                reader.skip();
        }
        field.whole = {begin, static_cast<std::size_t>(reader.data().data() - begin)};
        use(field);
    }
}

/// A field and what stands in its place; "" leaves it out.
struct Patch {
    const char* begin;
    std::string bytes;
};

/// The answers of an editor within one body, where the same few names and words come over and over.
/// Of what falls into one slot the last is remembered.
class Remembered {
  public:
    explicit Remembered(const ContentEditor& editor) : editor_(editor) {}

    struct Name {
        std::string_view key;
        KeyRule rule;
    };
    const Name& name(std::string_view key) {
        Name& slot = names_[hash64(key) % std::size(names_)];
        if (slot.key != key || !slot.key.data()) slot = {key, editor_.rule(key)};
        return slot;
    }

    /// What ContentEditor::text() says.
    std::optional<std::string> text(const Name& name, std::string_view text) {
        if (text.size() > word_bytes_max) return editor_.text(name.key, name.rule, text);
        Word& slot = words_[hash64(text, hash64(name.key)) % std::size(words_)];
        if (slot.text.data() && slot.text == text && slot.key == name.key) return std::nullopt;
        auto changed = editor_.text(name.key, name.rule, text);
        if (!changed) slot = {name.key, text};
        return changed;
    }

  private:
    static constexpr std::size_t word_bytes_max = 64;
    struct Word {
        std::string_view key, text;  ///< A text that stays as it is.
    };

    const ContentEditor& editor_;
    Name names_[64];
    Word words_[256];
};

/// First walk: asks the editor, remembers what is to change, in the order of the body.
class Asking {
  public:
    explicit Asking(const ContentEditor& editor) : editor_(editor), answers_(editor) {}

    void body(std::string_view otlp) {
        each_field(otlp, [&](const FieldView& field) {
            if (field.tag_and_type == field::request::resource_spans) {
                resource_spans(field.content);
            } else {
                unknown(field);
            }
        });
    }

    std::vector<Patch> patches;
    std::size_t spans_withheld = 0;

  private:
    using Name = Remembered::Name;

    void resource_spans(std::string_view group) {
        std::optional<Consent> said;
        each_field(group, [&](const FieldView& field) {
            if (field.tag_and_type == field::resource_spans::resource)
                hear(field.content, field::resource::attributes, said);
        });
        const Consent above = said.value_or(editor_.default_consent());
        each_field(group, [&](const FieldView& field) {
            switch (field.tag_and_type) {
                case field::resource_spans::resource:
                    consent_ = above;
                    message(field.content, field::resource::attributes, {});
                    break;
                case field::resource_spans::scope_spans:
                    scope_spans(field.content, above);
                    break;
                case field::resource_spans::schema_url:
                    break;
                default:
                    unknown(field);
            }
        });
    }

    void scope_spans(std::string_view group, Consent above) {
        each_field(group, [&](const FieldView& field) {
            switch (field.tag_and_type) {
                case field::scope_spans::scope:
                    consent_ = above;
                    scope(field.content);
                    break;
                case field::scope_spans::spans:
                    span(field, above);
                    break;
                case field::scope_spans::schema_url:
                    break;
                default:
                    unknown(field);
            }
        });
    }

    void scope(std::string_view encoded) {
        each_field(encoded, [&](const FieldView& field) {
            if (field.tag_and_type == field::scope::attributes) {
                attribute(field);
            } else if (field.tag_and_type != field::scope::name &&
                       field.tag_and_type != field::scope::version) {
                unknown(field);
            }
        });
    }

    void span(const FieldView& whole, Consent above) {
        std::optional<Consent> said;
        hear(whole.content, field::span::attributes, said);
        consent_ = said.value_or(above);
        if (consent_ == Consent::nothing) {
            ++spans_withheld;
            replace(whole, "");
            return;
        }
        each_field(whole.content, [&](const FieldView& field) {
            switch (field.tag_and_type) {
                case field::span::trace_id:
                case field::span::span_id:
                case field::span::parent_span_id:
                    break;
                case field::span::trace_state:
                case field::span::name:
                    text(field, nowhere_);
                    break;
                case field::span::attributes:
                    attribute(field);
                    break;
                case field::span::events:
                    message(field.content, field::event::attributes, field::event::name);
                    break;
                case field::span::links:
                    link(field.content);
                    break;
                case field::span::status:
                    status(field.content);
                    break;
                default:
                    unknown(field);
            }
        });
    }

    void link(std::string_view encoded) {
        each_field(encoded, [&](const FieldView& field) {
            switch (field.tag_and_type) {
                case field::link::trace_id:
                case field::link::span_id:
                    break;
                case field::link::trace_state:
                    text(field, nowhere_);
                    break;
                case field::link::attributes:
                    attribute(field);
                    break;
                default:
                    unknown(field);
            }
        });
    }

    /// What went wrong is told in the words of whoever failed, so it is content.
    void status(std::string_view encoded) {
        each_field(encoded, [&](const FieldView& field) {
            if (field.tag_and_type != field::status::message) {
                unknown(field);
            } else if (consent_ != Consent::content) {
                replace(field, "");
            } else {
                text(field, nowhere_);
            }
        });
    }

    /// A message of attributes and perhaps a name.
    void message(std::string_view encoded, std::uint32_t attributes,
                 std::optional<std::uint32_t> name) {
        each_field(encoded, [&](const FieldView& field) {
            if (field.tag_and_type == attributes) {
                attribute(field);
            } else if (field.tag_and_type == name) {
                text(field, nowhere_);
            } else {
                unknown(field);
            }
        });
    }

    void hear(std::string_view encoded, std::uint32_t attributes, std::optional<Consent>& said) {
        each_field(encoded, [&](const FieldView& field) {
            if (field.tag_and_type != attributes) return;
            if (!answers_.name(key_of(field.content)).rule.consent) return;
            const AnyValue value = read_key_value(field.content).value;
            std::string_view word;
            if (value.kind == AnyValue::Kind::string) {
                word = value.text;
            } else if (value.kind == AnyValue::Kind::boolean) {
                word = value.boolean ? "true" : "false";
            } else {
                return;
            }
            // Of two that speak the stricter holds.
            const Consent consent = editor_.consent(word);
            said = std::max(said.value_or(consent), consent);
        });
    }

    void attribute(const FieldView& whole) {
        const Name name = answers_.name(key_of(whole.content));
        if (may_stay(name.rule, whole.content)) {
            key_value(whole.content, name);
        } else {
            replace(whole, "");
        }
    }

    bool may_stay(KeyRule rule, std::string_view encoded) const {
        if (rule.action == KeyRule::Action::drop) return false;
        if (consent_ == Consent::content) return true;
        if (rule.metric || rule.consent || rule.action == KeyRule::Action::pseudonym) return true;
        const AnyValue::Kind kind = read_key_value(encoded).value.kind;
        return kind == AnyValue::Kind::integer || kind == AnyValue::Kind::real ||
               kind == AnyValue::Kind::boolean;
    }

    void key_value(std::string_view encoded, const Name& name) {
        each_field(encoded, [&](const FieldView& field) {
            if (field.tag_and_type == field::key_value::key) {
                text(field, nowhere_);
            } else if (field.tag_and_type == field::key_value::value) {
                any_value(field.content, name);
            } else {
                unknown(field);
            }
        });
    }

    void any_value(std::string_view encoded, const Name& name) {
        each_field(encoded, [&](const FieldView& field) {
            switch (field.tag_and_type) {
                case field::any_value::string:
                case field::any_value::raw:
                    text(field, name);
                    break;
                case field::any_value::integer:
                    number(field, field.number, name);
                    break;
                case field::any_value::real: {
                    double real;
                    std::memcpy(&real, &field.number, sizeof real);
                    if (real >= 1 && real < 0x1p63 && real == std::floor(real))
                        number(field, static_cast<std::uint64_t>(real), name);
                    break;
                }
                case field::any_value::array:
                case field::any_value::kvlist:
                    values(field, name);
                    break;
                case field::any_value::boolean:
                    break;
                default:
                    unknown(field);
            }
        });
    }

    void values(const FieldView& list, const Name& name) {
        each_field(list.content, [&](const FieldView& field) {
            if (field.tag_and_type != field::list::values) {
                unknown(field);
            } else if (list.tag_and_type == field::any_value::kvlist) {
                key_value(field.content, Name(answers_.name(key_of(field.content))));
            } else {
                any_value(field.content, name);
            }
        });
    }

    void text(const FieldView& field, const Name& name) {
        if (auto changed = answers_.text(name, field.content)) replace_text(field, *changed);
    }

    /// The number of a card may come as an integer. Shorter ones are counts and times far more
    /// often than anything personal.
    void number(const FieldView& field, std::uint64_t value, const Name& name) {
        constexpr std::uint64_t shortest = 100'000'000'000'000;
        if (value < shortest && name.rule.action != KeyRule::Action::pseudonym) return;
        FieldView as_text = field;
        as_text.tag_and_type = field::any_value::string;
        if (auto changed = editor_.text(name.key, name.rule, std::to_string(value)))
            replace_text(as_text, *changed);
    }

    void unknown(const FieldView& field) {
        if (field.has_content() && editor_.text("", nowhere_.rule, field.content))
            replace(field, "");
    }

    void replace_text(const FieldView& field, std::string_view text) {
        std::string bytes;
        MessageWriter(bytes).add_bytes(field::tag(field.tag_and_type), text);
        replace(field, std::move(bytes));
    }
    void replace(const FieldView& field, std::string bytes) {
        patches.push_back({field.whole.data(), std::move(bytes)});
    }

    const ContentEditor& editor_;
    Remembered answers_;
    const Name nowhere_{"", editor_.rule("")};
    Consent consent_ = Consent::content;  ///< Of the span, resource or scope being walked.
};

/// Second walk: down only where a patch lies, all else copied as it stands.
class Patching {
  public:
    explicit Patching(const std::vector<Patch>& patches)
        : next_(patches.begin()), end_(patches.end()) {}

    std::string body(std::string_view otlp) {
        out_.reserve(otlp.size() + otlp.size() / 16);
        MessageWriter out(out_);
        message(otlp, out);
        return std::move(out_);
    }

  private:
    void message(std::string_view encoded, MessageWriter& parent) {
        const char* copied = encoded.data();
        each_field(encoded, [&](const FieldView& field) {
            const char* const end = field.whole.data() + field.whole.size();
            if (next_ == end_ || next_->begin >= end) return;
            out_.append(copied, static_cast<std::size_t>(field.whole.data() - copied));
            copied = end;
            if (next_->begin == field.whole.data()) {
                out_.append(next_++->bytes);
                return;
            }
            const std::size_t length_bytes =
                protozero::length_of_varint(static_cast<std::uint64_t>(field.content.size()));
            MessageWriter nested(parent, field::tag(field.tag_and_type), length_bytes);
            message(field.content, nested);
        });
        out_.append(copied, static_cast<std::size_t>(encoded.data() + encoded.size() - copied));
    }

    std::string out_;
    std::vector<Patch>::const_iterator next_, end_;
};

}  // namespace

Edited edit_content(std::string otlp, const ContentEditor& editor) {
    Asking asking(editor);
    asking.body(otlp);
    Edited edited{.spans_withheld = asking.spans_withheld,
                  .changes = asking.patches.size() - asking.spans_withheld};
    edited.otlp = asking.patches.empty() ? std::move(otlp) : Patching(asking.patches).body(otlp);
    return edited;
}

}  // namespace plimsoll::wire
