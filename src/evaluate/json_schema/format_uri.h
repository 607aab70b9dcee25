/// format_uri.h: addresses: IP, URI, IRI, and templates of URIs.
#pragma once

#include <string_view>

namespace plimsoll::evaluate::schema {

bool is_ipv4(std::string_view text);  ///< Four numbers up to 255, none with a leading zero.
bool is_ipv6(std::string_view text);  ///< RFC 4291: without a zone or a prefix length.

struct UriRules {
    bool relative = false;      ///< A reference may leave out the scheme.
    bool beyond_ascii = false;  ///< An IRI: other characters need no escape.
};
bool is_uri(std::string_view text, UriRules rules);

bool is_uri_template(std::string_view text);  ///< RFC 6570, all four levels.

}  // namespace plimsoll::evaluate::schema
