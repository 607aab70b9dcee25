/// page_reply.h: from an answer of the API or the page to what goes out: security headers, gzip.
#pragma once

#include <string_view>

#include "net/http_service.h"
#include "show/http.h"

namespace plimsoll::net {

/// Adds the security headers, and squeezes a large text if the browser accepts gzip. A header of
/// the answer that would break out of its line is left out.
HttpReply page_reply(show::HttpAnswer answer, bool accepts_gzip);

/// {"error":{"what","where","mend"}}, as all refusals of the API look.
HttpReply page_refusal(int status, std::string_view what, std::string_view mend);

}  // namespace plimsoll::net
