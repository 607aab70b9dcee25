#include "app/gate/call_command.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>

#include <fmt/format.h>

extern char** environ;

namespace plimsoll::app {

namespace {

using Clock = std::chrono::steady_clock;

/// A descriptor that is closed once.
class Descriptor {
  public:
    explicit Descriptor(int number = -1) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { close(); }
    int number() const { return number_; }
    void set(int number) { number_ = number; }
    void close() {
        if (number_ >= 0) ::close(number_);
        number_ = -1;
    }

  private:
    int number_;
};

struct Pipe {
    Descriptor read, write;
    bool open() {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0) return false;
        read.set(ends[0]);
        write.set(ends[1]);
        return true;
    }
};

Result<pid_t> start(const std::vector<std::string>& words, const Pipe& in, const Pipe& out) {
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&actions, in.read.number(), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out.write.number(), STDOUT_FILENO);
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
    pid_t child = 0;
    const int failed =
        ::posix_spawnp(&child, arguments[0], &actions, &attributes, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (failed != 0)
        return Error{fmt::format("cannot start {}: {}", words[0], std::strerror(failed))};
    return child;
}

/// Writes the input and reads the answer, whichever is possible; "" if all went well.
std::string talk(Pipe& in, Pipe& out, std::string_view input, std::string& answer,
                 const CallOptions& options) {
    const auto deadline = Clock::now() + options.timeout;
    ::fcntl(in.write.number(), F_SETFL, O_NONBLOCK);
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        if (left.count() <= 0)
            return fmt::format("no answer within {} ms", options.timeout.count());
        pollfd wanted[] = {{out.read.number(), POLLIN, 0}, {in.write.number(), POLLOUT, 0}};
        if (::poll(wanted, in.write.number() >= 0 ? 2 : 1, static_cast<int>(left.count())) < 0 &&
            errno != EINTR)
            return std::strerror(errno);
        if (in.write.number() >= 0 && wanted[1].revents != 0) {
            const ssize_t written = ::write(in.write.number(), input.data(), input.size());
            if (written > 0) input.remove_prefix(static_cast<std::size_t>(written));
            // Who does not read its input may still answer.
            if (input.empty() || (written < 0 && errno != EAGAIN && errno != EINTR))
                in.write.close();
        }
        if (wanted[0].revents != 0) {
            char bytes[16'384];
            const ssize_t got = ::read(out.read.number(), bytes, sizeof bytes);
            if (got == 0) return "";
            if (got > 0) answer.append(bytes, static_cast<std::size_t>(got));
            if (answer.size() > options.output_bytes_max)
                return fmt::format("more than {} bytes of answer", options.output_bytes_max);
        }
    }
}

/// Its exit, waited for until the deadline; 0 is a good one. `gone`: there is nothing to end.
std::string ended(pid_t child, const CallOptions& options, bool& gone) {
    const auto deadline = Clock::now() + options.timeout;
    int status = 0;
    for (;;) {
        const pid_t waited = ::waitpid(child, &status, WNOHANG);
        gone = waited == child;
        if (gone) break;
        if (waited < 0 && errno != EINTR) return std::strerror(errno);
        if (Clock::now() > deadline) return "it does not end";
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return "";
    return WIFEXITED(status) ? fmt::format("exit code {}", WEXITSTATUS(status))
                             : fmt::format("ended by signal {}", WTERMSIG(status));
}

Result<std::string> call(const std::vector<std::string>& words, const std::string& input,
                         const CallOptions& options) {
    Pipe in, out;
    if (!in.open() || !out.open()) return Error{fmt::format("pipe: {}", std::strerror(errno))};
    const auto child = start(words, in, out);
    if (!child) return child.error();
    in.read.close();
    out.write.close();
    bool gone = false;
    std::string answer;
    std::string fault = talk(in, out, input, answer, options);
    if (fault.empty()) {
        in.write.close();
        fault = ended(*child, options, gone);
        if (fault.empty()) {
            if (answer.ends_with('\n')) answer.pop_back();
            return answer;
        }
    }
    if (!gone) {
        ::kill(-*child, SIGKILL);
        ::waitpid(*child, nullptr, 0);
    }
    return Error{fault};
}

}  // namespace

std::vector<Result<std::string>> call_command(const std::vector<std::string>& words,
                                              const std::vector<std::string>& inputs,
                                              const CallOptions& options) {
    std::vector<Result<std::string>> answers(inputs.size(), Error{"not called"});
    if (words.empty()) return answers;
    std::signal(SIGPIPE, SIG_IGN);  // A program may end before it has read everything.
    std::atomic<std::size_t> next{0};
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < options.at_once; ++i)
        threads.emplace_back([&] {
            for (std::size_t at; (at = next++) < inputs.size();)
                answers[at] = call(words, inputs[at] + "\n", options);
        });
    for (std::thread& thread : threads) thread.join();
    return answers;
}

}  // namespace plimsoll::app
