/// normalise: what is understood of OTLP files, as JSON lines, one for each interaction: every
/// field with its source, what was sent wrong, and what no convention reads.
#include <CLI/CLI.hpp>
#include <memory>

#include <fmt/format.h>

#include "app/commands/commands.h"
#include "app/commands/configured.h"
#include "app/file_interactions.h"
#include "interaction/describe.h"
#include "interaction/unmapped_counts.h"
#include "show/printable.h"
#include "show/step_json.h"

namespace plimsoll::app {

namespace {

using json::Writer;

std::string json_line(const Interaction& interaction) {
    Writer w;
    w.begin_object().key("trace").value(interaction.id.hex());
    w.key("recognised").value(interaction.recognised());
    w.key("incomplete").value(interaction.incomplete).key("failed").value(interaction.failed);
    w.key("start").value(to_iso8601(interaction.start));
    w.key("duration_ms").value(interaction.duration_ms());
    w.key("service").value(interaction.service);
    w.key("environment").value(interaction.environment);
    w.key("session").value(interaction.session).key("user").value(interaction.user);
    w.key("provider").value(interaction.provider);
    w.key("model").value(interaction.versions.model);
    w.key("prompt").value(interaction.versions.prompt);
    w.key("question").value(interaction.question).key("answer").value(interaction.answer);
    const Tokens& tokens = interaction.tokens;
    w.key("tokens").begin_object().key("input").value(tokens.input);
    w.key("output").value(tokens.output).key("cache_read").value(tokens.cache_read);
    w.key("cache_write").value(tokens.cache_write);
    w.key("reasoning").value(tokens.reasoning).end_object();
    w.key("cost_usd").value(interaction.cost_usd);
    w.key("first_token_s").value(interaction.first_token_s);
    w.key("attributes").begin_object();
    for (const auto& [key, value] : interaction.attributes) w.key(key).value(value);
    w.end_object().key("steps").begin_array();
    for (const Step& step : interaction.steps) {
        show::write_step(w, step, interaction.start, show::StepDetail::full);
    }
    w.end_array().end_object();
    return w.take();
}

struct NormaliseOptions {
    std::vector<std::string> files;
    std::string config;
    bool text = false;
    bool unmapped = false;
};

int normalise(const NormaliseOptions& options) {
    const auto configuration = configured(options.config);
    if (!configuration) return 1;
    int code = 0;
    const FileInteractions read = read_file_interactions(options.files, configuration->wire_limits);
    for (const std::string& complaint : read.complaints) code = complain(complaint);
    interaction::UnmappedCounts unmapped;
    for (const Interaction& interaction : read.interactions) {
        unmapped.add(interaction);
        if (options.unmapped) continue;
        print(options.text ? interaction::to_text(interaction, {.sources = true})
                           : json_line(interaction));
    }
    if (options.unmapped) {
        for (const auto& count : unmapped.most(interaction::UnmappedCounts::names_max + 1)) {
            print(fmt::format("{:>9}  {}  {}", count.spans, show::printable(count.name, 128),
                              show::printable(count.scope, 64)));
        }
    }
    return code;
}

}  // namespace

void add_normalise(CLI::App& app, int& code) {
    const auto options = std::make_shared<NormaliseOptions>();
    CLI::App* command = app.add_subcommand(
        "normalise",
        "What is understood of OTLP files: interactions as JSON lines, with the source "
        "of every field");
    command->add_option("--config", options->config, "Configuration file; built-in if left out");
    auto* text = command->add_flag("--text", options->text, "For a person, not a machine");
    command
        ->add_flag("--unmapped", options->unmapped,
                   "Only what no convention reads: spans, key, instrumentation")
        ->excludes(text);
    command->add_option("traces", options->files, "As of score")->required();
    command->callback([options, &code] { code = normalise(*options); });
}

}  // namespace plimsoll::app
