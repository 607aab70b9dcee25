/// kernel_vectors.h: the eight scores of TV-2.3, which several tests share. For tests only.
#pragma once

namespace plimsoll::analyse {

inline constexpr double tv_2_3_y[] = {.2, 0, 1, 1, .5, 1, 1, .75};
inline constexpr double tv_2_3_inclusion[] = {1, 1, .1, .1, .5, .1, .2, .2};

}  // namespace plimsoll::analyse
