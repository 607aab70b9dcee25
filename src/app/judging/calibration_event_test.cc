/// The article's calibration event, end to end: a tone judge whose agreement with people decays
/// from 0.61 to 0.52 when another model is put behind its name, noticed by its sentinels,
/// suspended, relabelled through the queue, and resumed once it is mended. Every step is on the
/// record.
///
/// The model is the stand-in with the matrices of demo/stand-in.yaml; people label by the truth.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <thread>

#include <fmt/format.h>

#include "analyse/calibration/judge_watch.h"
#include "analyse/calibration/label_queue.h"
#include "app/judging/journal_interactions.h"
#include "app/judging/judge_runner.h"
#include "app/stand_in/stand_in_server.h"
#include "app/system_clock.h"
#include "app/trust_parts.h"
#include "base/permanent_random.h"
#include "net/model_client.h"
#include "record/follower.h"
#include "record/memory_stores.h"
#include "store/duckdb_facts.h"
#include "store/sqlite_judge_ledger.h"
#include "store/sqlite_labels.h"
#include "store/sqlite_state.h"
#include "store/sqlite_trust_log.h"
#include "wire/otlp_writer.h"

namespace plimsoll::app {
namespace {

using namespace std::chrono_literals;
using analyse::Trust;
using record::TrustStep;
using testing::HasSubstr;

constexpr UnixNanos second = nanos_per_second, hour = 3600 * second, day = 24 * hour;

/// Runs as time does, and jumps where the story does.
class StoryClock : public Clock {
  public:
    UnixNanos now() const override { return began_ + jumped_ + real_.now() - real_began_; }
    void jump(UnixNanos by) { jumped_ += by; }

  private:
    SystemClock real_;
    const UnixNanos began_ = 1'767'571'200 * second;  // 2026-01-05, a Monday
    const UnixNanos real_began_ = real_.now();
    std::atomic<UnixNanos> jumped_{0};
};

StandInVersion version(const std::string& name, double right_of_good, double right_of_poor) {
    return {.name = name,
            .reports = "tone-judge",
            .says = {{"pass", {{"pass", right_of_good}, {"fail", 1 - right_of_good}}},
                     {"fail", {{"pass", 1 - right_of_poor}, {"fail", right_of_poor}}}}};
}

class CalibrationEvent : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "event-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        directory_ = name;

        // One answer in five is poor: with these shares Matthews' correlation is 0.61, 0.52, 0.83.
        StandInVersion first = version("january", 0.92, 0.693);
        StandInVersion second = version("february", 0.88, 0.666);
        StandInVersion third = version("march", 0.96, 0.89);
        second.from_request = third.from_request = std::uint64_t{1} << 60;  // By hand only.
        stand_in_ = std::move(
            *StandInServer::start({.models = {{.name = "tone-judge",
                                               .versions = {first, second, third},
                                               .truth = {{"pass", 0.8}, {"fail", 0.2}}}}}));

        evaluate::Judge judge;
        judge.name = "tone";
        judge.rubric = "Courteous, and as short as the question allows.";
        judge.model = {.base_url = stand_in_->url() + "/v1", .name = "tone-judge"};
        judge.sentinels = {.items = 100, .scorings = 3, .every = 24h};
        definition_ = evaluate::definition_hash(judge);
        evaluate::Dimension dimension;
        dimension.name = "tone";
        dimension.judges.push_back(
            {"tone", std::make_shared<const evaluate::Judge>(std::move(judge)), {}});
        scorecard_.dimensions.push_back(std::move(dimension));

        facts_ = std::move(
            store::open_duckdb_facts({.data_dir = directory_, .try_in_child = false})->facts);
        ASSERT_TRUE(store::open_sqlite_state({.data_dir = directory_}).ok());
        labels_ = std::move(*store::open_sqlite_labels(directory_ / "state.db"));
        log_ = std::move(*store::open_sqlite_trust_log(directory_ / "state.db"));
        ledger_ = std::move(store::open_sqlite_judge_ledger({.data_dir = directory_})->ledger);
        judging_ = std::make_unique<record::Judging>(*ledger_, record::judges_of(scorecard_));
        follower_ = std::move(
            *record::Follower::create(journal_, *facts_, scorecard_, "c", {}, judging_.get()));
        book_ = std::make_unique<analyse::TrustBook>(*facts_, *labels_, *log_, clock_,
                                                     evaluators_of(scorecard_),
                                                     std::vector<std::string>{});
        start_watch();
        interactions_ = std::make_unique<JournalInteractions>(*facts_, journal_);
        runner_ = std::move(
            *JudgeRunner::start(*ledger_, *interactions_, clock_,
                                {{.judge = *scorecard_.dimensions[0].judges[0].judge, .lane = 0}},
                                {{.api = &client_, .options = {}}}));
    }
    void TearDown() override {
        if (runner_) runner_->stop();
        runner_.reset();
        std::filesystem::remove_all(directory_);
    }

