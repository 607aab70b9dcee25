/// ask.h: the API's answers for the command line, from a running server or from the files of one that
/// is not running. Both give the same JSON, so what is printed does not depend on which.
#pragma once

#include <string>

#include "app/commands/commands.h"
#include "base/result.h"

namespace plimsoll::app {

/// What GET `path` answers; the query is "name=value" pairs, not yet encoded.
Result<std::string> ask(const AskOptions& options, const std::string& path,
                        const std::vector<std::string>& query);

}  // namespace plimsoll::app
