/// traffic_signals.h: signals that need more than one interaction: a user who asks nearly the same
/// again within a session, and what took far longer or cost far more than its service usually does.
///
///   interactions, in the order in which they close ──▶ the traits of each
///
/// Nearly the same: at least 60% of the distinct words of both questions together are in both
/// (Jaccard), of at least three words; shorter ones must be equal. Of a session the last eight
/// questions are remembered, of the sessions the last used ones.
///
/// Unusual: its logarithm is more than four standard deviations above the mean of the logarithms of
/// its service so far, of at least a hundred. Both are logarithmic, since times and costs are.
///
/// What is remembered is bounded and in memory: after a restart the first questions of a session,
/// and the first hundred interactions of a service, are compared with nothing. One thread.
#pragma once

#include <cstdint>
#include <deque>
#include <list>
#include <string>
#include <unordered_map>
#include <vector>

#include "interaction/interaction.h"

namespace plimsoll::record {

struct TrafficSignalsOptions {
    std::size_t sessions_max = 50'000;
    std::size_t services_max = 1'000;
};

class TrafficSignals {
  public:
    explicit TrafficSignals(TrafficSignalsOptions options = {}) : options_(options) {}

    /// The traits of an interaction that closes now; remembers it for those to come. A new revision
    /// of one that is remembered is not compared with itself.
    Traits hear(const Interaction& interaction);

  private:
    struct Question {
        TraceId trace;
        std::vector<std::uint64_t> words;  ///< Distinct hashes, sorted.
    };
    struct Session {
        std::deque<Question> questions;
        std::list<std::string>::iterator used;
    };
    /// Welford's mean and variance of logarithms.
    struct Usual {
        std::uint64_t count = 0;
        double mean = 0, squares = 0;
        bool far_above(double value) const;
        void add(double value);
    };
    struct Service {
        Usual duration, cost;
    };

    bool asked_before(const Interaction& interaction);
    Session& session(const std::string& name);

    const TrafficSignalsOptions options_;
    std::unordered_map<std::string, Session> sessions_;
    std::list<std::string> by_use_;  ///< Last used first.
    std::unordered_map<std::string, Service> services_;
};

/// Of the distinct words of both together, the share that is in both. Both sorted.
double shared_words(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b);

}  // namespace plimsoll::record
