/// commands.h: what `plimsoll` can be asked to do. main.cc reads the command line into these options;
/// each command returns the program's exit code: 0 done, 1 no, 2 the command was not understood.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "record/state.h"

namespace CLI {
class App;
}

namespace plimsoll::app {

class Server;

struct ServeOptions {
    std::string config;  ///< "" for the built-in configuration.
    std::string data = "data";
    std::string grpc, http, page;  ///< "address:port"; "" for what the configuration says.
    std::string ready_file;        ///< Written once all doors listen: PLIMSOLL_HTTP=…, a line each.
    /// Runs beside the server once all doors listen, until `stop` is set; the server ends then, or
    /// when this returns true.
    std::function<bool(const Server& server, const std::atomic<bool>& stop)> beside;
};
int serve(const ServeOptions& options);

/// Serves, and plays the demo's traffic to itself.
struct ServeDemoOptions {
    ServeOptions serve;
    std::string to;  ///< Base URL of a running OTLP/HTTP door; "" starts a server of its own.
    std::string story = "demo/story.yaml";
    double per_day = 0;  ///< Interactions; 0: as the story has it.
    bool live = true;
};
int serve_demo(const ServeDemoOptions& options);

struct KeyOptions {
    enum class Do { create, list, revoke };
    Do what = Do::list;
    std::string data = "data";
    record::KeyRole role = record::KeyRole::ingest;
    std::string note;
    std::string id;  ///< To revoke.
    bool json = false;
};
int key(const KeyOptions& options);

struct CheckConfigOptions {
    std::string config;
    bool json = false;
    bool explain = false;  ///< Print every option with its default and a sentence instead.
};
int check_config(const CheckConfigOptions& options);

/// Where a question is asked: a running server, or the files of one that is not running.
struct AskOptions {
    std::string server = "http://127.0.0.1:4320";
    std::string key;     ///< Else the environment's PLIMSOLL_KEY.
    std::string data;    ///< Not empty: open this directory instead.
    std::string config;  ///< With data: the dimensions to report.
    bool json = false;
};
struct ScorecardOptions {
    AskOptions ask;
    std::vector<std::string> filters;  ///< "service=support", "from=2026-01-05"
};
int scorecard(const ScorecardOptions& options);
struct TraceOptions {
    AskOptions ask;
    std::string trace;
};
int trace(const TraceOptions& options);
/// What changed, where, since when and why.
struct FindingsOptions {
    AskOptions ask;
    std::vector<std::string> filters;  ///< "service=support", "open=true"
};
int findings(const FindingsOptions& options);

/// What could be seen of the traffic, and what could not be scored.
int coverage(const FindingsOptions& options);
/// What each evaluator may do, and why.
int trust(const AskOptions& options);

/// What is to be done next, and why.
int due(const AskOptions& options);

/// Standard input without personal data and secrets.
struct RedactOptions {
    std::string config;  ///< "" for the built-in configuration.
    std::string data;    ///< Its key, so that placeholders match the stored ones; "" for one of zeros.
    bool list = false;   ///< Say what was found and where instead.
    bool json = false;   ///< With list: a JSON line for each.
};
int redact(const RedactOptions& options);

struct ScoreOptions {
    std::string config;  ///< "" for the built-in configuration.
    std::vector<std::string> files;  ///< OTLP: JSON, JSON lines, protobuf; gzip or zstd; "-" reads stdin.
    bool json = false;   ///< JSON lines are the default where standard output is no terminal.
};
int score(const ScoreOptions& options);

/// OTLP files to the judges of the configuration, and their verdicts to stdout. What is sent was
/// redacted as the configuration says. Outside of any sample: such verdicts enter no estimate.
struct JudgeOptions {
    std::string config;
    std::vector<std::string> files;  ///< As of score.
    std::string only;                ///< A judge's name; "" for all.
    unsigned at_once = 8;            ///< Requests.
    bool show_prompts = false;       ///< Print what would be asked; ask nobody.
    bool json = false;
};
int judge(const JudgeOptions& options);
/// plimsoll judge replay: what a server's judges said, read again from their kept replies.
void add_judge_replay(CLI::App& judge, int& code);

/// A model's API without a model, on loopback, until SIGINT or SIGTERM. Its URL is told on stdout.
struct StandInCommand {
    std::string config;  ///< "" for one model, judge-small.
    std::optional<std::uint16_t> port;  ///< Instead of the configuration's; 0: any free one.
};
int stand_in(const StandInCommand& command);

/// Every "trace span" pair that the facts hold, a line each, in no order: what a sender compares with
/// its own ledger.
int spans(const std::string& data);

/// plimsoll label: what people said, in and out of a data directory.
/// Interactions of OTLP files as JSON lines.
void add_normalise(CLI::App& app, int& code);
void add_label(CLI::App& app, int& code);
/// plimsoll dataset: probe sets and datasets, versioned by their content.
void add_dataset(CLI::App& app, int& code);
/// plimsoll alerts: who was told of what; to take one, and to say what is done.
void add_alerts(CLI::App& app, int& code);
/// plimsoll records: the evidence trail, and whether it is what it was.
void add_records(CLI::App& app, int& code);

/// plimsoll erase: one person out of a data directory.
void add_erase(CLI::App& app, int& code);

/// plimsoll reproduce: the proof of a finding, as a folder.
void add_reproduce(CLI::App& app, int& code);
/// plimsoll replay: whether it still gives the same numbers.
void add_replay(CLI::App& app, int& code);

/// stdout of a table or of one JSON document, with a line break.
void print(std::string_view text);
/// stderr; returns `code`, so that a command ends with `return complain(…)`.
int complain(std::string_view what, int code = 1);

}  // namespace plimsoll::app
