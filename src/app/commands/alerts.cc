// plimsoll alerts [show|ack|decide]: who was told of what; to take one, and to say what is done.
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "alert/decision.h"
#include "app/ask.h"
#include "app/commands/commands.h"
#include "show/alerts_text.h"

namespace plimsoll::app {

namespace {

struct AlertsOptions {
    AskOptions ask;
    std::string state = "all", id;
    alert::Decision decision;
};

int show_answer(const AlertsOptions& options, const Result<std::string>& answer,
                std::string (*text)(json::Value)) {
    if (!answer) return complain(answer.error().what);
    if (options.ask.json) {
        print(*answer);
        return 0;
    }
    const auto document = json::Document::parse(*answer);
    if (!document) return complain("the server's answer is not JSON: " + document.error().what);
    print(text(document->root()));
    return 0;
}

std::string path_of(const AlertsOptions& options, std::string_view what = "") {
    return fmt::format("/api/v1/alerts/{}{}", options.id, what);
}

/// A person's word; the members that are not "".
int say(const AlertsOptions& options, std::string_view what,
        std::initializer_list<std::pair<std::string_view, std::string_view>> members) {
    json::Writer w;
    w.begin_object();
    for (const auto& [name, value] : members)
        if (!value.empty()) w.key(name).value(value);
    const auto asked = Asked::open(options.ask);
    if (!asked) return complain(asked.error().what);
    return show_answer(options, (*asked)->post(path_of(options, what), w.end_object().take()),
                       show::alert_text);
}

}  // namespace

void add_alerts(CLI::App& app, int& code) {
    const auto options = std::make_shared<AlertsOptions>();
    CLI::App* alerts = app.add_subcommand("alerts", "Who was told of what, and what is withheld");
    alerts->require_subcommand(0, 1);
    const auto ask_flags = [&](CLI::App* command) {
        AskOptions& ask = options->ask;
        command->add_option("--server", ask.server, "A running server")->capture_default_str();
        command->add_option("--key", ask.key, "Its key; of role label to take or decide")
            ->envname("PLIMSOLL_KEY");
        command->add_option("--data", ask.data,
                            "Open this data directory instead, if its server is not running");
        command->add_option("--config", ask.config, "With --data: its configuration");
        command->add_flag("--json", ask.json, "JSON instead of words");
    };
    ask_flags(alerts);
    alerts->add_option("--state", options->state, "Only these")
        ->check(CLI::IsMember({"open", "acknowledged", "recovered", "decided", "all"}));
    alerts->callback([alerts, options, &code] {
        if (!alerts->get_subcommands().empty()) return;
        code =
            show_answer(*options, ask(options->ask, "/api/v1/alerts", {"state=" + options->state}),
                        show::alerts_text);
    });
    const auto of_one = [&](const char* name, const char* says) {
        CLI::App* command = alerts->add_subcommand(name, says);
        ask_flags(command);
        command->add_option("id", options->id, "The alert's id")
            ->required()
            ->check([](const std::string& id) {
                const bool hex = id.find_first_not_of("0123456789abcdef") == std::string::npos;
                return hex && id.size() == 16 ? "" : "an alert's id is 16 hex digits";
            });
        return command;
    };
    CLI::App* show = of_one("show", "One alert with its whole story");
    show->callback([options, &code] {
        code = show_answer(*options, ask(options->ask, path_of(*options), {}), show::alert_text);
    });
    CLI::App* ack = of_one("ack", "Take it: nobody else is asked any more");
    ack->add_option("--by", options->decision.by, "Your name")->required();
    ack->callback([options, &code] {
        code = say(*options, "/acknowledge", {{"by", options->decision.by}});
    });
    CLI::App* decide = of_one("decide", "Say what is done about it; kept in the evidence trail");
    std::vector<std::string> words;
    std::string footer = "Decisions:";
    for (const alert::DecisionKind& kind : alert::decision_kinds) {
        words.emplace_back(kind.word);
        footer += fmt::format("\n  {:<16} {}", kind.word, kind.says);
    }
    decide->add_option("--decision", options->decision.kind, "What")
        ->required()
        ->check(CLI::IsMember(words));
    decide->add_option("--by", options->decision.by, "Your name")->required();
    decide->add_option("--reason", options->decision.reason, "Why, in a sentence")->required();
    decide->add_option("--link", options->decision.link, "To the change or the ticket");
    decide->footer(footer);
    decide->callback([options, &code] {
        const alert::Decision& d = options->decision;
        code = say(*options, "/decide",
                   {{"decision", d.kind}, {"by", d.by}, {"reason", d.reason}, {"link", d.link}});
    });
}

}  // namespace plimsoll::app
