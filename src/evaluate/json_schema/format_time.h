/// format_time.h: dates, times and durations as RFC 3339 writes them.
#pragma once

#include <string_view>

namespace plimsoll::evaluate::schema {

bool is_date(std::string_view text);       ///< 2026-02-28; months have their days.
bool is_time(std::string_view text);       ///< 12:30:00.5Z, +02:00; second 60 at midnight UTC only.
bool is_date_time(std::string_view text);  ///< Both, with T or t between.
bool is_duration(std::string_view text);   ///< P3W, P1Y2M3DT4H5M6S: units in a row, none left out.

}  // namespace plimsoll::evaluate::schema
