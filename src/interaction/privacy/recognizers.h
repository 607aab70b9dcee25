/// recognizers.h: everything that is looked for. Where two would take the same text, the one that
/// stands first does.
#pragma once

#include "interaction/privacy/recognizer.h"

namespace plimsoll::interaction::privacy {

extern const Recognizer private_key;   ///< A block between BEGIN and END PRIVATE KEY.
extern const Recognizer json_token;    ///< JWT: three parts of base64, the first begins "eyJ".
extern const Recognizer api_key;       ///< A provider's key, by its prefix and length.
extern const Recognizer bot_token;     ///< Keys without a prefix, by their parts.
extern const Recognizer credential;    ///< What follows "Bearer", "password:", "api_key=".
extern const Recognizer url_password;  ///< The name and password of an URL.
extern const Recognizer email;         ///< An e-mail address.
extern const Recognizer ip_address;    ///< IPv4 and IPv6, but loopback and unspecified.
extern const Recognizer iban;          ///< A bank account: country, length, mod 97.
extern const Recognizer payment_card;  ///< Issuer range, length, Luhn.
extern const Recognizer national_id;   ///< Numbers that states give to people.
extern const Recognizer phone;  ///< A telephone number, by its shape or by what announces it.

inline constexpr const Recognizer* all_recognizers[] = {
    &private_key, &json_token, &api_key, &bot_token,    &credential,  &url_password,
    &email,       &ip_address, &iban,    &payment_card, &national_id, &phone};

}  // namespace plimsoll::interaction::privacy
