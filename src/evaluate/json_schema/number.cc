#include "evaluate/json_schema/number.h"

#include <cassert>
#include <charconv>
#include <cmath>
#include <limits>

namespace plimsoll::evaluate::schema {

namespace {

// __int128 is no standard type; __extension__ says that we know.
__extension__ using Wide = unsigned __int128;

// Holds every int64, uint64 and double exactly, on x86 (64 bits of mantissa) and Arm (113).
static_assert(std::numeric_limits<long double>::digits >= 64);

long double exact(json::Value number) {
    if (number.kind() == json::Kind::real) return *number.as_number();
    if (const auto integer = number.as_integer()) return *integer;
    return *number.as_unsigned();
}

/// 10^power modulo `modulus`.
std::uint64_t power_of_ten(std::uint64_t power, std::uint64_t modulus) {
    Wide result = 1 % modulus;
    Wide base = 10 % modulus;
    for (; power > 0; power >>= 1) {
        if (power & 1) result = result * base % modulus;
        base = base * base % modulus;
    }
    return static_cast<std::uint64_t>(result);
}

}  // namespace

Decimal Decimal::of(json::Value number) {
    Decimal decimal;
    if (const auto natural = number.as_unsigned();
        natural && number.kind() == json::Kind::integer) {
        decimal.significand = *natural;
    } else if (number.kind() == json::Kind::integer) {
        decimal.significand = -static_cast<std::uint64_t>(*number.as_integer());
    } else {
        // "1.2345e-07": at most 17 digits, so they fit.
        char text[40];
        const auto [end, error] =
            std::to_chars(text, text + sizeof text, std::fabs(*number.as_number()),
                          std::chars_format::scientific);
        assert(error == std::errc{});
        const char* at = text;
        bool behind_point = false;
        for (; at != end && *at != 'e'; ++at) {
            if (*at == '.') {
                behind_point = true;
                continue;
            }
            decimal.significand = decimal.significand * 10 + static_cast<unsigned>(*at - '0');
            if (behind_point) --decimal.exponent;
        }
        assert(at != end);
        ++at;
        if (*at == '+') ++at;
        int written = 0;
        std::from_chars(at, end, written);
        decimal.exponent += written;
    }
    if (decimal.significand == 0) return {};
    while (decimal.significand % 10 == 0) {
        decimal.significand /= 10;
        ++decimal.exponent;
    }
    return decimal;
}

bool is_multiple(Decimal number, Decimal divisor) {
    assert(divisor.significand != 0);
    if (number.significand == 0) return true;
    // With fewer decimals in the divisor a digit would be left over, as no zeros trail.
    if (number.exponent < divisor.exponent) {
        return false;
    }
    const auto shift = static_cast<std::uint64_t>(number.exponent - divisor.exponent);
    const Wide scaled = static_cast<Wide>(number.significand % divisor.significand) *
                        power_of_ten(shift, divisor.significand);
    return scaled % divisor.significand == 0;
}

bool is_multiple(json::Value number, Decimal divisor) {
    // Up to 15 digits a double stands for one decimal only, so that n/10^k, if it is the number, is
    // the decimal that was written; division by a power of ten up to 10^22 rounds once.
    constexpr double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    constexpr double digits_15 = 1e15;
    const int places = -divisor.exponent;
    if (number.kind() != json::Kind::real || places < 0 || places > 9) {
        return is_multiple(Decimal::of(number), divisor);
    }
    const double real = *number.as_number();
    const double whole = std::nearbyint(real * powers[places]);
    if (!(std::fabs(whole) < digits_15)) return is_multiple(Decimal::of(number), divisor);
    return whole / powers[places] == real &&
           static_cast<std::uint64_t>(std::fabs(whole)) % divisor.significand == 0;
}

int compare(json::Value a, json::Value b) {
    const long double left = exact(a);
    const long double right = exact(b);
    return left < right ? -1 : left > right ? 1 : 0;
}

bool is_whole(json::Value value) {
    if (value.kind() == json::Kind::integer) return true;
    const double real = *value.as_number();
    return real == std::trunc(real);
}

}  // namespace plimsoll::evaluate::schema
