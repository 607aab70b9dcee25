#include "evaluate/json_schema/format_time.h"

#include <optional>

namespace plimsoll::evaluate::schema {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Reads from the front of a text; what does not fit makes all that follows fail.
class Reader {
  public:
    explicit Reader(std::string_view text) : rest_(text) {}

    /// Exactly `digits` digits; 0 if they are not there.
    int number(std::size_t digits) {
        int value = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            if (rest_.empty() || !is_digit(rest_[0])) return fail();
            value = 10 * value + (rest_[0] - '0');
            rest_.remove_prefix(1);
        }
        return value;
    }
    void expect(std::string_view any_of) {
        if (!take(any_of)) fail();
    }
    std::optional<char> take(std::string_view any_of) {
        if (rest_.empty() || any_of.find(rest_[0]) == any_of.npos) return std::nullopt;
        const char c = rest_[0];
        rest_.remove_prefix(1);
        return c;
    }
    /// One digit or more.
    void digits() {
        if (rest_.empty() || !is_digit(rest_[0])) fail();
        while (!rest_.empty() && is_digit(rest_[0])) rest_.remove_prefix(1);
    }
    std::string_view rest() const { return rest_; }
    bool done() const { return good_ && rest_.empty(); }
    bool good() const { return good_; }

  private:
    int fail() {
        good_ = false;
        return 0;
    }
    std::string_view rest_;
    bool good_ = true;
};

bool is_calendar_day(int year, int month, int day) {
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day < 1) return false;
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= days[month - 1] + (month == 2 && leap ? 1 : 0);
}

/// "1Y2M3D": the units of `order`, each at most once, none between the first and the last missing.
/// How many bytes they take; nullopt if something else stands there.
std::optional<std::size_t> units(std::string_view text, std::string_view order) {
    std::size_t at = 0, next = order.npos;
    while (at < text.size() && is_digit(text[at])) {
        std::size_t end = at;
        while (end < text.size() && is_digit(text[end])) ++end;
        if (end == text.size()) return std::nullopt;
        const std::size_t unit = order.find(text[end]);
        if (unit == order.npos || (next != order.npos && unit != next)) return std::nullopt;
        next = unit + 1;
        at = end + 1;
    }
    return at;
}

}  // namespace

bool is_date(std::string_view text) {
    Reader read(text);
    const int year = read.number(4);
    read.expect("-");
    const int month = read.number(2);
    read.expect("-");
    const int day = read.number(2);
    return read.done() && is_calendar_day(year, month, day);
}

bool is_time(std::string_view text) {
    Reader read(text);
    const int hour = read.number(2);
    read.expect(":");
    const int minute = read.number(2);
    read.expect(":");
    const int second = read.number(2);
    if (read.take(".")) read.digits();
    int offset = 0;  // Minutes east of UTC.
    if (const auto sign = read.take("+-")) {
        const int hours = read.number(2);
        read.expect(":");
        const int minutes = read.number(2);
        if (hours > 23 || minutes > 59) return false;
        offset = (*sign == '+' ? 1 : -1) * (60 * hours + minutes);
    } else {
        read.expect("Zz");
    }
    if (!read.done() || hour > 23 || minute > 59 || second > 60) return false;
    constexpr int day = 24 * 60;
    return second < 60 || (60 * hour + minute - offset + day) % day == day - 1;
}

bool is_date_time(std::string_view text) {
    constexpr std::size_t date = 10;
    return text.size() > date && (text[date] == 'T' || text[date] == 't') &&
           is_date(text.substr(0, date)) && is_time(text.substr(date + 1));
}

bool is_duration(std::string_view text) {
    if (!text.starts_with('P')) return false;
    text.remove_prefix(1);
    if (text.ends_with('W')) {
        const auto weeks = units(text, "W");
        return weeks == text.size() && text.size() > 1;
    }
    const auto days = units(text, "YMD");
    if (!days) return false;
    if (*days == text.size()) return *days > 0;
    if (text[*days] != 'T') return false;
    const std::string_view clock = text.substr(*days + 1);
    return !clock.empty() && units(clock, "HMS") == clock.size();
}

}  // namespace plimsoll::evaluate::schema
