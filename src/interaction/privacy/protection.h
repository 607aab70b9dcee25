/// protection.h: what happens to a request before it is stored: consent, fields, personal data.
///
///   consent    per span, else per resource, else the default: content stays, only metrics stay
///              (numbers, and texts that name models, tools and outcomes), or nothing
///   fields     attributes that never stay (headers, cookies), or that a rule treats otherwise
///   user ids   replaced by a pseudonym: "<USER_qwmzrtb>", so that one person stays one
///   the rest   redacted (redactor.h)
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "interaction/privacy/redactor.h"
#include "wire/edit_content.h"

namespace plimsoll::interaction::privacy {

struct FieldRule {
    using Action = wire::KeyRule::Action;
    std::string key;  ///< An attribute; "name.*" for all that begin with "name.".
    Action action = Action::redact;
};

std::optional<FieldRule::Action> field_action_named(std::string_view word);
std::string_view to_word(FieldRule::Action action);
std::string_view to_word(wire::Consent consent);

struct ProtectionOptions {
    RedactorOptions redactor;
    std::vector<FieldRule> fields;  ///< The first that fits holds; before the built-in ones.
    bool pseudonymise_users = true;
    std::string consent_attribute = "plimsoll.consent";
    wire::Consent default_consent = wire::Consent::content;
};

/// The value of the consent attribute: content (true), metrics, nothing (none, false). What cannot
/// be understood is taken as nothing.
wire::Consent consent_named(std::string_view word);

class Protection : public wire::ContentEditor {
  public:
    Protection(const PseudonymKey& key, ProtectionOptions options);

    wire::KeyRule rule(std::string_view key) const override;
    wire::Consent consent(std::string_view value) const override { return consent_named(value); }
    wire::Consent default_consent() const override { return options_.default_consent; }
    std::optional<std::string> text(std::string_view key, wire::KeyRule rule,
                                    std::string_view text) const override;

  private:
    FieldRule::Action action(std::string_view key) const;

    ProtectionOptions options_;
    Redactor redactor_;
};

}  // namespace plimsoll::interaction::privacy
