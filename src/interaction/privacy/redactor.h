/// redactor.h: personal data and secrets in a text, and the text without them.
///
///   "Write to ana@example.com"  ──redact──▶  "Write to <EMAIL_qwmzrtb>"
///
/// The same value gets the same placeholder, also in another spelling and after a restart, so that
/// "she wrote from the address she gave before" can still be read. What was hidden in escapes
/// (unescape.h) or in base64 is found too. Redacting what was redacted changes nothing.
///
/// Not found: names of people and places, dates of birth, what is parted over two attributes, spelt
/// ("ana at example dot com"), encoded twice, encrypted, or inside of pictures and archives.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "interaction/privacy/anchors.h"
#include "interaction/privacy/pseudonym.h"
#include "interaction/privacy/recognizers.h"

namespace plimsoll::interaction::privacy {

/// A pattern of the team's own. Bytes [begin, end) of all its matches, from left to right.
struct TeamPattern {
    std::string label;  ///< Capitals and '_'.
    std::function<std::vector<Place>(std::string_view text)> find;
};

struct RedactorOptions {
    std::vector<std::string> off;    ///< Names of recognisers that are not asked.
    std::vector<std::string> allow;  ///< Values that stay; "@example.com" for all that end so.
    std::vector<TeamPattern> patterns;
};

/// One thing found.
struct Found {
    std::string_view label;  ///< "EMAIL"; lives as long as the redactor.
    Place place;
    std::string value;  ///< Escapes undone: what the placeholder is made of.
};

/// Immutable: any thread may ask.
class Redactor {
  public:
    Redactor(const PseudonymKey& key, RedactorOptions options);

    /// From left to right, none overlaps another.
    std::vector<Found> find(std::string_view text) const;

    /// nullopt if there is nothing to replace: the usual case, and then nothing was allocated.
    std::optional<std::string> redact(std::string_view text) const;

    /// As redact(), for a text that `lead` announces: "phone: " before "5550123".
    std::optional<std::string> redact_after(std::string_view lead, std::string_view text) const;

    /// "<USER_qwmzrtb>".
    std::string placeholder(std::string_view label, std::string_view value) const;

    /// For the test that compares the two ways to search.
    void use_plain_loops() { anchors_.use_plain_loops(); }

  private:
    void search(std::string_view text, bool in_decoded, std::vector<Found>& found) const;
    void search_once(std::string_view text, bool in_decoded, std::vector<Found>& found,
                     bool& escaped) const;
    std::size_t ask(Anchors::Owners owners, std::string_view text, std::size_t at,
                    std::vector<Found>& found) const;
    bool allowed(std::string_view value) const;
    std::string replaced(std::string_view text, const std::vector<Found>& all) const;

    Pseudonyms pseudonyms_;
    RedactorOptions options_;
    Anchors anchors_;
    Anchors::Owners number_ = 0, word_ = 0;
};

}  // namespace plimsoll::interaction::privacy
