#include "store/sqlite_journal.h"

#include <fmt/format.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/thread_name.h"
#include "store/data_lock.h"
#include "store/journal_files.h"

namespace plimsoll::store {

namespace {

std::uint64_t ask_the_system(const std::filesystem::path& path) {
    struct statvfs system;
    if (::statvfs(path.c_str(), &system) != 0) return UINT64_MAX;  // Then writing will tell.
    return std::uint64_t{system.f_bavail} * system.f_frsize;
}

class SqliteJournal final : public record::Journal {
  public:
    SqliteJournal(const Clock& clock, SqliteJournalOptions options, DataLock lock,
                  std::unique_ptr<JournalFiles> files)
        : clock_(clock),
          options_(std::move(options)),
          lock_(std::move(lock)),
          files_(std::move(files)),
          packer_(options_.zstd_level),
          promised_(files_->last_received()),
          writer_([this] { write(); }),
          checkpointer_([this] { checkpoint(); }) {}

    /// Commits what waits, then stops.
    ~SqliteJournal() override {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        wake_.notify_all();
        writer_.join();
        {
            const std::lock_guard lock(checkpoint_mutex_);
            checkpoint_stopping_ = true;
        }
        checkpoint_wake_.notify_all();
        checkpointer_.join();
    }

    void append(std::string otlp, std::size_t span_count,
                std::function<void(Result<std::uint64_t>)> done) override {
        bool was_empty;
        {
            const std::lock_guard lock(mutex_);
            was_empty = waiting_.empty();
            waiting_.push_back({std::move(otlp), span_count, std::move(done)});
        }
        if (was_empty) wake_.notify_one();
    }

    Result<std::vector<record::JournalRow>> read(std::uint64_t after,
                                                 std::size_t bytes_max) override {
        return files_->read(after, bytes_max);
    }

    Result<std::optional<record::JournalRow>> row(std::uint64_t seq) override {
        if (seq == 0 || seq > files_->head_seq()) return std::optional<record::JournalRow>();
        auto rows = files_->read(seq - 1, 0);
        if (!rows) return rows.error();
        if (rows->empty() || rows->front().seq != seq) return std::optional<record::JournalRow>();
        return std::optional(std::move(rows->front()));
    }

    UnixNanos settled() override {
        const std::lock_guard lock(mutex_);
        if (writing_) return group_received_;
        return promised_ = std::max(clock_.now(), promised_);
    }

    record::JournalStatus status() override {
        record::JournalStatus status;
        files_->fill(status);
        {
            const std::lock_guard lock(mutex_);
            status.commits = commits_;
            status.refusing = fault_;
        }
        if (auto reserve = reserve_reached(); !reserve.empty()) status.refusing = reserve;
        return status;
    }

  private:
    struct Waiting {
        std::string otlp;
        std::size_t span_count;
        std::function<void(Result<std::uint64_t>)> done;
    };

    std::string reserve_reached() const {
        const std::uint64_t free = options_.free_bytes(options_.data_dir);
        if (free >= options_.disk_reserve_bytes) return "";
        return fmt::format("disk reserve reached: {} MiB free under {}, {} MiB are kept",
                           free >> 20, options_.data_dir.string(),
                           options_.disk_reserve_bytes >> 20);
    }

    // ---- Writer thread ----------------------------------------------------------------------

    void write() {
        name_this_thread("journal");
        std::vector<Waiting> group;
        while (take(group)) {
            rows_.clear();
            row_of_body_.clear();
            auto reserve = reserve_reached();
            Result<Done> committed = reserve.empty() ? pack(group) : Error{std::move(reserve)};
            if (committed) committed = commit();
            if (committed) {
                for (std::size_t i = 0; i < group.size(); ++i)
                    group[i].done(rows_[row_of_body_[i]].seq);
            } else {
                answer_all(group, committed.error());
            }
            group.clear();  // Bodies are large: do not keep them until the next one comes.
            const std::lock_guard lock(mutex_);
            writing_ = false;
        }
        stop_checkpoints();
        current_.reset();
    }

