/// file_interactions.h: the interactions that stand in OTLP files, for commands without a server.
#pragma once

#include <string>
#include <vector>

#include "interaction/interaction.h"
#include "wire/edit_content.h"
#include "wire/otlp.h"

namespace plimsoll::app {

struct FileInteractions {
    std::vector<Interaction> interactions;  ///< In the order of their first span.
    std::vector<std::string> complaints;    ///< Files and lines that were left out, and why.
};

/// A trace may be spread over several files; a span that comes twice counts once. `protect` removes
/// personal data first; nullptr leaves everything.
FileInteractions read_file_interactions(const std::vector<std::string>& paths,
                                        const wire::Limits& limits,
                                        const wire::ContentEditor* protect = nullptr);

}  // namespace plimsoll::app
