/// fetch.h: one request to a Plimsoll server, for the command line. libcurl stays behind fetch.cc.
#pragma once

#include <string>

#include "base/result.h"

namespace plimsoll::app {

/// The body of a 200; else an Error that says what the server said, or why it was not reached.
/// `key` may be "".
Result<std::string> fetch(const std::string& url, const std::string& key);
/// The same of a POST of JSON.
Result<std::string> send(const std::string& url, const std::string& key, const std::string& json);

/// "what (where). mend" out of an API error; the body itself if it is none.
std::string sentence_of(const std::string& body);

/// `text` as one component of a URL.
std::string url_encoded(const std::string& text);

}  // namespace plimsoll::app
