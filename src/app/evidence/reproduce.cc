// plimsoll reproduce FINDING_OR_ALERT --out DIR: the proof of a finding, as a folder.
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "analyse/evidence/replay_bundle.h"
#include "app/ask.h"
#include "app/commands/commands.h"
#include "app/evidence/bundle_folder.h"
#include "app/evidence/opened_bundle.h"
#include "base/json.h"

namespace plimsoll::app {

namespace {

struct ReproduceOptions {
    AskOptions ask;
    std::string id, out;
    unsigned most = 1'000, before_days = 28;
};

Result<analyse::BundleFiles> files_of(const ReproduceOptions& options) {
    const auto answer = ask(
        options.ask, "/api/v1/bundles/" + options.id,
        {fmt::format("most={}", options.most), fmt::format("before_days={}", options.before_days)});
    if (!answer) return answer.error();
    const auto document = json::Document::parse(*answer, {.bytes_max = json::bytes_cap});
    const auto list = document ? document->root().find("files") : std::nullopt;
    if (!list) return Error{"the answer holds no files"};
    analyse::BundleFiles files;
    for (const json::Member file : list->members())
        files[std::string(file.key)] = file.value.as_string();
    return files;
}

std::string side_text(const char* name, const analyse::FigureSide& side) {
    return fmt::format("  {}: {:.4f} ({:.4f} to {:.4f}), {} scores of {} sessions\n", name,
                       side.mean, side.interval.low, side.interval.high, side.scores,
                       side.sessions);
}

int reproduce(const ReproduceOptions& options) {
    const auto files = files_of(options);
    if (!files) return complain(files.error().what, 3);
    const auto bundle = open_bundle(*files);
    if (!bundle) return complain(bundle.error().what, 3);
    const auto replayed =
        analyse::replay_bundle(bundle->evidence, bundle->configuration->scorecard);
    if (!replayed) return complain(replayed.error().what, 3);
    if (auto written = write_bundle_folder(options.out, *files); !written)
        return complain(written.error().what, 3);
    const record::Finding& finding = bundle->evidence.finding;
    if (options.ask.json) {
        json::Writer w;
        w.begin_object().key("digest").value(bundle->digest).key("equal").value(replayed->equal());
        w.key("figure").raw(analyse::to_json(replayed->figure)).end_object();
        print(w.text());
    } else {
        std::uint64_t bytes = 0;
        for (const auto& [name, content] : *files) bytes += content.size();
        fmt::print("{}\n{}{}  change: {:+.4f} ({:+.4f} to {:+.4f})\n", finding.says,
                   side_text("before", replayed->figure.before),
                   side_text("after", replayed->figure.after), replayed->figure.change,
                   replayed->figure.interval.low, replayed->figure.interval.high);
        fmt::print("{}: {} files, {:.1f} MB, digest {}\n", options.out, files->size(),
                   static_cast<double>(bytes) / 1e6, bundle->digest);
        for (const std::string& difference : replayed->differences)
            fmt::print("does not replay: {}\n", difference);
    }
    return replayed->equal() ? 0 : 1;
}

}  // namespace

void add_reproduce(CLI::App& app, int& code) {
    const auto options = std::make_shared<ReproduceOptions>();
    CLI::App* command = app.add_subcommand(
        "reproduce", "The proof of a finding or an alert as a folder, to be replayed anywhere");
    command->add_option("id", options->id, "Of the finding or alert")->required();
    command->add_option("--out", options->out, "Folder to make")->required();
    command->add_option("--most", options->most, "Interactions before and after, each at most")
        ->capture_default_str()
        ->check(CLI::Range(1, 100'000));
    command->add_option("--before-days", options->before_days, "How far back the time before goes")
        ->capture_default_str()
        ->check(CLI::Range(1, 400));
    command->add_option("--server", options->ask.server, "A running server")->capture_default_str();
    command->add_option("--key", options->ask.key, "Its read key")->envname("PLIMSOLL_KEY");
    command->add_option("--data", options->ask.data,
                        "Open this data directory instead, if its server is not running");
    command->add_option("--config", options->ask.config, "With --data: its configuration");
    command->add_flag("--json", options->ask.json, "JSON instead of words");
    command->callback([options, &code] { code = reproduce(*options); });
}

}  // namespace plimsoll::app
