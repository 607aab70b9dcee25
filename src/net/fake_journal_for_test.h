/// fake_journal_for_test.h: a journal in memory that succeeds, fails or waits on demand.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "record/journal.h"

namespace plimsoll::net {

class FakeJournal final : public record::Journal {
  public:
    using Done = std::function<void(Result<std::uint64_t>)>;

    void append(std::string otlp, std::size_t span_count, Done done) override {
        std::unique_lock lock(mutex_);
        if (waits_) {
            waiting_.push_back(std::move(done));
            changed_.notify_all();
            return;
        }
        if (!failure_.empty()) {
            const Error error{failure_};
            lock.unlock();
            return done(error);
        }
        bodies_.push_back(std::move(otlp));
        spans_ += span_count;
        const std::uint64_t seq = bodies_.size();
        lock.unlock();
        done(seq);
    }
    Result<std::vector<record::JournalRow>> read(std::uint64_t, std::size_t) override {
        return std::vector<record::JournalRow>{};
    }
    Result<std::optional<record::JournalRow>> row(std::uint64_t) override {
        return std::optional<record::JournalRow>{};
    }
    UnixNanos settled() override { return 0; }
    record::JournalStatus status() override { return {}; }

    void fail(std::string why) {
        const std::lock_guard lock(mutex_);
        failure_ = std::move(why);
    }
    void recover() { fail(""); }
    void make_wait() {
        const std::lock_guard lock(mutex_);
        waits_ = true;
    }
    /// Returns when `count` appends wait.
    void await(std::size_t count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_.size() >= count; });
    }
    void answer_waiting() {
        std::vector<Done> waiting;
        {
            const std::lock_guard lock(mutex_);
            waiting.swap(waiting_);
        }
        for (const Done& done : waiting) done(std::uint64_t{1});
    }
    std::vector<std::string> bodies() const {
        const std::lock_guard lock(mutex_);
        return bodies_;
    }
    std::size_t spans() const {
        const std::lock_guard lock(mutex_);
        return spans_;
    }

  private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> bodies_;
    std::size_t spans_ = 0;
    std::string failure_;
    bool waits_ = false;
    std::vector<Done> waiting_;
};

}  // namespace plimsoll::net
