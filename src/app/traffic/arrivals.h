/// arrivals.h: when interactions begin: by weight of hour and day, and inside an hour with gaps of
/// a given burstiness.
#pragma once

#include <functional>
#include <vector>

#include "app/demo/chance.h"
#include "app/traffic/specification.h"

namespace plimsoll::app::traffic {

class Arrivals {
  public:
    /// `gaps`: measured gaps in any unit, of which runs are taken; empty: exponential ones.
    Arrivals(const Specification& specification, std::vector<double> gaps);

    /// The next moment; nullopt after the last. Never before the one before.
    std::optional<UnixNanos> next();
    /// How many there will be, to within a part in a thousand.
    std::size_t expected() const;

  private:
    void fill_hour();
    double expected_in_hour(UnixNanos hour) const;

    const Specification& specification_;
    const std::vector<double> gaps_;
    double per_weight_;
    UnixNanos hour_;
    std::vector<UnixNanos> moments_;
    std::size_t taken_ = 0;
};

}  // namespace plimsoll::app::traffic
