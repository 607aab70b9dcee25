/// edit_content.h: rewrites what clean OTLP says, where an editor wants it otherwise.
///
///   admitted body ──walk, asking the editor──▶ patches ── none: moved through, not a byte copied
///                                                     └── else: written anew around the patches
///
/// Asked: attributes of resources, scopes, spans, events and links, with all that is inside of
/// them; names of spans and events, status messages, trace states. Unknown fields of which the
/// editor would change anything are left out, since nothing tells how they are built. Ids, times,
/// schema addresses and names of scopes are not asked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace plimsoll::wire {

/// What may stay of a span. In this order of strictness.
enum class Consent : std::uint8_t { content, metrics, nothing };

/// What holds for every attribute of one name.
struct KeyRule {
    enum class Action : std::uint8_t { keep, redact, pseudonym, drop };
    Action action = Action::redact;
    bool metric = false;   ///< Its text stays where only metrics may.
    bool consent = false;  ///< Its value says what may stay.
};

/// Immutable: any thread may ask.
class ContentEditor {
  public:
    virtual ~ContentEditor() = default;

    /// Asked about once for each name in a body. "" for texts that stand in no attribute.
    virtual KeyRule rule(std::string_view key) const = 0;
    /// What the value of an attribute that speaks of consent says.
    virtual Consent consent(std::string_view value) const = 0;
    /// What holds where no attribute says.
    virtual Consent default_consent() const = 0;
    /// What to write in place of a text that stands in an attribute `key`; nullopt to leave it. It
    /// may depend on nothing but these three.
    virtual std::optional<std::string> text(std::string_view key, KeyRule rule,
                                            std::string_view text) const = 0;
};

struct Edited {
    std::string otlp;
    std::size_t spans_withheld = 0;  ///< Left out, as nothing of them may be kept.
    std::size_t changes = 0;         ///< Texts replaced, attributes and unknown fields left out.
};

/// `otlp` must have been admitted (admit.h). Editing what was edited changes nothing, if the editor
/// leaves its own texts alone.
Edited edit_content(std::string otlp, const ContentEditor& editor);

}  // namespace plimsoll::wire
