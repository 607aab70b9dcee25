/// number.h: numbers as JSON Schema compares them: by the decimals that were written, not by the
/// binary fractions that stand for them. 19.99 is a multiple of 0.01.
#pragma once

#include <cstdint>
#include <string>

#include "base/json.h"

namespace plimsoll::evaluate::schema {

/// significand * 10^exponent, without trailing zeros: 0.0075 is 75e-4, 1200 is 12e2, 0 is 0e0. The
/// sign is dropped, since nothing here depends on it.
struct Decimal {
    std::uint64_t significand = 0;
    int exponent = 0;

    /// The shortest decimal that reads back as `number`, which must be one.
    static Decimal of(json::Value number);
};

/// `divisor` must not be zero. Exact at any size.
bool is_multiple(Decimal number, Decimal divisor);
/// The same, without taking apart what need not be.
bool is_multiple(json::Value number, Decimal divisor);

/// -1, 0, 1, exact between integers and reals. Both must be numbers.
int compare(json::Value a, json::Value b);

/// True for integers and for reals without a fraction. `value` must be a number.
bool is_whole(json::Value value);

}  // namespace plimsoll::evaluate::schema
