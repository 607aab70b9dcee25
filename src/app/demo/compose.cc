#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/demo/faulty.h"
#include "app/demo/session.h"

namespace plimsoll::app::demo {
namespace {

/// English prose and JSON come to about four bytes per token.
std::int64_t tokens_of(std::string_view text) {
    return static_cast<std::int64_t>(text.size() + 3) / 4;
}

UnixNanos nanos(double seconds) {
    return static_cast<UnixNanos>(seconds * 1e9);
}

/// Where a text ends before the line that signs it.
std::size_t body_end(std::string_view text) {
    constexpr std::string_view signature = "\n\nThe Pakkolin team";
    return text.size() - (text.ends_with(signature) ? signature.size() : 0);
}

/// Builds the events of one turn front to back; `clock_` is where the turn has come to.
class Composer {
  public:
    Composer(const Session& session, std::size_t turn)
        : session_(session),
          turn_(session.story->turns[turn]),
          turn_number_(turn),
          chance_(mix({session.seed, turn, 0x7475726eu})) {
        circumstance_ = {session.position, turn_.tool ? turn_.tool->name : std::string_view{},
                         session.story->language, prompt_version(session.position)};
    }

    Happening compose() {
        describe();
        happening_.events.emplace_back().what = What::agent;
        clock_ = nanos(chance_.lognormal(.004, .5));
        if (!turn_.articles.empty()) retrieve();
        begin_conversation();
        const bool went_well = turn_.tool ? use_tool() : true;
        if (went_well) answer();
        clock_ += nanos(chance_.lognormal(.003, .5));
        Event& agent = happening_.events.front();
        agent.end = happening_.duration = clock_;
        const Event& last = happening_.events.back();
        if (last.what == What::model && !last.error_type.empty()) {
            agent.error_type = last.error_type;
            agent.error_message = last.error_message;
        }
        return std::move(happening_);
    }

  private:
    bool happens(Fault fault) { return chance_.happens(fault_rate(fault, circumstance_)); }
    std::string filled(std::string_view text) const { return fill(text, session_.values); }

    void describe() {
        const std::uint64_t high = mix({session_.seed, turn_number_, 1});
        const std::uint64_t low = mix({session_.seed, turn_number_, 2});
        std::copy_n(reinterpret_cast<const std::uint8_t*>(&high), 8,
                    happening_.trace.bytes.begin());
        std::copy_n(reinterpret_cast<const std::uint8_t*>(&low), 8,
                    happening_.trace.bytes.begin() + 8);
        happening_.seed = mix({session_.seed, turn_number_, 3});
        happening_.customer = session_.customer;
        happening_.user = fmt::format(
            "u-{:010x}", mix({session_.customer->users, session_.user,
                              session_.customer->id[1] * 64ull + session_.customer->id[2]}) >>
                             24);
        happening_.session = fmt::format("s-{:016x}", session_.seed);
        happening_.feature = session_.story->feature;
        happening_.language = session_.story->language;
        happening_.category = session_.story->category;
        happening_.prompt_version = circumstance_.prompt;
        const std::uint64_t tenth = session_.seed / 7 % 10;
        happening_.vocabulary = tenth == 0   ? Vocabulary::older
                                : tenth == 1 ? Vocabulary::openinference
                                             : Vocabulary::current;
        happening_.root_arrives = !happens(Fault::missing_root);
        slow_ = happens(Fault::slow) ? 3 : 1;
    }

    void retrieve() {
        Event found;
        found.what = What::retrieval;
        found.query = filled(turn_.question);
        double score = .93 - .1 * chance_.uniform();
        const auto add = [&](const Article& hit) {
            const bool known = std::ranges::any_of(
                found.found, [&](const Found& other) { return other.article == &hit; });
            if (known) return;
            found.found.push_back({&hit, std::round(score * 1000) / 1000});
            score *= .8 + .15 * chance_.uniform();
            context_ += fmt::format("{}[{}] {}\n{}", context_.empty() ? "" : "\n\n", hit.id,
                                    hit.title, hit.text);
        };
        for (std::string_view id : turn_.articles) add(article(id));
        add(chance_.pick(articles()));  // Retrievers also find what nobody asked for.
        if (circumstance_.prompt == "p3") add(chance_.pick(articles()));  // p3 takes one more.
        pass(found, chance_.lognormal(.06, .5));
    }

    void begin_conversation() {
        for (std::size_t before = 0; before < turn_number_; ++before) {
            const Turn& past = session_.story->turns[before];
            messages_.push_back({"user", filled(past.question), {}});
            messages_.push_back({"assistant", filled(past.answer), {}});
        }
        messages_.push_back({"user", filled(turn_.question), {}});
    }

