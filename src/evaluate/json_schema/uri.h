/// uri.h: as much of RFC 3986 as references between schemas need. Nothing is ever fetched: a URI is
/// only a name.
#pragma once

#include <string>
#include <string_view>

namespace plimsoll::evaluate::schema {

/// What `reference` means where `base` is the name of what it stands in (RFC 3986 section 5.2).
/// "" as a base is allowed: then the reference stays as it is.
std::string resolve(std::string_view base, std::string_view reference);

struct SplitUri {
    std::string_view name;      ///< All before '#'.
    std::string_view fragment;  ///< All after it; "" if there is none.
};
SplitUri split_fragment(std::string_view uri);

/// "%25" becomes "%". What is no escape stays as it is.
std::string percent_decoded(std::string_view text);

}  // namespace plimsoll::evaluate::schema
