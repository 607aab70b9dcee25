#include "store/journal_files.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "store/journal_salvage.h"

namespace plimsoll::store {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t readers_max = 8;    // Each holds three file descriptors and up to 2 MiB.
constexpr std::size_t damage_max = 1000;  // Reports kept; a disk that bad needs no longer list.

/// "x.db" and its log become "x.db.damaged-1": kept for a person to look at.
fs::path set_aside(const fs::path& path) {
    std::error_code error;
    for (unsigned number = 1;; ++number) {
        const fs::path aside = fmt::format("{}.damaged-{}", path.string(), number);
        if (fs::exists(aside, error)) continue;
        fs::rename(path, aside, error);
        if (error) return path;
        fs::rename(path.string() + "-wal", aside.string() + "-wal", error);
        fs::remove(path.string() + "-shm", error);
        return aside;
    }
}

}  // namespace

Result<std::unique_ptr<JournalFiles>> JournalFiles::open(const fs::path& directory,
                                                         std::uint64_t seq_at_least,
                                                         const std::string& vfs) {
    std::error_code error;
    fs::create_directories(directory, error);
    if (error) return Error{fmt::format("create {}: {}", directory.string(), error.message())};
    std::unique_ptr<JournalFiles> files(new JournalFiles(directory, vfs));
    files->list(seq_at_least);
    return files;
}

void JournalFiles::list(std::uint64_t seq_at_least) {
    std::vector<JournalFileName> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(directory_, error)) {
        const std::string name = entry.path().filename().string();
        if (const auto parsed = JournalFileName::parse(name))
            names.push_back(*parsed);
        else if (name.find(".db.new") != std::string::npos)
            fs::remove(entry.path(), error);  // Begun, never finished; nothing was in it.
        else if (name.find(".db.damaged-") != std::string::npos && !name.ends_with("-wal"))
            report(entry.path(), 0, 0, "set aside at an earlier start");
    }
    if (error) report(directory_, 0, 0, error.message());
    std::sort(names.begin(), names.end());
    for (const JournalFileName& name : names) admit(name);

    const std::lock_guard lock(mutex_);
    std::sort(files_.begin(), files_.end(), [](const File& a, const File& b) {
        return std::pair(a.first_seq, a.last_seq) < std::pair(b.first_seq, b.last_seq);
    });
    for (std::size_t i = 0; i < files_.size(); ++i) {
        File& file = files_[i];
        if (i + 1 < files_.size()) {
            file.sealed = true;
            const std::uint64_t next = files_[i + 1].first_seq;
            // Rows past the next file's first were refused, and lie there only because the disk did
            // not even let us take them back.
            if (file.last_seq >= next)
                file.last_seq = next - 1;
            else if (file.last_seq + 1 < next)
                damage_[{file.path.string(), file.last_seq + 1}] = {
                    file.path.string(), file.last_seq + 1, next - 1, "the end of the file is gone"};
        }
        rows_ += file.last_seq + 1 - file.first_seq;
        head_seq_ = std::max(head_seq_, file.last_seq);
    }
    if (seq_at_least > head_seq_) {
        const std::string file = files_.empty() ? directory_.string() : files_.back().path.string();
        damage_[{file, head_seq_ + 1}] = {file, head_seq_ + 1, seq_at_least,
                                          "the facts have applied these rows; they are gone"};
        if (!files_.empty()) files_.back().sealed = true;
        head_seq_ = seq_at_least;
    }
}