    bool take(std::vector<Waiting>& group) {
        group.clear();
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        if (!waiting_.empty()) group_received_ = promised_ = std::max(clock_.now(), promised_);
        std::size_t bytes = 0;
        while (
            !waiting_.empty() && group.size() < options_.group_bodies_max &&
            (group.empty() || bytes + waiting_.front().otlp.size() <= options_.group_bytes_max)) {
            bytes += waiting_.front().otlp.size();
            group.push_back(std::move(waiting_.front()));
            waiting_.pop_front();
        }
        writing_ = !group.empty();
        return writing_;
    }

    static void answer_all(const std::vector<Waiting>& group, const Error& error) {
        for (const Waiting& each : group) each.done(error);
    }

    /// Whole bodies into rows; none is split, so a row may be longer than row_bytes.
    Result<Done> pack(const std::vector<Waiting>& group) {
        const UnixNanos received = group_received_;
        std::uint64_t seq = files_->head_seq();
        std::string joined;
        std::uint64_t span_count = 0;
        for (std::size_t i = 0; i < group.size(); ++i) {
            row_of_body_.push_back(rows_.size());
            span_count += group[i].span_count;
            const bool last = i + 1 == group.size();
            const bool alone =
                joined.empty() && (last || group[i].otlp.size() >= options_.row_bytes);
            if (!alone) joined += group[i].otlp;
            if (!last && !alone && joined.size() < options_.row_bytes) continue;
            PackedRow row{.seq = ++seq, .received = received, .span_count = span_count};
            if (auto packed = packer_.compress(alone ? group[i].otlp : joined, row); !packed)
                return packed;
            rows_.push_back(std::move(row));
            joined.clear();
            span_count = 0;
        }
        return Done{};
    }

    Result<Done> commit() {
        const UnixNanos received = rows_.back().received;
        const std::string day = utc_day(received);
        if (current_ && (current_->day != day || checkpoint_failed())) {
            stop_checkpoints();
            current_.reset();
            files_->seal();
        }
        if (!current_) {
            auto begun = files_->continue_or_begin(day);
            if (!begun) return failed(begun.error());
            current_ = std::move(*begun);
            checkpoint_path(current_->appender.file());
        }
        std::uint64_t raw_total = current_->raw_total;
        for (PackedRow& row : rows_) {
            row.raw_total = raw_total += row.raw_bytes;
            row.checksum = row.checksum_due();
        }
        if (auto committed = current_->appender.commit(rows_); !committed) {
            stop_checkpoints();
            std::move(current_->appender).abandon();
            current_.reset();
            files_->seal();
            return failed(committed.error());
        }
        current_->raw_total = raw_total;
        files_->appended(rows_.back().seq, raw_total, rows_.size(), received);
        {
            const std::lock_guard lock(mutex_);
            ++commits_;
            fault_.clear();
        }
        finish_checkpoint();
        return Done{};
    }

    Error failed(const Error& error) {
        const std::lock_guard lock(mutex_);
        fault_ = error.what;
        return error;
    }

    // ---- Checkpoints ------------------------------------------------------------------------
    //
    // Moving 16 MiB from the log to the file takes tens of milliseconds, and the log starts over
    // only when nothing is left in it. So a second thread moves the bulk while commits go on, and
    // the writer, between two commits, moves the little that came meanwhile.

    enum class Checkpoint : std::uint8_t { idle, wanted, running, done, failed };

    void checkpoint() {
        name_this_thread("journal");
        std::unique_lock lock(checkpoint_mutex_);
        for (;;) {
            checkpoint_wake_.wait(lock, [this] {
                return checkpoint_stopping_ || checkpoint_state_ == Checkpoint::wanted;
            });
            if (checkpoint_stopping_) return;
            checkpoint_state_ = Checkpoint::running;
            const std::string path = checkpoint_path_;
            lock.unlock();
            // A connection of its own for each checkpoint: what failed once is not used again.
            auto database = Database::open(path, Database::Mode::existing, options_.vfs);
            bool ok = database.ok() && database->run("PRAGMA synchronous=FULL").ok() &&
                      database->checkpoint().ok();
            if (database) database->leave_wal_on_close();
            lock.lock();
            checkpoint_state_ = ok ? Checkpoint::done : Checkpoint::failed;
            checkpoint_wake_.notify_all();
        }
    }

