/// The journal on a disk that fails: every write and every fsync of a small script, one at a time.
#include <gmock/gmock.h>
#include <sqlite3.h>

#include <atomic>
#include <cstring>
#include <map>
#include <set>

#include "record/journal_testing.h"
#include "store/sqlite_journal.h"

namespace plimsoll::store {
namespace {

using record::all_rows;
using record::append_and_wait;

// ---- A VFS that does what the default one does, until it is told to fail
// -------------------------

struct FaultPlan {
    std::atomic<int> operations{0};  ///< Writes, fsyncs and truncations so far.
    int fail_at = 0;                 ///< The operation that fails, from 1; 0: none.
    int fail_until = 0;              ///< And all up to this one.
    bool full = false;               ///< "No space" for writes; else an I/O error.
    bool half = false;               ///< A failing write leaves half of its bytes behind.
    std::atomic<bool> opens{true};   ///< False: no file descriptor is left to open a file with.
};
FaultPlan plan;

struct FaultyFile {
    sqlite3_file base;
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

FaultyFile* faulty(sqlite3_file* file) {
    return reinterpret_cast<FaultyFile*>(file);
}

bool fails_now() {
    const int operation = ++plan.operations;
    return plan.fail_at != 0 && operation >= plan.fail_at && operation <= plan.fail_until;
}

const sqlite3_io_methods* faulty_methods() {
    static const sqlite3_io_methods methods{
        .iVersion = 2,  // Shared memory, but no memory-mapped reads.
        .xClose =
            [](sqlite3_file* f) {
                auto* real = faulty(f)->real();
                return real->pMethods ? real->pMethods->xClose(real) : SQLITE_OK;
            },
        .xRead =
            [](sqlite3_file* f, void* into, int size, sqlite3_int64 at) {
                return faulty(f)->real()->pMethods->xRead(faulty(f)->real(), into, size, at);
            },
        .xWrite =
            [](sqlite3_file* f, const void* from, int size, sqlite3_int64 at) {
                auto* real = faulty(f)->real();
                if (!fails_now()) return real->pMethods->xWrite(real, from, size, at);
                if (plan.half) real->pMethods->xWrite(real, from, size / 2, at);
                return plan.full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
            },
        .xTruncate =
            [](sqlite3_file* f, sqlite3_int64 size) {
                if (fails_now()) return SQLITE_IOERR_TRUNCATE;
                return faulty(f)->real()->pMethods->xTruncate(faulty(f)->real(), size);
            },
        .xSync =
            [](sqlite3_file* f, int flags) {
                // What was written stays where a reader finds it, though no disk has promised it.
                if (fails_now()) return SQLITE_IOERR_FSYNC;
                return faulty(f)->real()->pMethods->xSync(faulty(f)->real(), flags);
            },
        .xFileSize =
            [](sqlite3_file* f, sqlite3_int64* size) {
                return faulty(f)->real()->pMethods->xFileSize(faulty(f)->real(), size);
            },
        .xLock =
            [](sqlite3_file* f, int lock) {
                return faulty(f)->real()->pMethods->xLock(faulty(f)->real(), lock);
            },
        .xUnlock =
            [](sqlite3_file* f, int lock) {
                return faulty(f)->real()->pMethods->xUnlock(faulty(f)->real(), lock);
            },
        .xCheckReservedLock =
            [](sqlite3_file* f, int* held) {
                return faulty(f)->real()->pMethods->xCheckReservedLock(faulty(f)->real(), held);
            },
        .xFileControl =
            [](sqlite3_file* f, int what, void* with) {
                return faulty(f)->real()->pMethods->xFileControl(faulty(f)->real(), what, with);
            },
        .xSectorSize =
            [](sqlite3_file* f) {
                return faulty(f)->real()->pMethods->xSectorSize(faulty(f)->real());
            },
        .xDeviceCharacteristics =
            [](sqlite3_file* f) {
                return faulty(f)->real()->pMethods->xDeviceCharacteristics(faulty(f)->real());
            },
        .xShmMap =
            [](sqlite3_file* f, int page, int size, int extend, void volatile** at) {
                return faulty(f)->real()->pMethods->xShmMap(faulty(f)->real(), page, size, extend,
                                                            at);
            },
        .xShmLock =
            [](sqlite3_file* f, int offset, int count, int flags) {
                return faulty(f)->real()->pMethods->xShmLock(faulty(f)->real(), offset, count,
                                                             flags);
            },
        .xShmBarrier =
            [](sqlite3_file* f) { faulty(f)->real()->pMethods->xShmBarrier(faulty(f)->real()); },
        .xShmUnmap =
            [](sqlite3_file* f, int remove) {
                return faulty(f)->real()->pMethods->xShmUnmap(faulty(f)->real(), remove);
            },
    };
    return &methods;
}

/// Registers the VFS "faulty", once.
const char* faulty_vfs() {
    static const bool registered = [] {
        sqlite3_vfs* const real = sqlite3_vfs_find(nullptr);
        static sqlite3_vfs vfs = *real;
        vfs.zName = "faulty";
        vfs.pNext = nullptr;
        vfs.szOsFile = static_cast<int>(sizeof(FaultyFile)) + real->szOsFile;
        vfs.xOpen = [](sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
            faulty(file)->base.pMethods = nullptr;
            if (!plan.opens) return SQLITE_CANTOPEN;
            sqlite3_vfs* const below = sqlite3_vfs_find("unix");
            const int code = below->xOpen(below, name, faulty(file)->real(), flags, out);
            if (code == SQLITE_OK) faulty(file)->base.pMethods = faulty_methods();
            return code;
        };
        return sqlite3_vfs_register(&vfs, 0) == SQLITE_OK;
    }();
    EXPECT_TRUE(registered);
    return "faulty";
}

// ---- The script
// -----------------------------------------------------------------------------------

constexpr UnixNanos noon = 1'767'614'400 * nanos_per_second;  // 2026-01-05T12:00:00Z

/// Bodies that compress to almost nothing, to a page, and to many pages.
std::string body(int number) {
    std::string text = "<" + std::to_string(number) + ">";
    std::uint64_t state = number + 1;
    for (int i = 0; i < (number % 3) * 30'000; ++i) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        text += static_cast<char>(state >> 56);
    }
    return text;
}

class JournalFaults : public testing::Test {
  protected:
    void SetUp() override {
        // In memory where that can be: these faults need no real disk, and there are many rounds.
        std::string name = std::filesystem::exists("/dev/shm")
                               ? "/dev/shm/journal-XXXXXX"
                               : std::filesystem::temp_directory_path() / "journal-XXXXXX";
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        root_ = name;
    }
    void TearDown() override {
        plan.fail_at = 0;
        std::filesystem::remove_all(root_);
    }

