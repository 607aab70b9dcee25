/// ranks.h: the place of each value among the others, ties sharing their mean place.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace plimsoll::analyse {

/// The positions 0 … n-1 in the order of their values; equal values in the order they came.
std::vector<std::uint32_t> order_of(std::span<const double> values);

/// Weighted mid-ranks: the weight below a value plus half the weight at it (plus a half, so that
/// weights of 1 give the usual 1 … n). An empty `weights` means all 1.
std::vector<double> mid_ranks(std::span<const double> values, std::span<const double> weights = {});

/// The same, with order_of(values) at hand: linear, for use in a bootstrap.
void mid_ranks(std::span<const double> values, std::span<const std::uint32_t> order,
               std::span<const double> weights, std::span<double> ranks);

}  // namespace plimsoll::analyse
