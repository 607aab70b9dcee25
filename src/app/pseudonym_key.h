/// pseudonym_key.h: the secret that placeholders are made with, kept beside the data they stand in.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "interaction/privacy/pseudonym.h"

namespace plimsoll::app {

struct OpenedKey {
    interaction::privacy::PseudonymKey key;
    std::string set_aside;  ///< A file that held no key; "" if there was none.
};

/// Reads `DIR/pseudonym.key`, or makes it: 16 random bytes in hex, for its owner only, on the disk
/// before it is used. Whoever deletes it makes every placeholder final: nothing can be tried any
/// more.
Result<OpenedKey> open_pseudonym_key(const std::filesystem::path& data_dir);

}  // namespace plimsoll::app