    /// What was acknowledged must be there once, in its row; what was refused must not be there.
    void check(const std::filesystem::path& directory,
               const std::map<int, std::uint64_t>& acknowledged, const std::set<int>& refused) {
        auto opened = open_sqlite_journal(clock_, {.data_dir = directory});
        ASSERT_TRUE(opened.ok()) << opened.error().what;
        std::map<std::string, std::uint64_t> found;
        for (const auto& row : all_rows(**opened, 1u << 20))
            EXPECT_TRUE(found.emplace(row.otlp, row.seq).second) << "twice: " << row.seq;
        for (const auto& [number, row] : acknowledged)
            EXPECT_EQ(found[body(number)], row) << "body " << number;
        for (const int number : refused)
            EXPECT_EQ(found.count(body(number)), 0u) << "refused, yet there: " << number;
        for (const auto& damage : (*opened)->status().damage)
            ADD_FAILURE() << damage.file << ": " << damage.why;
    }

    /// Opens, appends `bodies` bodies one after the other, closes. Looks at the disk as a kill -9
    /// would leave it after each refusal.
    void run(std::size_t checkpoint_bytes, int bodies) {
        const auto directory = root_ / "run";
        std::filesystem::remove_all(directory);
        std::map<int, std::uint64_t> acknowledged;
        std::set<int> refused;
        plan.operations = 0;
        {
            auto opened = open_sqlite_journal(
                clock_,
                {.data_dir = directory, .checkpoint_bytes = checkpoint_bytes, .vfs = faulty_vfs()});
            ASSERT_TRUE(opened.ok()) << opened.error().what;
            // Two more if the last ones met the fault: it must recover by itself.
            for (int number = 0;
                 number < bodies || (refused.count(number - 1) && number < bodies + 2); ++number) {
                const auto row = append_and_wait(**opened, body(number));
                if (row) {
                    acknowledged[number] = *row;
                    EXPECT_EQ((*opened)->status().refusing, "");
                    continue;
                }
                refused.insert(number);
                EXPECT_NE((*opened)->status().refusing, "");
                const auto killed = root_ / "killed";
                std::filesystem::remove_all(killed);
                std::filesystem::copy(directory, killed, std::filesystem::copy_options::recursive);
                check(killed, acknowledged, refused);
            }
            // Read while it is open: the same.
            std::set<std::string> seen;
            for (const auto& row : all_rows(**opened, 1u << 20)) seen.insert(row.otlp);
            EXPECT_EQ(seen.size(), acknowledged.size());
        }
        check(directory, acknowledged, refused);
        const int faults = plan.fail_until - plan.fail_at + 1;
        if (plan.fail_at != 0) {
            EXPECT_LE(static_cast<int>(refused.size()), faults);
        }
        EXPECT_TRUE(!acknowledged.empty() && acknowledged.rbegin()->first >= bodies - 1)
            << "it did not recover by itself";
    }

