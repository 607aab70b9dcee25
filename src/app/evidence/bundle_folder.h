/// bundle_folder.h: a bundle on the disk.
#pragma once

#include <filesystem>

#include "analyse/evidence/bundle.h"

namespace plimsoll::app {

/// Makes the folder; one that holds anything already is refused.
Result<Done> write_bundle_folder(const std::filesystem::path& folder,
                                 const analyse::BundleFiles& files);

/// Every regular file below it; links are refused. Nothing is checked yet: check_bundle().
Result<analyse::BundleFiles> read_bundle_folder(const std::filesystem::path& folder);

}  // namespace plimsoll::app
