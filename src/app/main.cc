/// main.cc: the command line. What it can say is said here once; each command lives in commands/.
#include <CLI/CLI.hpp>
#ifdef PLIMSOLL_MIMALLOC
#include <mimalloc.h>
#endif

#include "app/commands/commands.h"
#include "app/statistics/commands.h"

int main(int count, char** words) {
    using namespace plimsoll;
    using namespace plimsoll::app;

#ifdef PLIMSOLL_MIMALLOC
    // Memory goes back to the system after a second without use. After mimalloc's own 25 ms a busy
    // journal is given new pages for every group: 16% more CPU on W1 (bench/RESULTS.md).
    mi_option_set(mi_option_decommit_delay, 1000);
#endif
    CLI::App app{"Plimsoll: how a deployed AI model behaves, whether that changed, and how sure one is"};
    app.require_subcommand(1);
    app.set_version_flag("--version", PLIMSOLL_VERSION);
    int code = 0;

    const auto serve_flags = [](CLI::App* command, ServeOptions& options) {
        command->add_option("--config", options.config, "Configuration file; built-in if left out");
        command->add_option("--data", options.data, "Data directory")->capture_default_str();
        command->add_option("--grpc", options.grpc, "OTLP/gRPC address, 127.0.0.1:4317 by default");
        command->add_option("--http", options.http, "OTLP/HTTP address, 127.0.0.1:4318 by default");
        command->add_option("--page", options.page, "API and page, 127.0.0.1:4320 by default");
        command->add_option("--ready-file", options.ready_file,
                            "Written with the bound addresses once all doors listen");
    };
    const auto ask_flags = [](CLI::App* command, AskOptions& options) {
        command->add_option("--server", options.server, "A running server")->capture_default_str();
        command->add_option("--key", options.key, "Its read key")->envname("PLIMSOLL_KEY");
        command->add_option("--data", options.data,
                            "Open this data directory instead, if its server is not running");
        command->add_option("--config", options.config, "With --data: the dimensions to report");
        command->add_flag("--json", options.json, "JSON instead of a table");
    };

    ServeOptions serve_options;
    CLI::App* serve_command = app.add_subcommand("serve", "Take traces, judge them, show them");
    serve_flags(serve_command, serve_options);
    serve_command->callback([&] { code = serve(serve_options); });

    ServeDemoOptions demo_options;
    demo_options.serve.data = "data/demo";
    CLI::App* demo_command =
        app.add_subcommand("demo", "Serve, and send the traffic of a small support assistant");
    serve_flags(demo_command, demo_options.serve);
    demo_command->add_option("--to", demo_options.to, "Send to this OTLP/HTTP door; start no server");
    demo_command->add_option("--story", demo_options.story, "What to play")->capture_default_str();
    demo_command->add_option("--per-day", demo_options.per_day, "Interactions, instead of the story's")
        ->check(CLI::Range(1, 1'000'000));
    demo_command->add_flag("!--no-live", demo_options.live, "End after filling in");
    demo_command->callback([&] { code = serve_demo(demo_options); });

    KeyOptions key_options;
    CLI::App* key_command = app.add_subcommand("key", "API keys");
    key_command->require_subcommand(1);
    const auto key_flags = [&](CLI::App* command, KeyOptions::Do what) {
        command->add_option("--data", key_options.data, "Data directory")->capture_default_str();
        command->add_flag("--json", key_options.json, "JSON instead of words");
        command->callback([&, what] {
            key_options.what = what;
            code = key(key_options);
        });
    };
    CLI::App* create = key_command->add_subcommand("create", "Make a key and show it once");
    std::string role;
    create->add_option("--role", role, "ingest, read, label or admin")->required()
        ->check(CLI::IsMember({"ingest", "read", "label", "admin"}))
        ->each([&](const std::string& word) { key_options.role = *record::key_role_named(word); });
    create->add_option("--note", key_options.note, "What it is for");
    key_flags(create, KeyOptions::Do::create);
    key_flags(key_command->add_subcommand("list", "Show keys, not their secrets"),
              KeyOptions::Do::list);
    CLI::App* revoke = key_command->add_subcommand("revoke", "End a key");
    revoke->add_option("id", key_options.id, "As in the list")->required();
    key_flags(revoke, KeyOptions::Do::revoke);

    FindingsOptions findings_options;
    CLI::App* findings_command =
        app.add_subcommand("findings", "What changed: where, since when and why");
    ask_flags(findings_command, findings_options.ask);
    findings_command->add_option("filters", findings_options.filters,
                                 "dimension=…, service=…, open=true");
    findings_command->callback([&] { code = findings(findings_options); });

    FindingsOptions coverage_options;
    CLI::App* coverage_command = app.add_subcommand(
        "coverage", "How much of the traffic could be seen, and what could not be scored");
    ask_flags(coverage_command, coverage_options.ask);
    coverage_command->add_option("filters", coverage_options.filters,
                                 "service=…, from=…, to=…, step=86400 (seconds)");
    coverage_command->callback([&] { code = coverage(coverage_options); });

    AskOptions trust_options;
    CLI::App* trust_command = app.add_subcommand(
        "trust", "What each evaluator may do: agreement with people, labels missing");
    ask_flags(trust_command, trust_options);
    trust_command->callback([&] { code = trust(trust_options); });

    AskOptions due_options;
    CLI::App* due_command = app.add_subcommand(
        "due", "What to do next: judges to calibrate, rubrics to revise, datasets to grow");
    ask_flags(due_command, due_options);
    due_command->callback([&] { code = due(due_options); });

    CheckConfigOptions config_options;
    CLI::App* config_command =
        app.add_subcommand("check-config", "Say what is wrong with a configuration, and where");
    config_command->add_option("file", config_options.config, "Configuration file");
    config_command->add_flag("--explain", config_options.explain, "List every option instead");
    config_command->add_flag("--json", config_options.json, "JSON instead of words");
    config_command->callback([&] { code = check_config(config_options); });

    ScorecardOptions scorecard_options;
    CLI::App* scorecard_command = app.add_subcommand("scorecard", "Every dimension, with intervals");
    ask_flags(scorecard_command, scorecard_options.ask);
    scorecard_command->add_option("filters", scorecard_options.filters,
                                  "name=value as in the API: from=2026-01-05 service=support");
    scorecard_command->callback([&] { code = scorecard(scorecard_options); });

    TraceOptions trace_options;
    CLI::App* trace_command = app.add_subcommand("trace", "One interaction with its verdicts");
    ask_flags(trace_command, trace_options.ask);
    trace_command->add_option("id", trace_options.trace, "Trace id, 32 hex digits")->required();
    trace_command->callback([&] { code = trace(trace_options); });

    RedactOptions redact_options;
    CLI::App* redact_command = app.add_subcommand(
        "redact", "Standard input without personal data and secrets, as they are stored");
    redact_command->add_option("--config", redact_options.config,
                               "Configuration file; built-in if left out");
    redact_command->add_option("--data", redact_options.data,
                               "Data directory whose placeholders to use");
    redact_command->add_flag("--list", redact_options.list, "Say what was found, and where");
    redact_command->add_flag("--json", redact_options.json, "JSON lines; implies --list");
    redact_command->callback([&] { code = redact(redact_options); });

    ScoreOptions score_options;
    CLI::App* score_command =
        app.add_subcommand("score", "Judge OTLP files without a server: verdicts as JSON lines");
    score_command->add_option("--config", score_options.config,
                              "Configuration file; built-in if left out");
    score_command->add_flag("--json", score_options.json, "JSON lines even on a terminal");
    score_command->add_option("traces", score_options.files,
                              "OTLP as JSON, JSON lines or protobuf; gzip, zstd; - for stdin")
        ->required();
    score_command->callback([&] { code = score(score_options); });

    add_erase(app, code);
    std::string spans_data = "data";
    CLI::App* spans_command =
        app.add_subcommand("spans", "Every \"trace span\" pair that the facts hold");
    spans_command->add_option("--data", spans_data, "Data directory")->capture_default_str();
    spans_command->callback([&] { code = spans(spans_data); });
    JudgeOptions judge_options;
    CLI::App* judge_command = app.add_subcommand(
        "judge", "Ask the judges about OTLP files without a server: verdicts as JSON lines");
    judge_command->add_option("--config", judge_options.config, "Configuration file");
    judge_command->add_option("--judge", judge_options.only, "This one only");
    judge_command->add_option("--at-once", judge_options.at_once, "Requests")
        ->capture_default_str()->check(CLI::Range(1, 256));
    judge_command->add_flag("--show-prompts", judge_options.show_prompts,
                            "Print what would be asked; ask nobody");
    judge_command->add_flag("--json", judge_options.json, "JSON lines even on a terminal");
    judge_command->add_option("traces", judge_options.files, "As of score");
    judge_command->callback([&, judge_command] {
        if (judge_command->get_subcommands().empty()) code = judge(judge_options);
    });
    add_judge_replay(*judge_command, code);

    StandInCommand stand_in_command;
    CLI::App* stand_in_app = app.add_subcommand(
        "stand-in", "A model's API without a model, for tests of judges: OpenAI's and Anthropic's");
    stand_in_app->add_option("--config", stand_in_command.config, "What it is to say and to spoil");
    stand_in_app->add_option("--port", stand_in_command.port, "On 127.0.0.1; 0 for any free one");
    stand_in_app->callback([&] { code = stand_in(stand_in_command); });
    add_normalise(app, code);
    add_agreement(app, code);
    add_label(app, code);
    add_dataset(app, code);
    add_records(app, code);
    add_reproduce(app, code);
    add_replay(app, code);
    add_alerts(app, code);

    add_drift(app, code);
    add_slices(app, code);

    add_gate(app, code);
    add_sample_size(app, code);
    add_trials(app, code);
    add_estimate(app, code);

    try {
        app.parse(count, words);
    } catch (const CLI::ParseError& error) {
        // To `gate` 2 means "not enough evidence": what it cannot understand is unusable input.
        const int not_understood = app.got_subcommand("gate") ? 3 : 2;
        return app.exit(error) == 0 ? 0 : not_understood;
    }
    return code;
}
