/// formats.h: what `format` asks of a string, where a schema's formats are asserted.
///
/// RFC 3339 (date, time, date-time, duration), RFC 5321/6531 (email, idn-email), RFC 1123
/// (hostname; idn-hostname: its lengths and hyphens only), RFC 2673/4291 (ipv4, ipv6), RFC
/// 3986/3987 (uri, iri and their references), RFC 6570 (uri-template), RFC 6901 (json-pointer, and
/// relative), RFC 4122 (uuid), ECMA-262 (regex). Linear in the text.
#pragma once

#include <string_view>

namespace plimsoll::evaluate::schema {

using Format = bool (*)(std::string_view text);

/// nullptr if nothing is known of it: then it is an annotation.
Format format_named(std::string_view name);

}  // namespace plimsoll::evaluate::schema
