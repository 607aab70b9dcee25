/// fetch.h: one GET to a Plimsoll server, for the command line. libcurl stays behind fetch.cc.
#pragma once

#include <string>

#include "base/result.h"

namespace plimsoll::app {

/// The body of a 200; else an Error that says what the server said, or why it was not reached.
/// `key` may be "".
Result<std::string> fetch(const std::string& url, const std::string& key);

/// `text` as one component of a URL.
std::string url_encoded(const std::string& text);

}  // namespace plimsoll::app
