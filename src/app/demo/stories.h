/// stories.h: the parts of stories(), one file each.
#pragma once

#include <vector>

#include "app/demo/content.h"

namespace plimsoll::app::demo {

std::vector<Story> english_help_stories();
std::vector<Story> german_stories();
std::vector<Story> spanish_stories();
std::vector<Story> desk_stories();    ///< Single parcels, with tools.
std::vector<Story> triage_stories();  ///< Incoming messages, answered in JSON.
std::vector<Story> draft_stories();   ///< Letters to a shop's buyers.

}  // namespace plimsoll::app::demo
