/// own_refusals.h: questions that are to be answered and questions that are to be refused, each as
/// two versions of a prompt answer them: `open`, which refuses little, and `guarded`, which refuses
/// much. Written for this project.
#pragma once

#include <vector>

#include "app/traffic/content.h"

namespace plimsoll::app::traffic {

/// Categories `safe` and `unsafe`.
std::vector<Task> own_refusals();

}  // namespace plimsoll::app::traffic
