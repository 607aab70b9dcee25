// The book of alerts and the outbox over the real stores, with a clock that the test turns.
#include <gmock/gmock.h>

#include <atomic>
#include <filesystem>
#include <future>

#include "alert/findings_for_test.h"
#include "app/alerting/alert_service.h"
#include "record/memory_findings.h"
#include "record/memory_run_records.h"
#include "record/memory_stores.h"
#include "show/api.h"
#include "store/sqlite_alert_log.h"
#include "store/sqlite_state.h"

namespace plimsoll::app {
namespace {

using alert::AlertBook;
using alert::AlertState;
using alert::Decision;
using alert::Refused;
using record::AlertStep;
using record::FindingKind;
using testing::ElementsAre;
using testing::HasSubstr;
using namespace std::chrono_literals;

struct TurnedClock : Clock {
    std::atomic<UnixNanos> time{alert::monday + 10 * alert::hour};
    UnixNanos now() const override { return time; }
};

struct AlertingTest : testing::Test {
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "alerting-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        directory = name;
        ASSERT_TRUE(store::open_sqlite_state({.data_dir = directory}).ok());
        open();
        record::Finding slow = alert::finding("f1", "latency");
        slow.kind = FindingKind::latency_drift;  // It needs nobody's trust.
        ASSERT_TRUE(findings.put({slow}).ok());
    }
    void TearDown() override {
        log.reset();
        std::filesystem::remove_all(directory);
    }
    void open() {
        book.reset();
        log = std::move(*store::open_sqlite_alert_log(directory / "state.db"));
        book = std::make_unique<AlertBook>(
            AlertBook::Parts{*log, findings, nullptr, &records, clock}, alert::policy(), "c1");
    }
    std::string first() { return (*log->events())[0].alert; }
    std::string steps() {
        std::string text;
        const auto events = log->events();
        for (const auto& event : *events)
            text += (text.empty() ? "" : " ") + std::string(to_word(event.step));
        return text;
    }
    std::filesystem::path directory;
    TurnedClock clock;
    record::MemoryFindings findings;
    record::MemoryRunRecords records;
    std::unique_ptr<record::AlertLog> log;
    std::unique_ptr<AlertBook> book;
};

TEST_F(AlertingTest, an_alert_is_opened_once_whoever_asks_and_however_often_it_restarts) {
    ASSERT_TRUE(book->step().ok());
    ASSERT_TRUE(book->step().ok());
    open();
    ASSERT_TRUE(book->step().ok());
    EXPECT_EQ(steps(), "opened");
    EXPECT_EQ(log->outgoing("")->size(), 1u);
    const auto page = book->read();
    ASSERT_TRUE(page.ok());
    ASSERT_EQ(page->alerts.size(), 1u);
    EXPECT_EQ(page->alerts[0].alert.asked, "dana");
    EXPECT_THAT(page->alerts[0].story.headline, HasSubstr("latency fell from 0.94 to 0.89"));
}

TEST_F(AlertingTest, without_trust_a_verdict_is_withheld_and_says_so) {
    ASSERT_TRUE(findings.put({alert::finding("f2", "faithfulness", alert::monday)}).ok());
    ASSERT_TRUE(book->step().ok());
    const auto page = book->read();
    ASSERT_EQ(page->alerts.size(), 1u);
    ASSERT_EQ(page->withheld.size(), 1u);
    EXPECT_EQ(page->withheld[0].finding.id, "f2");
    EXPECT_THAT(page->withheld[0].passage.why, HasSubstr("not at work"));
}

TEST_F(AlertingTest, a_person_takes_it_and_decides) {
    ASSERT_TRUE(book->step().ok());
    const auto taken = book->acknowledge(first(), "dana");
    ASSERT_TRUE(std::holds_alternative<alert::Alert>(*taken));
    EXPECT_EQ(std::get<alert::Alert>(*taken).state, AlertState::acknowledged);
    EXPECT_TRUE(book->acknowledge(first(), "emre").ok());
    EXPECT_EQ(steps(), "opened acknowledged") << "it was taken already";
    const auto decided = book->decide(
        first(), {.kind = "roll_back", .by = "dana", .reason = "v8 is slow", .link = ""});
    EXPECT_EQ(std::get<alert::Alert>(*decided).decision, "roll_back");
    const auto late = book->acknowledge(first(), "emre");
    EXPECT_EQ(std::get<Refused>(*late).fault, Refused::Fault::closed);
    EXPECT_EQ(std::get<Refused>(*book->acknowledge("0000000000000000", "emre")).fault,
              Refused::Fault::unknown);
    for (const Decision& bad :
         {Decision{"sleep", "dana", "why not", ""}, Decision{"roll_back", "", "x", ""},
          Decision{"roll_back", "dana", "", ""},
          Decision{"roll_back", "dana", "x", "javascript:alert(1)"},
          Decision{"roll_back", "da\nna", "x", ""}})
        EXPECT_EQ(std::get<Refused>(*book->decide(first(), bad)).fault, Refused::Fault::wrong);
}

TEST_F(AlertingTest, every_event_is_one_link_of_the_trail_across_restarts) {
    ASSERT_TRUE(book->step().ok());
    open();
    ASSERT_TRUE(book->acknowledge(first(), "dana").ok());
    open();
    ASSERT_TRUE(book->decide(first(), {"accept_baseline", "dana", "wanted", ""}).ok());
    ASSERT_TRUE(book->step().ok());
    std::vector<std::string> kinds;
    for (const auto& link : records.links_) kinds.push_back(link.kind);
    EXPECT_THAT(kinds, ElementsAre("alert", "alert", "decision"));
    const record::RunRecord& last = records.links_.back();
    EXPECT_EQ(last.subject, first());
    EXPECT_EQ(last.configuration, "c1");
    EXPECT_THAT(last.result, HasSubstr(R"("decision":"accept_baseline")"));
    EXPECT_THAT(last.result, HasSubstr(R"("by":"dana")"));
}

struct AlertApiTest : AlertingTest {
    void SetUp() override {
        AlertingTest::SetUp();
        ASSERT_TRUE(book->step().ok());
        api = std::make_unique<show::Api>(
            show::Deployment{.version = "0", .scorecard = &scorecard},
            show::ApiParts{facts, journal, counts, clock, [] { return show::LiveStatus{}; },
                           nullptr, nullptr,
                           [](const std::string& text) {
                               return text == "call 555" ? std::string("call <PHONE>") : text;
                           },
                           nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr,
                           nullptr, nullptr, book.get()});
    }
    show::HttpAnswer get(const std::string& path, std::map<std::string, std::string> query = {}) {
        return api->answer({.method = "GET", .path = path, .query = std::move(query)});
    }
    show::HttpAnswer post(const std::string& path, const std::string& body) {
        return api->answer({.method = "POST",
                            .path = path,
                            .headers = {{"content-type", "application/json"}},
                            .body = body});
    }
    std::string one() { return "/api/v1/alerts/" + first(); }
    record::MemoryFacts facts;
    record::MemoryJournal journal;
    record::IntakeCounts counts;
    evaluate::Scorecard scorecard;
    std::unique_ptr<show::Api> api;
};

TEST_F(AlertApiTest, a_list_and_the_whole_of_one) {
    ASSERT_TRUE(findings.put({alert::finding("f2")}).ok());
    const auto list = get("/api/v1/alerts");
    EXPECT_EQ(list.status, 200);
    EXPECT_THAT(list.body, HasSubstr(R"("id":")" + first() + R"(","state":"open")"));
    EXPECT_THAT(list.body, HasSubstr(R"("evaluator":"judge","labels_missing":null,"finding":{)"));
    EXPECT_THAT(get("/api/v1/alerts", {{"state", "decided"}}).body, HasSubstr(R"("alerts":[])"));
    EXPECT_EQ(get("/api/v1/alerts", {{"state", "asleep"}}).status, 400);
    EXPECT_EQ(get("/api/v1/alerts", {{"stat", "open"}}).status, 400);
    const auto whole = get(one());
    EXPECT_THAT(whole.body, HasSubstr(R"("command":"plimsoll reproduce )" + first()));
    EXPECT_THAT(whole.body, HasSubstr(R"("step":"opened")"));
    EXPECT_THAT(whole.body, HasSubstr(R"("channel":"platform","step":"opened","state":"pending")"));
    EXPECT_EQ(get("/api/v1/alerts/0000000000000000").status, 404);
}

TEST_F(AlertApiTest, people_speak_within_their_role) {
    EXPECT_EQ(show::Api::needs({.method = "POST", .path = one() + "/acknowledge"}),
              record::KeyRole::label);
    EXPECT_EQ(show::Api::needs({.method = "POST", .path = one() + "/decide"}),
              record::KeyRole::label);
    EXPECT_EQ(post(one() + "/acknowledge", R"({"by":""})").status, 400);
    EXPECT_EQ(post(one() + "/acknowledge", R"({"by":7})").status, 400);
    EXPECT_EQ(post(one() + "/acknowledge", R"({"by":"dana","until":"noon"})").status, 400);
    EXPECT_THAT(post(one() + "/acknowledge", R"({"by":"dana"})").body,
                HasSubstr(R"("acknowledged":{"by":"dana")"));
    const std::string decision =
        R"({"decision":"not_a_problem","by":"dana","reason":"call 555"})";
    EXPECT_THAT(post(one() + "/decide", decision).body, HasSubstr(R"("reason":"call \u003cPHONE\u003e")"));
    EXPECT_EQ(post(one() + "/acknowledge", R"({"by":"emre"})").status, 409);
    EXPECT_EQ(post("/api/v1/alerts/0000000000000000/decide", decision).status, 404);
}

TEST(PauseAfter, doubles_to_five_minutes_and_differs_by_notification) {
    for (const std::uint64_t attempts : {1u, 2u, 5u, 9u, 10u, 1'000u}) {
        const double whole = std::min(300.0, std::ldexp(1.0, static_cast<int>(attempts) - 1)) * 1e9;
        for (const char* id : {"a", "b", "c"}) {
            const auto pause = static_cast<double>(pause_after(attempts, id));
            EXPECT_GE(pause, 0.75 * whole);
            EXPECT_LE(pause, 1.25 * whole);
        }
        EXPECT_NE(pause_after(attempts, "a"), pause_after(attempts, "b"));
    }
}

/// Says what the test says, and keeps what it was told.
struct Mouth {
    std::mutex mutex;
    std::condition_variable heard;
    std::vector<std::string> ids;
    net::Sent answer{.taken = true, .why = "", .retry_after = {}};

    net::Sent operator()(const alert::Message& message) {
        const std::scoped_lock lock(mutex);
        ids.push_back(message.id);
        heard.notify_all();
        return answer;
    }
    void wait_for(std::size_t count) {
        std::unique_lock lock(mutex);
        EXPECT_TRUE(heard.wait_for(lock, 20s, [&] { return ids.size() >= count; }));
    }
};

TEST_F(AlertingTest, a_channel_that_refuses_is_told_again_under_the_same_id) {
    ASSERT_TRUE(book->step().ok());
    Mouth mouth;
    mouth.answer = {.taken = false, .why = "503", .retry_after = {}};
    {
        DeliveryThread thread("platform", *log, clock,
                              [&](const alert::Message& m, UnixNanos) { return mouth(m); });
        mouth.wait_for(1);
        thread.stop();
    }
    EXPECT_EQ((*log->outgoing(""))[0].attempts, 1u);
    mouth.answer.taken = true;
    clock.time += 2 * nanos_per_second;
    DeliveryThread thread("platform", *log, clock,
                          [&](const alert::Message& m, UnixNanos) { return mouth(m); });
    mouth.wait_for(2);
    thread.stop();
    EXPECT_EQ(mouth.ids[0], mouth.ids[1]);
    EXPECT_EQ((*log->outgoing(""))[0].state, record::Delivery::delivered);
}

TEST_F(AlertingTest, after_three_days_it_is_given_up) {
    ASSERT_TRUE(book->step().ok());
    Mouth mouth;
    mouth.answer = {.taken = false, .why = "gone", .retry_after = {}};
    clock.time += notification_lasts;
    DeliveryThread thread("platform", *log, clock,
                          [&](const alert::Message& m, UnixNanos) { return mouth(m); });
    mouth.wait_for(1);
    thread.stop();
    EXPECT_EQ((*log->outgoing(""))[0].state, record::Delivery::given_up);
    EXPECT_EQ((*log->outgoing(""))[0].error, "gone");
}

}  // namespace
}  // namespace plimsoll::app