void JournalFiles::admit(const JournalFileName& name) {
    const fs::path path = directory_ / name.text();
    // Recovery stops where a log is broken, and the next write overwrites what is behind. So that
    // is saved first: a log is small.
    std::map<std::uint64_t, PackedRow> saved;
    const bool broken = log_is_broken(path);
    if (broken) {
        auto collected = salvage_log(path)([&](const PackedRow& row) -> Result<Done> {
            saved[row.seq] = row;
            return Done{};
        });
        if (!collected) report(path, 0, 0, collected.error().what);
    }
    if (!admit_intact(name, path) && !set_aside_and_save(name, path)) return;
    if (!broken) return;
    saved.erase(saved.begin(), saved.upper_bound(files_.back().last_seq));
    if (saved.empty()) return;
    const JournalFileName rest = free_name(name.day);
    const auto created = create_journal_file(
        directory_ / rest.text(),
        [&](const auto& sink) -> Result<Done> {
            for (const auto& [seq, row] : saved)
                if (auto taken = sink(row); !taken) return taken;
            return Done{};
        },
        vfs_);
    if (!created || !admit_intact(rest, directory_ / rest.text()))
        report(path, saved.begin()->first, saved.rbegin()->first,
               "the log is broken, and what is behind could not be saved");
}

bool JournalFiles::admit_intact(const JournalFileName& name, const fs::path& path) {
    auto opened = JournalReader::open(path, vfs_);
    if (!opened) return false;
    const auto bounds = opened->bounds();
    if (!bounds) return false;
    if (bounds->last_seq >= bounds->first_seq) {  // The last row decides where numbers go on.
        bool intact = false;
        auto read = opened->read(
            bounds->last_seq, bounds->last_seq, [&](PackedRow) { return intact = true; },
            [](auto, auto, const auto&) {});
        if (!read || !intact) return false;
    }
    const std::lock_guard lock(mutex_);
    files_.push_back({path, name, bounds->first_seq, bounds->last_seq, bounds->raw_total});
    last_received_ = std::max(last_received_, bounds->received);
    return true;
}

bool JournalFiles::set_aside_and_save(const JournalFileName& name, const fs::path& path) {
    if (::access(path.c_str(), R_OK | W_OK) != 0) {  // Then it is not the bytes that are bad.
        report(path, 0, 0, fmt::format("cannot be opened: {}", std::strerror(errno)));
        return false;
    }
    const fs::path aside = set_aside(path);
    if (aside == path) {
        report(path, 0, 0, "does not open, and cannot be renamed");
        return false;
    }
    const auto saved = create_journal_file(path, salvage_rows(aside), vfs_);
    const bool some = saved && *saved > 0;
    report(aside, 0, 0,
           saved ? fmt::format("does not open as a journal; set aside, {} saved",
                               some ? "what rows were whole" : "no row could be")
                 : fmt::format("does not open as a journal; set aside; saving its rows failed: {}",
                               saved.error().what));
    return some && admit_intact(name, path);
}

JournalFileName JournalFiles::free_name(const std::string& day) const {
    JournalFileName name{.day = day};
    std::error_code error;
    while (fs::exists(directory_ / name.text(), error)) ++name.part;
    return name;
}

void JournalFiles::report(const fs::path& file, std::uint64_t first, std::uint64_t last,
                          std::string why) {
    const std::lock_guard lock(mutex_);
    if (damage_.size() < damage_max)
        damage_[{file.string(), first}] = {file.string(), first, last, std::move(why)};
}

std::uint64_t JournalFiles::head_seq() const {
    const std::lock_guard lock(mutex_);
    return head_seq_;
}

UnixNanos JournalFiles::last_received() const {
    const std::lock_guard lock(mutex_);
    return last_received_;
}

Result<JournalFiles::Current> JournalFiles::continue_or_begin(const std::string& day) {
    std::uint64_t first_seq;
    {
        const std::lock_guard lock(mutex_);
        if (!files_.empty() && !files_.back().sealed && files_.back().name.day == day) {
            const File& file = files_.back();
            auto appender = JournalAppender::open(file.path, vfs_);
            if (appender) return Current{std::move(*appender), day, file.raw_total};
            files_.back().sealed = true;
        }
        first_seq = head_seq_ + 1;
    }
    const JournalFileName name = free_name(day);
    const fs::path path = directory_ / name.text();
    if (auto created = create_journal_file(path, first_seq, vfs_); !created) return created.error();
    auto appender = JournalAppender::open(path, vfs_);
    if (!appender) {
        std::error_code ignored;
        fs::remove(path, ignored);
        return appender.error();
    }
    const std::lock_guard lock(mutex_);
    if (!files_.empty()) files_.back().sealed = true;
    files_.push_back({path, name, first_seq, first_seq - 1});
    return Current{std::move(*appender), day, 0};
}

