/// opened_bundle.h: a bundle that was read, checked byte for byte, and understood.
#pragma once

#include <memory>
#include <string>

#include "analyse/evidence/evidence.h"
#include "app/configuration/configuration.h"

namespace plimsoll::app {

struct OpenedBundle {
    std::string digest;
    analyse::FindingEvidence evidence;
    /// The evaluators it brings along: nothing outside of the bundle is read for them.
    std::unique_ptr<const Configuration> configuration;
};

/// The Error names the file that was changed, or what in it cannot be read.
Result<OpenedBundle> open_bundle(const std::string& folder);
Result<OpenedBundle> open_bundle(const analyse::BundleFiles& files);

}  // namespace plimsoll::app