    /// As after a restart: what it knows is in the ledger and the log.
    void start_watch() {
        watch_ = std::make_unique<analyse::JudgeWatch>(*ledger_, *facts_, *labels_, *log_, *book_,
                                                       clock_, record::judges_of(scorecard_));
    }

    static TraceId trace_of(std::uint64_t number) {
        TraceId id;
        std::memcpy(id.bytes.data(), &number, sizeof number);
        id.bytes[15] = 1;
        return id;
    }
    static bool is_poor(TraceId trace) { return permanent_random("truth", trace.hex()) < 0.2; }

    /// So many users get an answer within the next hour, and the judge says what it thinks.
    void traffic(int count) {
        for (int i = 0; i < count; ++i) {
            const TraceId trace = trace_of(++sent_);
            SpanId root;
            root.bytes[7] = 1;
            const auto start = static_cast<std::uint64_t>(clock_.now());
            wire::outgoing::Span span{.trace = std::string(trace.raw()),
                                      .id = std::string(root.raw()),
                                      .parent = "",
                                      .name = "chat",
                                      .start = start,
                                      .end = start + 500'000'000};
            span.attributes = {
                {"gen_ai.operation.name", "chat"},
                {"gen_ai.conversation.id", fmt::format("session {}", sent_)},
                {"gen_ai.output.messages",
                 fmt::format(R"([{{"role":"assistant","parts":[{{"type":"text","content":)"
                             R"("Answer {} [[truth:{}]]"}}]}}])",
                             sent_, is_poor(trace) ? "fail" : "pass")}};
            journal_.receive(clock_.now(), to_otlp(wire::outgoing::request(
                                               {{"service.name", "support"}}, "test", {span})));
        }
        clock_.jump(hour);
        judged();
    }

    /// Until nothing is due any more, and the facts know it.
    void judged() {
        const auto follow = [&] {
            for (;;) {
                const auto more = follower_->step(clock_.now());
                ASSERT_TRUE(more) << more.error().what;
                if (!*more) return;
            }
        };
        follow();
        for (int i = 0; i < 6'000; ++i) {
            if (ledger_->due(definition_, 1)->empty()) {
                std::uint64_t in_flight = 0;
                const auto counts = ledger_->counts();
                for (const auto& [name, one] : *counts) in_flight += one.in_flight;
                if (in_flight == 0) break;
            }
            runner_->wake();
            std::this_thread::sleep_for(5ms);
        }
        follow();
    }

    void watch() {
        const auto done = watch_->step();
        ASSERT_TRUE(done) << done.error().what;
    }
    /// The watch wants, the judge answers, the watch takes.
    void a_day_passes() {
        clock_.jump(day);
        traffic(60);
        for (int i = 0; i < 4; ++i) {
            watch();
            judged();
        }
    }

    record::Label label(TraceId trace, record::LabelReason reason,
                        std::optional<double> inclusion) {
        record::Label label;
        label.interaction = trace;
        label.dimension = "tone";
        label.annotator = "ana";
        label.rubric = evaluate::rubric_version(*scorecard_.dimensions[0].judges[0].judge);
        label.score = is_poor(trace) ? 0 : 1;
        label.queued = reason;
        label.inclusion = inclusion;
        label.time = clock_.now();
        return label;
    }
    void put(const std::vector<record::Label>& labels) {
        ASSERT_TRUE(labels_->put(labels).ok());
        book_->changed();
    }
    /// Ana labels what the queue asks her first.
    void ana_labels(std::size_t count) {
        const auto queue = analyse::label_queue(*facts_, *labels_, {"tone", "ana", ""});
        std::vector<record::Label> labels;
        for (const auto& item : queue->items)
            if (queue->open(item) && labels.size() < count)
                labels.push_back(label(item.interaction, item.reason, item.inclusion));
        put(labels);
    }

    analyse::EvaluatorReport report() { return (*book_->read())->evaluators.front(); }
    double agreement() { return *report().trust.agreement.judge.front().value; }
    std::vector<record::TrustEvent> events(TrustStep step) {
        std::vector<record::TrustEvent> found;
        const auto all = log_->events();
        for (const auto& event : *all)
            if (event.step == step) found.push_back(event);
        return found;
    }

