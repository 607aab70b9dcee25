#include "store/facts_probe.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <exception>

#include "store/facts_schema.h"

namespace plimsoll::store {

namespace {

constexpr unsigned probe_seconds_max = 300;

/// "" if all is well.
std::string read_everything(const std::filesystem::path& path,
                            const DuckDatabase::Options& options) {
    auto database = DuckDatabase::open(path, options);
    if (!database) return database.error().what;
    auto connection = database->connect();
    if (!connection) return connection.error().what;
    auto format = connection->ask("SELECT value FROM meta WHERE key = 'format'");
    if (!format) return format.error().what;
    if (!format->next() || format->get<std::uint64_t>(0) != facts_format)
        return "written by another version of Plimsoll";
    for (const char* table : {"meta", "series", "reasons", "interactions", "spans", "scores",
                              "explanations", "attributes"})
        if (auto read =
                connection->ask(fmt::format("SELECT bit_xor(hash(each)) FROM {} AS each", table));
            !read)
            return read.error().what;
    return "";
}

bool is_lock_conflict(const std::string& why) {
    return why.find("lock on file") != std::string::npos;
}

}  // namespace

ProbeFinding probe_facts(const std::filesystem::path& path, const DuckDatabase::Options& options) {
    int ends[2];
    if (::pipe(ends) != 0) return {};  // No descriptors: then opening will tell.
    const pid_t child = ::fork();
    if (child < 0) {
        ::close(ends[0]);
        ::close(ends[1]);
        return {};
    }
    if (child == 0) {
        ::close(ends[0]);
        ::alarm(probe_seconds_max);
        const struct rlimit no_core = {0, 0};
        ::setrlimit(RLIMIT_CORE, &no_core);
        // What an abort prints is for us, not for the server's log.
        if (!::freopen("/dev/null", "w", stderr)) ::_exit(3);
        std::string why;
        try {
            DuckDatabase::Options read_only = options;
            read_only.read_only = true;
            why = read_everything(path, read_only);
        } catch (const std::exception& thrown) {
            why = thrown.what();
        } catch (...) {
            why = "DuckDB threw";
        }
        const std::size_t size = std::min<std::size_t>(why.size(), 2'000);
        const ssize_t told = ::write(ends[1], why.data(), size);
        ::_exit(why.empty() && told == 0 ? 0 : 1);
    }
    ::close(ends[1]);
    std::string why;
    char some[512];
    for (ssize_t got; (got = ::read(ends[0], some, sizeof some)) != 0;) {
        if (got > 0)
            why.append(some, static_cast<std::size_t>(got));
        else if (errno != EINTR)
            break;
    }
    ::close(ends[0]);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
    if (is_lock_conflict(why)) return {ProbeFinding::Kind::in_use, why};
    if (WIFSIGNALED(status))
        why = fmt::format("DuckDB ended with signal {} on it", WTERMSIG(status));
    return {ProbeFinding::Kind::damaged, why.empty() ? "DuckDB ended on it" : why};
}

}  // namespace plimsoll::store