    void checkpoint_path(const std::string& path) {
        const std::lock_guard lock(checkpoint_mutex_);
        checkpoint_path_ = path;
        checkpointed_bytes_ = 0;
    }

    bool checkpoint_failed() {
        const std::lock_guard lock(checkpoint_mutex_);
        return checkpoint_state_ == Checkpoint::failed;
    }

    /// Waits until none runs: the file is about to be closed.
    void stop_checkpoints() {
        std::unique_lock lock(checkpoint_mutex_);
        checkpoint_wake_.wait(lock, [this] {
            return checkpoint_state_ != Checkpoint::running &&
                   checkpoint_state_ != Checkpoint::wanted;
        });
        checkpoint_state_ = Checkpoint::idle;
    }

    void finish_checkpoint() {
        const std::uint64_t log_bytes = current_->appender.wal_bytes();
        std::unique_lock lock(checkpoint_mutex_);
        if (log_bytes < checkpointed_bytes_) checkpointed_bytes_ = 0;  // The log started over.
        if (checkpoint_state_ == Checkpoint::idle &&
            log_bytes - checkpointed_bytes_ >= options_.checkpoint_bytes) {
            checkpoint_state_ = Checkpoint::wanted;
            checkpoint_wake_.notify_all();
        } else if (checkpoint_state_ == Checkpoint::done) {
            checkpoint_state_ = Checkpoint::idle;
            checkpointed_bytes_ = log_bytes;
            lock.unlock();
            const bool ok = current_->appender.checkpoint().ok();
            lock.lock();
            if (!ok) checkpoint_state_ = Checkpoint::failed;
        }
    }

    const Clock& clock_;
    const SqliteJournalOptions options_;
    const DataLock lock_;
    const std::unique_ptr<JournalFiles> files_;

    // Of the writer thread alone.
    RowPacker packer_;
    std::optional<JournalFiles::Current> current_;
    std::vector<PackedRow> rows_;
    std::vector<std::size_t> row_of_body_;

    std::mutex mutex_;  ///< Guards the next eight.
    std::condition_variable wake_;
    std::deque<Waiting> waiting_;
    bool stopping_ = false;
    std::uint64_t commits_ = 0;
    std::string fault_;
    bool writing_ = false;          ///< A group is on its way to the disk.
    UnixNanos promised_;            ///< No group that forms from now on is received before this.
    UnixNanos group_received_ = 0;  ///< Of the group on its way. The writer reads it unguarded.

    std::mutex checkpoint_mutex_;  ///< Guards the next five.
    std::condition_variable checkpoint_wake_;
    Checkpoint checkpoint_state_ = Checkpoint::idle;
    bool checkpoint_stopping_ = false;
    std::string checkpoint_path_;
    std::uint64_t checkpointed_bytes_ =
        0;  ///< Log size at the last checkpoint, if a reader held it.

    std::thread writer_;
    std::thread checkpointer_;
};

}  // namespace

Result<std::unique_ptr<record::Journal>> open_sqlite_journal(const Clock& clock,
                                                             SqliteJournalOptions options) {
    if (!options.free_bytes) options.free_bytes = ask_the_system;
    auto lock = DataLock::take(options.data_dir);
    if (!lock) return lock.error();
    auto files =
        JournalFiles::open(options.data_dir / "journal", options.seq_at_least, options.vfs);
    if (!files) return files.error();
    return std::unique_ptr<record::Journal>(std::make_unique<SqliteJournal>(
        clock, std::move(options), std::move(*lock), std::move(*files)));
}

}  // namespace plimsoll::store
