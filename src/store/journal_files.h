/// journal_files.h: the files of a journal as one sequence of rows.
///
///   list at start ─┬─ opens, last row intact ─────────▶ a stretch of rows
///                  └─ does not ──▶ set aside, rows saved into a file of the same name
///
/// Reading: any thread. Appending (continue_or_begin, appended, seal): one thread. What a refused
/// commit may have left in a file lies beyond that file's stretch and is never read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "record/journal.h"
#include "store/journal_file.h"

namespace plimsoll::store {

class JournalFiles {
  public:
    static Result<std::unique_ptr<JournalFiles>> open(const std::filesystem::path& directory,
                                                      std::uint64_t seq_at_least,
                                                      const std::string& vfs);

    std::uint64_t head_seq() const;
    /// When the last row was received; 0 if there is none.
    UnixNanos last_received() const;

    struct Current {
        JournalAppender appender;
        std::string day;
        std::uint64_t raw_total;
    };
    /// The file for a row of `day`: the last one if it may be continued, else a new one.
    Result<Current> continue_or_begin(const std::string& day);
    /// Rows up to `last` are committed.
    void appended(std::uint64_t last, std::uint64_t raw_total, std::uint64_t count,
                  UnixNanos received);
    /// The last file is not written again.
    void seal();

    Result<std::vector<record::JournalRow>> read(std::uint64_t after, std::size_t bytes_max);
    void fill(record::JournalStatus& status);

  private:
    struct File {
        std::filesystem::path path;
        JournalFileName name;
        std::uint64_t first_seq = 1, last_seq = 0, raw_total = 0;
        bool sealed = false;
    };
    struct Reader {
        std::mutex mutex;
        JournalReader reader;
    };
    JournalFiles(std::filesystem::path directory, std::string vfs)
        : directory_(std::move(directory)), vfs_(std::move(vfs)) {}

    void list(std::uint64_t seq_at_least);
    void admit(const JournalFileName& name);
    bool admit_intact(const JournalFileName& name, const std::filesystem::path& path);
    bool set_aside_and_save(const JournalFileName& name, const std::filesystem::path& path);
    JournalFileName free_name(const std::string& day) const;
    void report(const std::filesystem::path& file, std::uint64_t first, std::uint64_t last,
                std::string why);
    Result<std::shared_ptr<Reader>> reader(const std::filesystem::path& path);

    const std::filesystem::path directory_;
    const std::string vfs_;

    mutable std::mutex mutex_;  ///< Guards all below.
    std::vector<File> files_;   ///< By first_seq.
    std::uint64_t head_seq_ = 0;
    std::uint64_t rows_ = 0;
    UnixNanos last_received_ = 0;
    std::map<std::pair<std::string, std::uint64_t>, record::JournalDamage> damage_;
    std::vector<std::pair<std::filesystem::path, std::shared_ptr<Reader>>>
        readers_;  ///< Latest last.
};

}  // namespace plimsoll::store
