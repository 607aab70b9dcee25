#include "app/trust_thread.h"

#include <spdlog/spdlog.h>

#include <chrono>

#include "base/thread_name.h"

namespace plimsoll::app {

namespace {

using namespace std::chrono_literals;

constexpr auto pause = 2s;
constexpr auto read_every = 600s;

}  // namespace

TrustThread::TrustThread(analyse::TrustBook& book, analyse::JudgeWatch* watch)
    : book_(book), watch_(watch), thread_([this] {
          name_this_thread("trust");
          run();
      }) {}

void TrustThread::stop() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void TrustThread::run() {
    auto next_read = std::chrono::steady_clock::now() + 30s;  // The start has enough to do.
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            if (wake_.wait_for(lock, pause, [this] { return stopping_; })) return;
        }
        if (watch_ != nullptr)
            if (const auto stepped = watch_->step(); !stepped)
                spdlog::error("watching the judges: {}; trying again", stepped.error().what);
        if (std::chrono::steady_clock::now() < next_read) continue;
        next_read = std::chrono::steady_clock::now() + read_every;
        if (const auto page = book_.read(); !page)
            spdlog::error("reading trust: {}; trying again", page.error().what);
    }
}

}  // namespace plimsoll::app
