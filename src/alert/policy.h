/// policy.h: what a team wrote about being told, as alerts need it.
#pragma once

#include <map>
#include <string>

#include "alert/owner.h"

namespace plimsoll::alert {

/// Of one dimension.
struct DimensionPolicy {
    std::string owner;
    bool page = false;  ///< false: its alerts are shown, and nobody is told.
    /// A change of the mean score by so much is critical; of latency or cost, by five times this
    /// share of what it was.
    double critical = 0.10;
};

/// Of one channel.
struct ChannelPolicy {
    UnixNanos repeat = 0;  ///< Alertmanager forgets what it is not told again.
    bool hears_acknowledgements = true;
    bool hears_decisions = true;
};

struct Policy {
    std::map<std::string, Owner> owners;
    std::map<std::string, DimensionPolicy> dimensions;
    std::map<std::string, ChannelPolicy> channels;
    std::string owner_of_the_rest;  ///< Of findings that name no dimension that is configured.
    std::string page_url;           ///< "https://plimsoll.example.org", no slash at its end.
};

}  // namespace plimsoll::alert
