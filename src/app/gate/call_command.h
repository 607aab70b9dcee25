/// call_command.h: a program is run once for each input, many at a time.
///
///   input (one line of JSON) ──stdin──▶ program ──stdout──▶ the answer, as it is
///
/// No shell is involved: the words of the command are its arguments, and an input is never one of
/// them. What ends with another code than 0, answers too late or too much has failed; its whole
/// process group is ended then. A last line break of the answer is not part of it.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/result.h"

namespace plimsoll::app {

struct CallOptions {
    std::chrono::milliseconds timeout{60'000};
    unsigned at_once = 4;
    std::size_t output_bytes_max = 4u << 20;
};

/// One answer for each input, in their order. The Error: why that call failed.
std::vector<Result<std::string>> call_command(const std::vector<std::string>& words,
                                              const std::vector<std::string>& inputs,
                                              const CallOptions& options);

}  // namespace plimsoll::app
