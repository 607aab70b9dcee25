/// check_digits.h: the sums that numbers of cards, accounts and people carry.
#pragma once

#include <initializer_list>
#include <string_view>

namespace plimsoll::interaction::privacy {

/// ISO/IEC 7812-1, annex B. Digits only.
bool luhn_holds(std::string_view digits);

/// ISO 13616: the first four characters moved to the end, letters as 10 to 35, is 1 modulo 97.
/// Letters and digits only, any case.
bool mod97_holds(std::string_view account);

/// Verhoeff's check over the dihedral group of ten (Mathematical Centre Tract 29, 1969).
bool verhoeff_holds(std::string_view digits);

/// ISO 7064, MOD 11,10.
bool mod11_10_holds(std::string_view digits);

/// The sum of digits by weights, the last weight for the last digit. Both of equal length.
int weighted(std::string_view digits, std::initializer_list<int> weights);

}  // namespace plimsoll::interaction::privacy