    /// The model asks for the tool, the tool runs. False if that is where the interaction ends.
    bool use_tool() {
        ToolCall call{fmt::format("call_{:012x}", mix({happening_.seed, 77}) >> 16),
                      std::string(turn_.tool->name), filled(turn_.tool->arguments)};
        const bool unknown = happens(Fault::unknown_tool);
        const bool wrong = !unknown && happens(Fault::wrong_arguments);
        if (unknown) call.name = "track_parcel";
        if (wrong) call.arguments = wrong_arguments(call.name, call.arguments, chance_);

        Event asking = model_call();
        asking.output = {"assistant", "", call};
        asking.finish = "tool_call";
        asking.output_tokens = tokens_of(call.arguments) + 12;
        if (!finish_model_call(asking)) return false;

        Event running;
        running.what = What::tool;
        running.call = call;
        running.result = filled(turn_.tool->result);
        double seconds = chance_.lognormal(.12, .7);
        const auto fails = [&](std::string_view type, std::string_view message) {
            running.error_type = type;
            running.error_message = message;
            running.result = fmt::format(R"({{"error":"{}"}})", message);
            tool_failed_ = true;
        };
        if (unknown) {
            fails("unknown_tool", "no tool is called track_parcel");
        } else if (wrong &&
                   chance_.happens(.6)) {  // The others pass: not every tool looks closely.
            fails("invalid_arguments", "the arguments do not fit the tool");
        } else if (happens(Fault::tool_error)) {
            fails("timeout", "no answer from upstream within 5 s");
            seconds = 5;
        }
        pass(running, seconds);
        messages_.push_back({"assistant", "", call});
        messages_.push_back({"tool", running.result, call});
        return true;
    }

    void answer() {
        const Story& story = *session_.story;
        std::string text =
            tool_failed_ ? std::string(apology(story.language)) : filled(turn_.answer);
        if (circumstance_.prompt == "p3" && story.feature != Feature::ticket_triage)
            text.insert(body_end(text), elaboration(story.language, chance_));
        Event answering = model_call();
        answering.finish = "stop";
        if (happens(Fault::banned_phrase) && story.feature != Feature::ticket_triage)
            text.insert(0, banned_phrase(story.language, chance_));
        if (story.feature == Feature::ticket_triage && happens(Fault::invalid_json))
            text = invalid_json(text, circumstance_.position, chance_);
        if (happens(Fault::truncated)) {
            text = cut(text, .4 + .4 * chance_.uniform());
            answering.finish = "length";
        }
        if (happens(Fault::empty_answer)) text.clear();
        answering.output_tokens = tokens_of(text);
        answering.output = {"assistant", std::move(text), {}};
        finish_model_call(answering);
    }

    Event model_call() {
        Event call;
        call.what = What::model;
        call.model =
            model_for(happening_.feature, session_.customer->segment, circumstance_.position);
        call.system = prompt(circumstance_.prompt, happening_.feature).text;
        call.context = context_;
        call.input = messages_;
        call.offers_tools =
            happening_.feature == Feature::order_desk || happening_.feature == Feature::help_chat;
        call.wants_json = happening_.feature == Feature::ticket_triage;
        return call;
    }

    /// Adds up tokens, money and time. False if the model's service failed.
    bool finish_model_call(Event& call) {
        call.input_tokens = tokens_of(call.system) + tokens_of(call.context);
        for (const Said& said : call.input) call.input_tokens += tokens_of(said.text) + 4;
        if (call.offers_tools) call.input_tokens += 540;  // The six schemas.
        call.first_token_s = chance_.lognormal(call.model.first_token_s, .4) * slow_;
        double seconds = call.first_token_s + static_cast<double>(call.output_tokens) * slow_ *
                                                  chance_.lognormal(call.model.per_token_s, .3);
        const bool fails = happens(Fault::model_error);
        if (fails) {
            call.error_type = "overloaded";
            call.error_message = "503 from the model's service: overloaded, try again later";
            call.output = {"assistant", "", {}};
            call.finish = "";
            call.output_tokens = 0;
            seconds = call.first_token_s;
        }
        call.cost_usd = static_cast<double>(call.input_tokens) * call.model.usd_per_input_token +
                        static_cast<double>(call.output_tokens) * call.model.usd_per_output_token;
        pass(call, seconds);
        return !fails;
    }

    /// The event takes this long, after a short moment of the application's own.
    void pass(Event event, double seconds) {
        event.start = clock_;
        event.end = clock_ + nanos(seconds);
        clock_ = event.end + nanos(chance_.lognormal(.002, .5));
        happening_.events.push_back(std::move(event));
    }

    const Session& session_;
    const Turn& turn_;
    const std::size_t turn_number_;
    Chance chance_;
    Circumstance circumstance_;
    Happening happening_;
    UnixNanos clock_ = 0;
    double slow_ = 1;
    bool tool_failed_ = false;
    std::string context_;
    std::vector<Said> messages_;
};

}  // namespace

Happening compose(const Session& session, std::size_t turn) {
    return Composer(session, turn).compose();
}

}  // namespace plimsoll::app::demo
