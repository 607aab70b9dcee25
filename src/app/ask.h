/// ask.h: the API's answers for the command line, from a running server or from the files of one that
/// is not running. Both give the same JSON, so what is printed does not depend on which.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/commands/commands.h"
#include "base/result.h"

namespace plimsoll::app {

/// Where questions are asked: over HTTP, or of stores that stay open in between.
class Asked {
  public:
    static Result<std::unique_ptr<Asked>> open(const AskOptions& options);
    ~Asked();

    /// What GET `path` answers; the query is "name=value" pairs, not yet encoded.
    Result<std::string> get(const std::string& path, const std::vector<std::string>& query);
    /// What POST `path` answers.
    Result<std::string> post(const std::string& path, const std::string& json);

  private:
    struct Files;
    explicit Asked(AskOptions options);
    AskOptions options_;
    std::unique_ptr<Files> files_;  ///< nullptr: a server is asked.
};

/// One question.
Result<std::string> ask(const AskOptions& options, const std::string& path,
                        const std::vector<std::string>& query);

}  // namespace plimsoll::app
