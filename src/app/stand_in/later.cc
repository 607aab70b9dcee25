#include "app/stand_in/later.h"

namespace plimsoll::app {

void Later::send(Clock::time_point due, net::HttpExchange exchange, net::HttpReply reply) {
    const std::lock_guard lock(mutex_);
    if (stopped_) return;
    waiting_.emplace(due, Letter{std::move(exchange), std::move(reply)});
    wake_.notify_one();
}

void Later::stop() {
    std::multimap<Clock::time_point, Letter> dropped;
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
        dropped.swap(waiting_);
        wake_.notify_one();
    }
    if (thread_.joinable()) thread_.join();
}

void Later::run() {
    std::unique_lock lock(mutex_);
    while (!stopped_) {
        if (waiting_.empty()) {
            wake_.wait(lock);
            continue;
        }
        const auto first = waiting_.begin();
        if (Clock::now() < first->first) {
            wake_.wait_until(lock, first->first);
            continue;
        }
        Letter letter = std::move(first->second);
        waiting_.erase(first);
        lock.unlock();
        letter.exchange.answer(std::move(letter.reply));
        lock.lock();
    }
}

}  // namespace plimsoll::app
