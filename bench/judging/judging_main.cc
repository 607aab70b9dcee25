/// plimsoll_judging: 100,000 judgements through the stand-in for a model's API, with refusals,
/// hangs and a kill -9 in the middle. Says what was paid for twice, what was lost, and how close to
/// the allowed rate it came.
///
///   parent: stand-in, counts ◀── HTTP ── child: ledger, runner      killed once, begun again
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/judging/judge_runner.h"
#include "app/stand_in/stand_in_server.h"
#include "app/system_clock.h"
#include "net/model_client.h"
#include "store/sqlite_judge_ledger.h"

namespace {

using namespace plimsoll;
using namespace std::chrono_literals;
using Seconds = std::chrono::duration<double>;
using SteadyClock = std::chrono::steady_clock;

struct Options {
    std::uint64_t judgements = 100'000;
    double per_minute = 30'000;
    unsigned threads = 64;
    double limited = 0.05, hang = 0.0005;
    std::chrono::milliseconds deadline{2'000};
    bool idempotent = false;  ///< The server knows Idempotency-Keys.
    std::string directory;
};

TraceId trace_of(std::uint64_t number) {
    TraceId id;
    std::memcpy(id.bytes.data(), &number, sizeof number);
    id.bytes[15] = 1;
    return id;
}

/// An answer of about 600 characters for each trace, unlike all others.
class Answers : public app::InteractionSource {
  public:
    Result<std::vector<std::optional<Interaction>>> read(std::span<const TraceId> traces) override {
        std::vector<std::optional<Interaction>> list;
        for (const TraceId& trace : traces) {
            Interaction& interaction = list.emplace_back().emplace();
            interaction.id = trace;
            interaction.question = "Where is my parcel?";
            for (int line = 0; line < 8; ++line)
                interaction.answer += fmt::format(
                    "Parcel {} was seen at stop {} and goes on from there.\n", trace.hex(), line);
            Step& step = interaction.steps.emplace_back();
            step.kind = StepKind::model_call;
            step.content = ContentStatus::full;
            step.output.emplace_back().parts = {{.text = interaction.answer}};
        }
        return list;
    }
};

evaluate::Judge judge_of(const Options& options, const std::string& url) {
    evaluate::Judge judge;
    judge.name = "tone";
    judge.model = {.base_url = url + "/v1",
                   .name = "judge-small",
                   .key_env = "",
                   .price = evaluate::ModelPrice{.input = 0.1, .output = 0.4}};
    judge.model.idempotent = options.idempotent;
    judge.rubric = "Does the answer keep a kind tone?";
    judge.deadline = options.deadline;
    return judge;
}

std::unique_ptr<record::JudgeLedger> open_ledger(const Options& options) {
    auto opened = store::open_sqlite_judge_ledger({.data_dir = options.directory});
    if (!opened) throw std::runtime_error(opened.error().what);
    return std::move(opened->ledger);
}

/// Judges until nothing is due or in flight. Its seconds at full speed go to `file`.
int judge_all(const Options& options, const std::string& url) {
    const app::SystemClock clock;
    auto ledger = open_ledger(options);
    Answers answers;
    net::ModelClient client({});
    auto runner =
        app::JudgeRunner::start(*ledger, answers, clock, {{.judge = judge_of(options, url)}},
                                {{.api = &client,
                                  .options = {.limits = {.requests_per_minute = options.per_minute},
                                              .threads = options.threads}}});
    if (!runner) throw std::runtime_error(runner.error().what);
    const record::Reconciled found = (*runner)->reconciled();
    fmt::print("  begun: {} claims without a reply are unscored, {} are asked again\n", found.lost,
               found.again);
    std::fflush(stdout);
    for (;;) {
        std::this_thread::sleep_for(200ms);
        const auto spent = ledger->counts();
        if (!spent) throw std::runtime_error(spent.error().what);
        const auto& now = spent->begin()->second;
        if (now.due + now.in_flight == 0) break;
        std::this_thread::sleep_for(800ms);
    }
    (*runner)->stop();
    return 0;
}

pid_t fork_judge(const Options& options, const std::string& program, const std::string& url) {
    const pid_t child = ::fork();
    if (child != 0) return child;
    const std::string judgements = std::to_string(options.judgements);
    const std::string rate = std::to_string(options.per_minute);
    const std::string threads = std::to_string(options.threads);
    const std::string deadline = std::to_string(options.deadline.count());
    ::execl(program.c_str(), program.c_str(), "--child", url.c_str(), "--directory",
            options.directory.c_str(), "--judgements", judgements.c_str(), "--per-minute",
            rate.c_str(), "--threads", threads.c_str(), "--deadline-ms", deadline.c_str(),
            options.idempotent ? "--idempotent" : nullptr, nullptr);
    ::_exit(127);
}

int run(Options options, const std::string& program) {
    if (options.directory.empty()) {
        std::string name = (std::filesystem::temp_directory_path() / "judging-XXXXXX").string();
        if (!::mkdtemp(name.data())) return 1;
        options.directory = name;
    }
    app::StandInOptions stand_in = app::default_stand_in();
    stand_in.latency_min = 20ms;
    stand_in.latency_max = 60ms;
    stand_in.requests_per_minute = options.per_minute;
    stand_in.faults = {.limited = options.limited, .hang = options.hang};
    auto server = app::StandInServer::start(stand_in);
    if (!server) throw std::runtime_error(server.error().what);
    const std::string url = (*server)->url();

    std::vector<record::Judgement> wanted;
    const std::string definition = definition_hash(judge_of(options, url));
    for (std::uint64_t i = 0; i < options.judgements; ++i)
        wanted.push_back({.interaction = trace_of(i),
                          .judge = definition,
                          .occasion = "",
                          .arrived = app::SystemClock().now(),
                          .inclusion = 0.2,
                          .stratum = "plain"});
    if (auto done = open_ledger(options)->want(wanted); !done)
        throw std::runtime_error(done.error().what);

    fmt::print("{} judgements, {:.0f} requests a minute allowed, {:.1f}% 429, {:.2f}% hang\n",
               options.judgements, options.per_minute, options.limited * 100, options.hang * 100);
    std::fflush(stdout);
    double asking_s = 0;
    const auto watch = [&](pid_t child, std::uint64_t until) {
        const auto before = (*server)->counts().requests;
        auto began = SteadyClock::now();
        bool began_asking = false;
        for (int status = 0;;) {
            std::this_thread::sleep_for(20ms);
            const auto requests = (*server)->counts().requests;
            if (!began_asking && requests > before) {
                began_asking = true;
                began = SteadyClock::now();
            }
            if (requests >= until) ::kill(child, SIGKILL);
            if (::waitpid(child, &status, requests >= until ? 0 : WNOHANG) == child) {
                asking_s += Seconds(SteadyClock::now() - began).count();
                return WIFEXITED(status) && WEXITSTATUS(status) == 0;
            }
        }
    };
    const auto full = ~std::uint64_t{0};
    if (!watch(fork_judge(options, program, url), options.judgements / 2))
        fmt::print("  kill -9 after {} requests\n", (*server)->counts().requests);
    if (!watch(fork_judge(options, program, url), full)) return 1;

    const app::StandInCounts counts = (*server)->counts();
    auto ledger = open_ledger(options);
    const auto all = ledger->counts();
    const auto spending = ledger->spending(0, app::SystemClock().now());
    const record::JudgementCounts& tone = all->begin()->second;
    std::uint64_t unscored = 0;
    for (const auto& [reason, count] : tone.unscored) {
        fmt::print("  unscored, {}: {}\n", reason, count);
        unscored += count;
    }
    const std::uint64_t known = tone.scored + unscored;
    fmt::print("  scored: {}   due or in flight: {}   without an outcome: {}\n", tone.scored,
               tone.due + tone.in_flight, options.judgements - known);
    fmt::print("  stand-in: {} requests, {} answered, {} of them for a content answered before\n",
               counts.requests, counts.answered, counts.answered_again);
    fmt::print("  repeated for a known key, unpaid: {}\n", counts.repeated);
    fmt::print("  429: {}   hung: {}   paid {:.4f} USD, possibly {:.4f} more\n", counts.limited,
               counts.hung, spending->begin()->second.usd, spending->begin()->second.usd_possible);
    const double rate = static_cast<double>(counts.requests) / asking_s * 60;
    fmt::print("  {:.1f} s of asking: {:.0f} requests a minute, {:.1f}% of what is allowed\n",
               asking_s, rate, rate / options.per_minute * 100);
    std::filesystem::remove_all(options.directory);
    const bool good = counts.answered_again == 0 && known == options.judgements &&
                      rate >= 0.95 * options.per_minute;
    fmt::print("{}\n", good ? "good" : "NOT good");
    return good ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    std::string child;
    CLI::App app{"Judgements through the stand-in, with a crash in the middle"};
    app.add_option("--judgements", options.judgements);
    app.add_option("--per-minute", options.per_minute);
    app.add_option("--threads", options.threads);
    app.add_option("--limited", options.limited);
    app.add_option("--hang", options.hang);
    app.add_flag("--idempotent", options.idempotent);
    app.add_option("--directory", options.directory);
    app.add_option("--child", child);
    std::int64_t deadline_ms = options.deadline.count();
    app.add_option("--deadline-ms", deadline_ms);
    CLI11_PARSE(app, argc, argv);
    options.deadline = std::chrono::milliseconds(deadline_ms);
    try {
        return child.empty() ? run(options, argv[0]) : judge_all(options, child);
    } catch (const std::exception& exception) {
        fmt::print(stderr, "{}\n", exception.what());
        return 1;
    }
}
