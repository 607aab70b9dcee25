/// for_each_index.h: independent pieces of one computation, on several threads.
///
/// Threads here are no source of chance: piece i writes to place i alone, and who computes it does
/// not matter. They end before the call returns.
#pragma once

#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace plimsoll::analyse {

/// work(i) for 0 … count-1, in any order. `work` must not throw.
template <class Work>
void for_each_index(std::size_t count, unsigned threads, Work&& work) {
    std::atomic<std::size_t> next = 0;
    const auto take = [&] {
        for (std::size_t i = next++; i < count; i = next++) work(i);
    };
    std::vector<std::jthread> others;
    for (unsigned t = 1; t < threads && t < count; ++t) others.emplace_back(take);
    take();
}

}  // namespace plimsoll::analyse
