/// session_unit.h: what one session says to a sequential method: one loss, once.
///
/// Failures inside a session go together, so a detector that is told of every interaction hears one
/// incident many times: with a promise of 100 000 it alarms after 295. It must be told once a
/// session. Source: docs/statistics/0-kernel.md.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace plimsoll::analyse {

/// Interactions of one session that are heard; of larger ones a subsample is.
inline constexpr std::size_t session_cap = 20;

struct SessionLoss {
    double loss = 0;   ///< Mean loss of the interactions heard, in [0, 1].
    double share = 0;  ///< Their number over the cap, in (0, 1].
};

/// Of a session's losses (1 - score), at least one, at most `cap`.
///
/// If every session is to count alike, compare `loss` with its bound m0. If every interaction is,
/// bet on share * (loss - m0): the share is a factor of the weight, as 1 / inclusion probability
/// is, and E[share * (loss - m0)] <= 0 says that the mean over interactions is at most m0.
SessionLoss session_loss(std::span<const double> losses, std::size_t cap = session_cap);

/// Which interactions of a session are heard: all, or the `cap` with the smallest permanent random
/// numbers, in the order given. The same on every machine and in every replay.
std::vector<std::size_t> session_subsample(std::span<const std::string_view> traces,
                                           std::size_t cap = session_cap);

}  // namespace plimsoll::analyse
