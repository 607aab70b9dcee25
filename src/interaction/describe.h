/// describe.h: an Interaction as text for a person: the command line, a test's expected file, a
/// log.
#pragma once

#include <string>

#include "interaction/interaction.h"

namespace plimsoll::interaction {

struct DescribeOptions {
    bool sources = false;                ///< Where each field came from.
    std::size_t text_bytes_max = 2'000;  ///< Longer texts are cut, and say how much is missing.
};

/// Front to back, steps indented under their parents. Control characters of the content are
/// escaped, so that it can be shown in a terminal (A12). The same Interaction gives the same text.
std::string to_text(const Interaction& interaction, const DescribeOptions& options = {});

}  // namespace plimsoll::interaction
