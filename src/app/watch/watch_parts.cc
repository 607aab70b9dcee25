#include "app/watch/watch_parts.h"

#include <algorithm>

namespace plimsoll::app {

analyse::WatchOptions watch_options(const Configuration& configuration) {
    analyse::WatchOptions options;
    options.attributes = configuration.slices;
    options.values_max = configuration.watch.slice_values;
    options.false_pages = static_cast<double>(configuration.watch.false_pages_per_90_days);
    options.weeks_max = static_cast<std::int32_t>(configuration.watch.reference_weeks);
    options.weeks_min = std::min(options.weeks_min, options.weeks_max);
    return options;
}

}  // namespace plimsoll::app
