/// Runs a target over its seeds and over mutations of them, the same ones each time: what
/// `./run test` does, with any compiler. libFuzzer searches deeper (`./run fuzz`).
///
///     otlp_fuzz DIR [MUTATIONS]        OTLP bytes that crashed once: otlp_fuzz FILE
///
/// The input at which it died is left as crash.bin in the working directory.
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/counter_random.h"
#include "fuzz.h"

/// Only where a sanitizer is linked.
extern "C" [[gnu::weak]] void __sanitizer_set_death_callback(void (*callback)());

namespace {

namespace fs = std::filesystem;
using plimsoll::CounterRandom;

std::string current;

void leave_current() {
    std::ofstream("crash.bin", std::ios::binary) << current;
    std::fprintf(stderr, "the input is in crash.bin, %zu bytes\n", current.size());
}

void on_abort(int) {
    leave_current();
    _exit(134);
}

void run(std::string bytes) {
    current = std::move(bytes);
    fuzz_one(current);
}

/// A few small damages, as a broken sender or a hostile one would do.
std::string damaged(std::string bytes, const std::vector<std::string>& seeds, CounterRandom& dice) {
    const auto below = [&](std::size_t end) {
        return static_cast<std::size_t>(dice.below(static_cast<std::uint32_t>(end)));
    };
    for (std::size_t left = 1 + below(4); left > 0; --left) {
        const std::size_t at = below(bytes.size() + 1);
        switch (below(7)) {
            case 0:
                bytes.resize(at);
                break;
            case 1:
                bytes.insert(at, 1, static_cast<char>(below(256)));
                break;
            case 2:
                bytes.erase(at, 1 + below(8));
                break;
            case 3:
                bytes.insert(at, bytes.substr(at, 1 + below(64)));
                break;
            case 4: {
                const std::string& other = seeds[below(seeds.size())];
                bytes.replace(at, std::string::npos, other, std::min(at, other.size()));
                break;
            }
            case 5:
                if (at < bytes.size()) bytes[at] ^= static_cast<char>(1u << below(8));
                break;
            default: {
                constexpr std::string_view awkward[] = {
                    "\0", "\xff", "\xed\xa0\x80", "\"",   "\\u", "{",
                    "[",  "-",    "1e999",        "\r\n", "%00", "\x80\x80\x80\x80\x80"};
                bytes.insert(at, awkward[below(std::size(awkward))]);
            }
        }
    }
    return bytes;
}

std::string contents(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

int main(int arguments, char** argument) {
    if (arguments < 2)
        return std::fprintf(stderr, "usage: %s DIR|FILE [MUTATIONS]\n", argument[0]), 2;
    if (__sanitizer_set_death_callback) __sanitizer_set_death_callback(leave_current);
    std::signal(SIGABRT, on_abort);
    std::vector<fs::path> files;
    if (fs::is_directory(argument[1]))
        for (const auto& entry : fs::directory_iterator(argument[1])) files.push_back(entry.path());
    else
        files.emplace_back(argument[1]);
    std::sort(files.begin(), files.end());
    std::vector<std::string> seeds{""};
    for (const fs::path& file : files) seeds.push_back(contents(file));
    if (seeds.size() < 2) return std::fprintf(stderr, "%s: no seeds\n", argument[1]), 2;
    for (const std::string& seed : seeds) run(seed);

    const long mutations = arguments > 2 ? std::atol(argument[2]) : 0;
    CounterRandom dice(1, 1);
    for (long i = 0; i < mutations; ++i)
        run(damaged(seeds[static_cast<std::size_t>(i) % seeds.size()], seeds, dice));
    std::printf("%zu seeds, %ld mutations\n", seeds.size() - 1, mutations);
}