void JournalFiles::appended(std::uint64_t last, std::uint64_t raw_total, std::uint64_t count,
                            UnixNanos received) {
    const std::lock_guard lock(mutex_);
    files_.back().last_seq = head_seq_ = last;
    files_.back().raw_total = raw_total;
    rows_ += count;
    last_received_ = received;
}

void JournalFiles::seal() {
    const std::lock_guard lock(mutex_);
    if (files_.empty()) return;
    File& file = files_.back();
    file.sealed = true;
    if (file.last_seq >= file.first_seq) return;
    // Nothing was ever acknowledged from it. Without this a disk that stays full would collect
    // files.
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm"})
        fs::remove(file.path.string() + suffix, ignored);
    std::erase_if(readers_, [&](const auto& entry) { return entry.first == file.path; });
    files_.pop_back();
}

Result<std::shared_ptr<JournalFiles::Reader>> JournalFiles::reader(const fs::path& path) {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(readers_.begin(), readers_.end(),
                                    [&](const auto& entry) { return entry.first == path; });
    if (found != readers_.end()) {
        std::rotate(found, found + 1, readers_.end());
        return readers_.back().second;
    }
    auto opened = JournalReader::open(path, vfs_);
    if (!opened) return opened.error();
    if (readers_.size() == readers_max) readers_.erase(readers_.begin());
    readers_.emplace_back(path, std::shared_ptr<Reader>(new Reader{{}, std::move(*opened)}));
    return readers_.back().second;
}

Result<std::vector<record::JournalRow>> JournalFiles::read(std::uint64_t after,
                                                           std::size_t bytes_max) {
    std::vector<record::JournalRow> rows;
    std::size_t bytes = 0;
    std::uint64_t next = after + 1;
    while (rows.empty() || bytes < bytes_max) {
        File file;
        {
            const std::lock_guard lock(mutex_);
            const auto found = std::find_if(files_.begin(), files_.end(), [&](const File& each) {
                return each.last_seq >= next && each.last_seq >= each.first_seq;
            });
            if (found == files_.end()) return rows;
            file = *found;
        }
        next = std::max(next, file.first_seq);
        const auto damaged = [&](std::uint64_t first, std::uint64_t last, std::string why) {
            report(file.path, first, last, std::move(why));
        };
        auto at = reader(file.path);
        if (!at) {  // It did open at the start, so this is a matter of descriptors or memory.
            if (rows.empty()) return at.error();
            return rows;
        }
        bool full = false;
        const std::lock_guard lock((*at)->mutex);
        auto done = (*at)->reader.read(
            next, file.last_seq,
            [&](PackedRow packed) {
                next = packed.seq + 1;
                auto otlp = unpack(packed);
                if (!otlp) {
                    damaged(packed.seq, packed.seq, otlp.error().what);
                    return true;
                }
                bytes += otlp->size();
                rows.push_back({packed.seq, packed.received, std::move(*otlp)});
                return !(full = bytes >= bytes_max);
            },
            damaged);
        if (!done) {
            if (rows.empty()) return done.error();
            return rows;
        }
        if (!full) next = file.last_seq + 1;
    }
    return rows;
}

void JournalFiles::fill(record::JournalStatus& status) {
    const std::lock_guard lock(mutex_);
    status.head_seq = head_seq_;
    status.rows = rows_;
    for (const File& file : files_) status.raw_bytes += file.raw_total;
    for (const auto& [key, damage] : damage_) status.damage.push_back(damage);
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(directory_, error)) {
        const auto size = entry.file_size(error);
        if (!error) status.disk_bytes += size;
    }
}

}  // namespace plimsoll::store
