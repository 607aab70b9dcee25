#include "app/configuration/options.h"

#include <fmt/format.h>

#include "app/configuration/units.h"
#include "evaluate/checks/checks.h"

namespace plimsoll::app {

namespace {

using C = Configuration;

const Option options[] = {
    {"owners", OwnReader{"group", "none"}, "Who acts on what the dimensions show."},
    {"owners.*", OwnReader{"group"}, "One team; its name is what a dimension's `owner` says."},
    {"owners.*.rotation", OwnReader{"list of names"},
     "People who take turns at being on call, at least one."},
    {"owners.*.every", OwnReader{"duration", "1w"}, "How long one turn is."},
    {"owners.*.starts", OwnReader{"date", "1970-01-05, a Monday"},
     "When the first person's first turn begins, UTC."},
    {"owners.*.notify", OwnReader{"list of channels", "none"},
     "Channels on which the team is told; needed before one of its dimensions may alert."},
    {"owners.*.acknowledge_within", OwnReader{"duration", "30m"},
     "How long a page waits for somebody before the next step of `escalate`."},
    {"owners.*.escalate", OwnReader{"list of next and fallback", "[next, fallback], as there are"},
     "Who is asked when nobody acknowledged: the next of the rotation, the `fallback` channels."},
    {"owners.*.fallback", OwnReader{"list of channels", "none"}, "Channels of last resort."},
    {"owners.*.quiet", OwnReader{"group", "none"},
     "Hours in which the team is told only what is critical; the rest is told when they end."},
    {"owners.*.quiet.from", OwnReader{"time of day"}, "\"22:00\"."},
    {"owners.*.quiet.to", OwnReader{"time of day"}, "\"07:00\"; over midnight if before `from`."},
    {"owners.*.quiet.offset", OwnReader{"offset", "+00:00"},
     "Of the team's clock from UTC, \"+01:00\"; daylight saving is not followed."},
    {"owners.*.quiet.critical", OwnReader{"breaks_through or waits", "breaks_through"},
     "What becomes of a critical change meanwhile."},

    {"channels", OwnReader{"group", "none"}, "Ways to reach people."},
    {"channels.*", OwnReader{"group"}, "One channel; its name is what an owner's `notify` says."},
    {"channels.*.kind", OwnReader{"log, webhook, slack, pagerduty, alertmanager or email"},
     "log writes to the server's own log, webhook sends signed JSON, email speaks SMTP; docs/alerts.md "
     "has what each sends."},
    {"channels.*.url", OwnReader{"URL", "none"},
     "Where to: https, or http where the network is your own; email: smtp:// or smtps://. pagerduty "
     "knows its own."},
    {"channels.*.url_env", OwnReader{"environment variable", "none"},
     "Holds the URL instead, where knowing it is all one needs (Slack)."},
    {"channels.*.secret_env", OwnReader{"environment variable", "none"},
     "webhook: signs with it; pagerduty: integration key; email: password."},
    {"channels.*.user", OwnReader{"text", "none"}, "email: whom the server knows us as."},
    {"channels.*.from", OwnReader{"mail address", "none"}, "email: the sender."},
    {"channels.*.to", OwnReader{"list of mail addresses", "none"}, "email: the receivers."},
    {"channels.*.repeat", OwnReader{"duration", "1m"},
     "alertmanager: an active alert is told again so often; it forgets what it does not hear of."},

    {"alerts", OwnReader{"group", "as below"}, "What holds for all alerts."},
    {"alerts.page_url", OwnReader{"URL", "http:// and the page's address"},
     "Where people reach the page: links in messages begin with it."},
    {"alerts.owner", OwnReader{"owner", "the first of `owners`"},
     "Who acts on what belongs to no dimension: coverage, traffic."},

    {"dimensions", OwnReader{"group"},
     "The aspects of behavior the team watches, in the order of the scorecard; 3 to 7 is usual."},
    {"dimensions.*", OwnReader{"group"}, "One aspect: letters, digits, _ and -."},
    {"dimensions.*.says", OwnReader{"sentence"}, "What is true of an interaction that scores 1."},
    {"dimensions.*.owner", OwnReader{"owner"}, "Who acts on it."},
    {"dimensions.*.evaluators", OwnReader{"list"},
     "What scores it; the lowest score of an interaction is the dimension's."},
    {"dimensions.*.evaluators[].check", OwnReader{"check", "none"},
     "A deterministic check; its parameters stand beside this key."},
    {"dimensions.*.evaluators[].judge", OwnReader{"judge", "none"},
     "A judge from `judges`, in place of a check."},
    {"dimensions.*.evaluators[].name", OwnReader{"text", "the check's or judge's name"},
     "What the evaluator is called, where one check is used twice in a dimension."},
    {"dimensions.*.evaluators[].where", OwnReader{"attribute: value", "everywhere"},
     "Only interactions with these attributes are scored. Beside attributes: service, environment, "
     "provider, model, prompt."},
    {"dimensions.*.judged", OwnReader{"all or passing", "all"},
     "passing: its judges are asked only where none of its checks failed."},
    {"dimensions.*.alert", OwnReader{"group", "none"},
     "Whether its owner is told when it gets worse."},
    {"dimensions.*.alert.page", OwnReader{"default or none", "none"},
     "default: the owner's channels are used."},
    {"dimensions.*.alert.critical", OwnReader{"number above 0, at most 1", "0.1"},
     "A change of the mean score by so much breaks through quiet hours; of latency or cost, by five "
     "times this share of what it was."},

    {"judges", OwnReader{"group", "none"}, "Language models that score by a rubric."},
    {"judges.*", OwnReader{"group"}, "One judge; its name is what an evaluator's `judge` says."},
    {"judges.*.model", OwnReader{"group"}, "Which model is asked."},
    {"judges.*.model.api", OwnReader{"openai or anthropic"},
     "The protocol its server speaks: openai for chat completions (OpenAI, Azure, vLLM, Ollama, "
     "llama.cpp, LiteLLM), anthropic for messages."},
    {"judges.*.model.base_url", OwnReader{"URL"},
     "Where it is served; no name or password in it, a key stands in `key_env`."},
    {"judges.*.model.name", OwnReader{"text"}, "The model's name there."},
    {"judges.*.model.key_env", OwnReader{"environment variable", "none"}, "Holds the key."},
    {"judges.*.model.idempotent", OwnReader{"true or false", "false"},
     "true: its server answers a repeated Idempotency-Key from its own record, unpaid; then a reply "
     "that a crash has lost is asked for again."},
    {"judges.*.model.price", OwnReader{"group", "not known"},
     "US dollars for a million tokens; without it no cost is known."},
    {"judges.*.model.price.input", OwnReader{"number"}, "Of what is sent."},
    {"judges.*.model.price.output", OwnReader{"number"}, "Of what is answered."},
    {"judges.*.rubric", OwnReader{"file"}, "What it judges by, versioned by its content."},
    {"judges.*.prompt", OwnReader{"file", "question, documents, tool calls, answer"},
     "The message it is asked with: text with places {{question}}, {{conversation}}, "
     "{{system_prompt}}, {{documents}}, {{tool_calls}}, {{answer}}; {{documents?}} where there may "
     "be none."},
    {"judges.*.scale", OwnReader{"binary, {graded: [1, 5]} or {classes: {name: score}}", "binary"},
     "What it answers with: pass or fail, a whole number, or one of the team's own words with its "
     "score from 0 to 1."},
    {"judges.*.deadline", OwnReader{"duration", "1m"}, "For one request."},
    {"judges.*.parameters", OwnReader{"group", "as below"}, "How the model is asked."},
    {"judges.*.parameters.temperature", OwnReader{"number or none", "0"}, "none: not sent."},
    {"judges.*.parameters.max_tokens", OwnReader{"count", "1024"}, "Of its reply."},
    {"judges.*.parameters.seed", OwnReader{"whole number", "none"}, "Sent where api is openai."},
    {"judges.*.parameters.structured", OwnReader{"true or false", "true"},
     "Ask the server to hold the reply to a schema; false for servers that cannot."},
    {"judges.*.parameters.content_characters", OwnReader{"count", "60000"},
     "Characters of data for each place of the prompt; the middle of more is left out."},
    {"judges.*.parameters.extra", OwnReader{"group", "none"},
     "Further members of the request, as the server's documentation has them."},
    {"judges.*.sample", OwnReader{"group", "all"}, "How much it is asked."},
    {"judges.*.sample.rate", OwnReader{"number above 0, at most 1", "1"},
     "Probability with which an interaction is judged. 0 is refused: what can never be judged "
     "cannot be estimated."},
    {"judges.*.sample.floor", OwnReader{"number above 0, at most 1", "0.02, or the rate"},
     "No interaction is judged with a smaller probability, however short the money is: no score "
     "counts for more than 1 / floor."},
    {"judges.*.sample.reasons", OwnReader{"reason: number", "three times the rate"},
     "Probability with which an interaction is judged that has a reason: escalation, "
     "negative_feedback, re_submission, error, failed_check, low_score_elsewhere."},
    {"judges.*.sample.usd_per_day", OwnReader{"number", "no limit"},
     "US dollars it may cost a day."},
    {"judges.*.sample.requests_per_minute", OwnReader{"number", "no limit"},
     "What its provider allows."},
    {"judges.*.sample.tokens_per_minute", OwnReader{"number", "no limit"},
     "What its provider allows."},

    {"judges.*.sentinels", OwnReader{"group", "as below"},
     "Interactions that it scores again and again: the only way to notice that another model stands "
     "behind the same name."},
    {"judges.*.sentinels.items", OwnReader{"count", "200"},
     "How many, 20 or more; taken once so many were judged. 0: none."},
    {"judges.*.sentinels.scorings", OwnReader{"odd number, 3 or more", "15"},
     "How often each is scored at the beginning, to know how often the judge contradicts itself."},
    {"judges.*.sentinels.every", OwnReader{"duration", "1d"}, "How often they are scored again."},

    {"judging", OwnReader{"group", "no limit"}, "What holds for all judges together."},
    {"judging.usd_per_day", OwnReader{"number", "no limit"},
     "US dollars that all judges together may cost a day."},

    {"slices", OwnReader{"list of attributes", "none"},
     "Attributes whose values part the traffic on the scorecard, and are watched on their own."},

    {"watch", OwnReader{"group", "as below"}, "How changes of behavior are looked for."},
    {"watch.false_pages_per_90_days",
     CountField{[](C& c) -> std::size_t& { return c.watch.false_pages_per_90_days; }},
     "Pages without a cause that are accepted in 90 days, in the whole deployment. Fewer are paid "
     "for with later ones."},
    {"watch.reference_weeks",
     CountField{[](C& c) -> std::size_t& { return c.watch.reference_weeks; }, 2},
     "The first so many quiet weeks are what later ones are compared with. Watching begins after "
     "two."},
    {"watch.slice_values",
     CountField{[](C& c) -> std::size_t& { return c.watch.slice_values; }, 0},
     "Values of each attribute in `slices` that are watched: those with most sessions."},

    {"privacy", OwnReader{"group", "on"},
     "What is removed before anything is stored: personal data and secrets become placeholders."},
    {"privacy.enabled", OwnReader{"true or false", "true"},
     "false stores everything as it was sent, and says so at every start."},
    {"privacy.off", OwnReader{"list of kinds", "none"},
     "Kinds that are not looked for: email, phone, payment_card, iban, national_id, ip_address, "
     "api_key, json_token, private_key, bot_token, credential, url_password."},
    {"privacy.allow", OwnReader{"list of texts", "none"},
     "What stays as it is, exactly; @example.com for every address that ends so."},
    {"privacy.patterns", OwnReader{"LABEL: expression", "none"},
     "More to look for, in RE2; the label stands in the placeholder."},
    {"privacy.fields", OwnReader{"attribute: action", "none"},
     "keep, redact, pseudonym or drop for single attributes; name.* for all that begin with name."},
    {"privacy.pseudonymise_users", OwnReader{"true or false", "true"},
     "Ids and names of users (user.id, enduser.id, …) become pseudonyms: one person stays one."},
    {"privacy.consent_attribute", OwnReader{"attribute", "plimsoll.consent"},
     "On a span or its resource: content (all stays), metrics (numbers, models, outcomes), nothing "
     "(the span is not kept)."},
    {"privacy.default_consent", OwnReader{"content, metrics or nothing", "content"},
     "What holds where no attribute says."},

    {"server", OwnReader{"group", "as below"}, "Where the server listens, and how long it waits."},
    {"server.grpc", AddressField{[](C& c) -> std::string& { return c.server.grpc; }},
     "OTLP over gRPC. Any address but loopback needs an API key first."},
    {"server.http", AddressField{[](C& c) -> std::string& { return c.server.http; }},
     "OTLP over HTTP."},
    {"server.page", AddressField{[](C& c) -> std::string& { return c.server.page; }},
     "API and page."},
    {"server.head_timeout",
     DurationField{[](C& c) -> std::chrono::milliseconds& { return c.server.head_timeout; }},
     "From the first byte of a request's head to its last."},
    {"server.body_timeout",
     DurationField{[](C& c) -> std::chrono::milliseconds& { return c.server.body_timeout; }},
     "For a whole body, however steadily it comes."},
    {"server.idle_timeout",
     DurationField{[](C& c) -> std::chrono::milliseconds& { return c.server.idle_timeout; }},
     "Between two requests of a connection."},

    {"limits", OwnReader{"group", "as below"},
     "What senders may send. Past a limit of a span the span is refused, past one of a request the "
     "request is."},
    {"limits.body",
     SizeField{[](C& c) -> std::size_t& { return c.wire_limits.body_bytes_max; }, 1024},
     "One request's body, before inflation and after it."},
    {"limits.spans", CountField{[](C& c) -> std::size_t& { return c.wire_limits.spans_max; }},
     "Spans in one request."},
    {"limits.nesting", CountField{[](C& c) -> std::size_t& { return c.wire_limits.nesting_max; }},
     "Values inside each other in one attribute."},
    {"limits.attributes",
     CountField{[](C& c) -> std::size_t& { return c.wire_limits.attributes_max; }},
     "Attributes of one span, those of its events and links included."},
    {"limits.attribute_key",
     SizeField{[](C& c) -> std::size_t& { return c.wire_limits.attribute_key_bytes_max; }, 16},
     "Bytes of one attribute's key."},
    {"limits.connections",
     CountField{[](C& c) -> std::size_t& { return c.server.connections_max; }},
     "Connections of one door at once; one more is told to come back."},
    {"limits.byte_budget",
     SizeField{[](C& c) -> std::size_t& { return c.server.byte_budget; }, 1u << 20},
     "Bytes of all requests between socket and disk together; past it senders are told to come "
     "back, "
     "since a queue that may grow only moves the failure into memory."},

    {"assembly", OwnReader{"group", "as below"},
     "When the spans of a trace become an interaction."},
    {"assembly.quiet",
     DurationField{[](C& c) -> std::chrono::milliseconds& { return c.gather.quiet; }},
     "How long no span may come, once the root has ended."},
    {"assembly.age_max",
     DurationField{[](C& c) -> std::chrono::milliseconds& { return c.gather.age_max; }},
     "After this a trace is taken as it is, and marked incomplete if its root is missing."},
    {"assembly.open_spans",
     CountField{[](C& c) -> std::size_t& { return c.gather.open_spans_max; }},
     "Spans that wait for the rest of their traces; past it the oldest trace is closed."},
    {"assembly.spans_per_trace",
     CountField{[](C& c) -> std::size_t& { return c.gather.spans_per_trace_max; }},
     "Spans of one trace; past it the trace is closed."},

    {"journal", OwnReader{"group", "as below"}, "Where everything acknowledged is kept."},
    {"journal.disk_reserve",
     SizeField{[](C& c) -> std::size_t& { return c.journal_disk_reserve_bytes; }, 0},
     "Free space left on the disk; below it senders are told to come back."},
    {"facts", OwnReader{"group", "as below"}, "The columns that questions are answered from."},
    {"facts.memory",
     SizeField{[](C& c) -> std::size_t& { return c.facts_memory_bytes; }, 64u << 20},
     "Memory for them."},
};

OptionDescription describe(const Option& option) {
    Configuration defaults;
    OptionDescription described{std::string(option.key), "", "", std::string(option.says)};
    if (const auto* own = std::get_if<OwnReader>(&option.field)) {
        described.type = own->type;
        described.fallback = own->fallback.empty() ? "required" : own->fallback;
    } else if (const auto* address = std::get_if<AddressField>(&option.field)) {
        described.type = "address";
        described.fallback = address->of(defaults);
    } else if (const auto* count = std::get_if<CountField>(&option.field)) {
        described.type = "count";
        described.fallback = fmt::format("{}", count->of(defaults));
    } else if (const auto* size = std::get_if<SizeField>(&option.field)) {
        described.type = "size";
        described.fallback = size_text(size->of(defaults));
    } else if (const auto* duration = std::get_if<DurationField>(&option.field)) {
        described.type = "duration";
        described.fallback = to_text(duration->of(defaults));
    }
    return described;
}

}  // namespace

std::span<const Option> all_options() {
    return options;
}

std::vector<std::string_view> keys_of(std::string_view section) {
    std::vector<std::string_view> keys;
    for (const Option& option : options) {
        std::string_view key = option.key;
        if (!section.empty()) {
            if (!key.starts_with(section)) continue;
            key.remove_prefix(section.size());
            if (!key.starts_with('.')) continue;
            key.remove_prefix(1);
        }
        if (key.find_first_of(".[*") == key.npos) keys.push_back(key);
    }
    return keys;
}

std::vector<OptionDescription> describe_options() {
    std::vector<OptionDescription> described;
    for (const Option& option : options) described.push_back(describe(option));
    return described;
}

std::string explain_options() {
    std::string text =
        "Keys (durations: 250ms, 2s, 10m, 1h, 7d, 1w; sizes: 64KiB, 64MiB, 1GiB)\n\n";
    for (const OptionDescription& option : describe_options()) {
        text +=
            fmt::format("{}  <{}>  {}\n    {}\n", option.key, option.type,
                        option.fallback == "required" ? "required" : "default: " + option.fallback,
                        option.says);
    }
    text += "\nChecks\n\n";
    for (const evaluate::Check* check : evaluate::all_checks) {
        text += fmt::format("{}\n    {}\n", check->name, check->says);
        for (const evaluate::Parameter& parameter : check->takes) {
            text += fmt::format("    {}: {}{}  e.g. {}\n", parameter.name,
                                parameter.required ? "Required. " : "", parameter.says,
                                parameter.example);
        }
    }
    return text;
}

}  // namespace plimsoll::app
