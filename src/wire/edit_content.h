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

/// Immutable: any thread may ask.
class ContentEditor {
  public:
    virtual ~ContentEditor() = default;

    /// What an attribute says about consent; nullopt if it is about something else.
    virtual std::optional<Consent> consent(std::string_view key, std::string_view value) const = 0;
    /// What holds where no attribute says.
    virtual Consent default_consent() const = 0;
    /// Whether the attribute may stay under `consent`. `measured`: its value is a number or
    /// boolean.
    virtual bool may_stay(std::string_view key, bool measured, Consent consent) const = 0;
    /// Whether the attribute names one person, so that even a short number is asked for.
    virtual bool names_person(std::string_view key) const = 0;
    /// What to write in place of a text; nullopt to leave it. `key` is that of the attribute it
    /// stands in, "" for other texts.
    virtual std::optional<std::string> text(std::string_view key, std::string_view text) const = 0;
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