    void run_with_every_operation_failing(std::size_t checkpoint_bytes, int bodies) {
        plan.fail_at = 0;
        run(checkpoint_bytes, bodies);
        const int operations = plan.operations;
        ASSERT_GT(operations, 20);
        for (int fail_at = 1; fail_at <= operations && !HasFailure(); ++fail_at) {
            SCOPED_TRACE("operation " + std::to_string(fail_at));
            plan.fail_at = plan.fail_until = fail_at;
            run(checkpoint_bytes, bodies);
        }
    }

    record::TestClock clock_{noon};
    std::filesystem::path root_;
};

TEST_F(JournalFaults,
       every_failing_write_and_fsync_loses_nothing_and_shows_nothing_refused) {  // A20
    plan.full = plan.half = false;
    run_with_every_operation_failing(16u << 20, 5);
}

TEST_F(JournalFaults,
       without_file_descriptors_senders_come_back_and_it_recovers_by_itself) {  // A20
    const auto directory = root_ / "run";
    {
        auto journal = open_sqlite_journal(clock_, {.data_dir = directory, .vfs = faulty_vfs()});
        ASSERT_TRUE(journal.ok()) << journal.error().what;
        plan.opens = false;
        EXPECT_FALSE(append_and_wait(**journal, body(0)).ok());
        EXPECT_NE((*journal)->status().refusing, "");
        plan.opens = true;
        EXPECT_TRUE(append_and_wait(**journal, body(1)).ok());
    }
    check(directory, {{1, 1}}, {0});
}

TEST_F(JournalFaults, every_half_written_write_on_a_full_disk) {  // A20
    plan.full = plan.half = true;
    run_with_every_operation_failing(16u << 20, 5);
}

TEST_F(JournalFaults, every_operation_of_checkpoints) {  // A20
    plan.full = plan.half = false;
    run_with_every_operation_failing(60'000, 6);
}

TEST_F(JournalFaults, a_disk_that_stays_full_and_is_freed) {  // A20
    plan.full = true;
    plan.half = false;
    for (int fail_at = 1; fail_at < 40 && !HasFailure(); fail_at += 5) {
        SCOPED_TRACE("from operation " + std::to_string(fail_at));
        plan.fail_at = fail_at;
        plan.fail_until = fail_at + 9;
        run(16u << 20, 14);
    }
    // Nothing is left of files that were begun in vain.
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(root_ / "run/journal"))
        files += entry.path().extension() == ".db";
    EXPECT_LE(files, 2);
}

}  // namespace
}  // namespace plimsoll::store
