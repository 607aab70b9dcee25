/// fuzz.h: what every target shares. A target is one file NAME_fuzz.cc with fuzz_one(): it may do
/// anything with the bytes but crash, leak, hang, or break a promise that it checks with promise().
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

/// One input. Called any number of times in one process, on one thread.
void fuzz_one(std::string_view bytes);

/// Ends the process as a crash does, if `kept` is false.
inline void promise(bool kept, const char* what) {
    if (kept) return;
    std::fprintf(stderr, "broken promise: %s\n", what);
    std::abort();
}

/// Takes the first byte off `bytes`, 0 if there is none: what chooses among several ways.
inline unsigned char take_choice(std::string_view& bytes) {
    if (bytes.empty()) return 0;
    const auto choice = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    return choice;
}
