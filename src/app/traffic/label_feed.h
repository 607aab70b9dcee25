/// label_feed.h: people who label some of the traffic: so many of each dimension in the first week
/// and in each week after it, some of them twice, with the errors that people make.
#pragma once

#include <map>
#include <string>

#include "app/traffic/traffic.h"

namespace plimsoll::app::traffic {

class LabelFeed {
  public:
    static constexpr std::string_view header =
        "interaction,dimension,annotator,rubric,score,queued,time\n";
    explicit LabelFeed(const Specification& specification);
    /// Lines of `plimsoll label import`; "" for most interactions. In order of time.
    std::string rows(const Happening& happening);

  private:
    const Specification& specification_;
    double week_ = 0;  ///< Interactions expected in one.
};

}  // namespace plimsoll::app::traffic
