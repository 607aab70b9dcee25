#include "evaluate/pattern_set.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <new>
#include <numeric>
#include <stdexcept>
#include <string>

#include <hs.h>

#include "base/utf8.h"

namespace plimsoll::evaluate {

namespace {

/// Each thread has one, grown for every set it asks, and remembers for which it was: to be told
/// again takes 30 µs on a virtual machine, where the processor's kind is asked of the host.
struct Scratch {
    hs_scratch_t* space = nullptr;
    std::vector<std::uint64_t> fits;
    ~Scratch() { hs_free_scratch(space); }

    hs_scratch_t* room_for(const hs_database_t* database, std::uint64_t serial) {
        if (std::ranges::find(fits, serial) == fits.end()) {
            if (hs_alloc_scratch(database, &space) != HS_SUCCESS) throw std::bad_alloc();
            fits.push_back(serial);
        }
        return space;
    }
};

std::atomic<std::uint64_t> sets_built = 0;

int note(unsigned pattern, unsigned long long, unsigned long long end, unsigned, void* found) {
    static_cast<std::vector<PatternSet::End>*>(found)->push_back(
        {pattern, static_cast<std::uint32_t>(end)});
    return 0;
}

}  // namespace

struct PatternSet::Compiled {
    hs_database_t* database = nullptr;
    const std::uint64_t serial = ++sets_built;
    ~Compiled() { hs_free_database(database); }
};

PatternSet::PatternSet(std::span<const char* const> expressions)
    : compiled_(std::make_unique<Compiled>()) {
    std::vector<unsigned> ids(expressions.size());
    std::iota(ids.begin(), ids.end(), 0u);
    hs_compile_error_t* wrong = nullptr;
    if (hs_compile_multi(expressions.data(), nullptr, ids.data(), static_cast<unsigned>(ids.size()),
                         HS_MODE_BLOCK, nullptr, &compiled_->database, &wrong) != HS_SUCCESS) {
        const std::string why = wrong->message;
        hs_free_compile_error(wrong);
        throw std::logic_error(why);
    }
}

PatternSet::~PatternSet() = default;

std::vector<PatternSet::End> PatternSet::ends(std::string_view text) const {
    thread_local Scratch scratch;
    std::vector<End> found;
    if (text.empty()) return found;
    const auto size = static_cast<unsigned>(std::min<std::size_t>(text.size(), UINT32_MAX));
    if (hs_scan(compiled_->database, text.data(), size, 0,
                scratch.room_for(compiled_->database, compiled_->serial), note,
                &found) != HS_SUCCESS) {
        throw std::logic_error("a set of patterns could not be looked for");
    }
    return found;
}

void append_bytewise(std::string& bytes, std::string_view text) {
    while (!text.empty()) {
        const auto other = std::ranges::find_if(text, [](char c) { return (c & 0x80) != 0; });
        const auto ascii = static_cast<std::size_t>(other - text.begin());
        bytes += text.substr(0, ascii);
        text.remove_prefix(ascii);
        if (text.empty()) return;
        const std::size_t length = utf8_length(text);
        bytes += length == 0 ? '\n' : '\x80';
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
}

}  // namespace plimsoll::evaluate
