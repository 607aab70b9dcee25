#include "interaction/privacy/check_digits.h"

#include <cstddef>
#include <cstdint>

#include "interaction/privacy/characters.h"

namespace plimsoll::interaction::privacy {

bool luhn_holds(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        int digit = digits[digits.size() - 1 - i] - '0';
        if (i % 2 == 1 && (digit *= 2) > 9) digit -= 9;
        sum += digit;
    }
    return sum % 10 == 0;
}

bool mod97_holds(std::string_view account) {
    if (account.size() < 5) return false;
    unsigned rest = 0;
    for (std::size_t i = 0; i < account.size(); ++i) {
        const char c = lower(account[(i + 4) % account.size()]);
        rest = is_digit(c) ? (rest * 10 + static_cast<unsigned>(c - '0')) % 97
                           : (rest * 100 + static_cast<unsigned>(c - 'a' + 10)) % 97;
    }
    return rest == 1;
}

bool verhoeff_holds(std::string_view digits) {
    static constexpr std::uint8_t permuted[8][10] = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 5, 7, 6, 2, 8, 3, 0, 9, 4},
        {5, 8, 0, 3, 7, 9, 6, 1, 4, 2}, {8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
        {9, 4, 5, 3, 1, 2, 6, 8, 7, 0}, {4, 2, 8, 6, 5, 7, 3, 9, 0, 1},
        {2, 7, 9, 3, 8, 0, 6, 4, 1, 5}, {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}};
    // The dihedral group: 0-4 are turns, 5-9 turns after a reflection.
    const auto times = [](int a, int b) {
        if (a < 5) return b < 5 ? (a + b) % 5 : 5 + (a + b) % 5;
        return b < 5 ? 5 + (a - b) % 5 : (a - b + 5) % 5;
    };
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        sum = times(sum, permuted[i % 8][digits[digits.size() - 1 - i] - '0']);
    }
    return sum == 0;
}

bool mod11_10_holds(std::string_view digits) {
    int product = 10;
    for (const char digit : digits.substr(0, digits.size() - 1)) {
        int sum = (digit - '0' + product) % 10;
        if (sum == 0) sum = 10;
        product = sum * 2 % 11;
    }
    return (11 - product) % 10 == digits.back() - '0';
}

int weighted(std::string_view digits, std::initializer_list<int> weights) {
    int sum = 0;
    const char* digit = digits.data();
    for (const int weight : weights) sum += weight * (*digit++ - '0');
    return sum;
}

}  // namespace plimsoll::interaction::privacy