    StoryClock clock_;
    std::filesystem::path directory_;
    evaluate::Scorecard scorecard_;
    std::string definition_;
    record::MemoryJournal journal_;
    net::ModelClient client_{net::ModelClientOptions{}};
    std::unique_ptr<StandInServer> stand_in_;
    std::unique_ptr<record::Facts> facts_;
    std::unique_ptr<record::Labels> labels_;
    std::unique_ptr<record::TrustLog> log_;
    std::unique_ptr<record::JudgeLedger> ledger_;
    std::unique_ptr<record::Judging> judging_;
    std::unique_ptr<record::Follower> follower_;
    std::unique_ptr<analyse::TrustBook> book_;
    std::unique_ptr<analyse::JudgeWatch> watch_;
    std::unique_ptr<JournalInteractions> interactions_;
    std::unique_ptr<JudgeRunner> runner_;
    std::uint64_t sent_ = 0;
};

TEST_F(CalibrationEvent, from_061_to_052_and_back_by_labels) {
    // The team has labelled 300 of the first 400 answers.
    traffic(400);
    std::vector<record::Label> first;
    for (std::uint64_t number = 1; number <= 300; ++number)
        first.push_back(label(trace_of(number), record::LabelReason::random_audit, 0.75));
    put(first);
    EXPECT_NEAR(agreement(), 0.61, 0.05);
    const double before = agreement();

    // Its sentinels are frozen, and scored again on quiet days.
    for (int i = 0; i < 3; ++i) a_day_passes();
    ASSERT_EQ(watch_->status()[0].state, "watches");
    EXPECT_EQ(watch_->status()[0].items, 100u);
    EXPECT_EQ(watch_->status()[0].last->flips.flips, 0u);
    EXPECT_TRUE(events(TrustStep::suspended).empty());
    start_watch();  // A restart forgets nothing, and asks nothing again.
    const auto asked = stand_in_->counts().requests;
    watch();
    judged();
    EXPECT_EQ(stand_in_->counts().requests, asked);
    EXPECT_EQ(watch_->status()[0].state, "watches");

    // At night the provider puts another model behind the name. Replies look as before.
    ASSERT_TRUE(stand_in_->point("tone-judge", "february"));
    a_day_passes();
    ASSERT_EQ(events(TrustStep::suspended).size(), 1u);
    const record::TrustEvent suspended = events(TrustStep::suspended)[0];
    EXPECT_THAT(suspended.why, HasSubstr("of 100 sentinels changed their verdict"));
    EXPECT_TRUE(report().suspended);
    EXPECT_EQ(report().trust.agreement.compared, 0u);  // Old labels count for the old one.

    // What it had said is asked again, and compared on what people have labelled.
    ASSERT_EQ(events(TrustStep::compared).size(), 1u);
    EXPECT_THAT(
        events(TrustStep::compared)[0].why,
        HasSubstr(fmt::format("on 300 labelled ones agreement was {:.2f} and is 0.5", before)));
    EXPECT_EQ(events(TrustStep::compared)[0].since, suspended.since);

    // People are asked about what it says since then, until the gate has decided: it stays closed.
    for (int i = 0; i < 5; ++i) {
        a_day_passes();
        ana_labels(30);
    }
    EXPECT_GE(report().trust.agreement.compared, 40u);
    EXPECT_NE(report().trust.trust, Trust::open);
    EXPECT_NEAR(agreement(), 0.52, 0.12);
    EXPECT_EQ(events(TrustStep::suspended).size(), 1u);
    // The flips among what nobody had labelled are labelled now, and said once more.
    EXPECT_EQ(events(TrustStep::compared).size(), 2u);

    // It is mended. Again the sentinels notice, again people are asked, and now it opens.
    ASSERT_TRUE(stand_in_->point("tone-judge", "march"));
    for (int i = 0; i < 5; ++i) {
        a_day_passes();
        ana_labels(30);
    }
    EXPECT_EQ(events(TrustStep::suspended).size(), 2u);
    EXPECT_EQ(report().trust.trust, Trust::open);
    EXPECT_NEAR(agreement(), 0.83, 0.10);
    const record::TrustEvent resumed = log_->events()->back();
    EXPECT_EQ(resumed.step, TrustStep::labels);
    EXPECT_EQ(resumed.after, "open");
    EXPECT_GT(resumed.probability, 0.80);
    std::string story;
    const auto all = log_->events();
    for (const auto& event : *all)
        story += fmt::format("{} {} {} -> {}: {}\n", to_iso8601(event.time), to_word(event.step),
                             event.before, event.after, event.why);
    RecordProperty("story", story);
    if (std::getenv("STORY")) std::puts(story.c_str());
}

}  // namespace
}  // namespace plimsoll::app
