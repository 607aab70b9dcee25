#include "show/api.h"

#include <gmock/gmock.h>

#include "evaluate/checks/checks.h"
#include "record/memory_stores.h"
#include "show/routes.h"
#include "wire/otlp_writer.h"

namespace plimsoll::show {
namespace {

using record::Filter;
using record::ScoreSums;

constexpr UnixNanos monday = 1'767'571'200 * nanos_per_second;  // 2026-01-05T00:00:00Z

/// Answers what a test puts in, and remembers what was asked.
class AskedFacts : public record::MemoryFacts {
  public:
    std::vector<ScoreSums> sums;
    std::vector<Filter> asked;

    Result<std::vector<ScoreSums>> score_sums(const Filter& filter) override {
        asked.push_back(filter);
        return asked.size() == 1 ? sums : std::vector<ScoreSums>{};
    }
    Result<std::vector<record::TrendPoint>> trend(const Filter&, UnixNanos step) override {
        trend_step = step;
        return std::vector<record::TrendPoint>{
            {.time = monday, .dimension = "format", .scored = 60, .unscored = 4, .mean = 0.9},
            {.time = monday + step, .dimension = "format", .unscored = 3}};
    }
    Result<std::vector<record::InteractionRow>> interactions(
        const Filter& filter, std::size_t limit,
        std::optional<std::pair<UnixNanos, TraceId>> before) override {
        asked.push_back(filter);
        from_cursor = before;
        return std::vector<record::InteractionRow>(
            limit, {.trace = *TraceId::from_hex("0af7651916cd43dd8448eb211c80319c"),
                    .start = monday, .question = "<script>", .scores = {{"format", 0.5}}});
    }
    UnixNanos trend_step = 0;
    std::optional<std::pair<UnixNanos, TraceId>> from_cursor;
};

struct SetClock : Clock {
    UnixNanos now() const override { return monday + 86'400 * nanos_per_second; }
};

struct ApiTest : ::testing::Test {
    SetClock clock;
    record::MemoryJournal journal;
    AskedFacts facts;
    record::IntakeCounts counts;
    evaluate::Scorecard scorecard{.dimensions = {
        {.name = "format", .says = "Answers parse.", .owner = "web",
         .evaluators = {{.name = "empty_output", .check = evaluate::find_check("empty_output"),
                         .version = "empty_output@1"}}}}};
    Api api{{.version = "0.1.0", .started = monday, .configuration = "c1", .scorecard = &scorecard,
             .owners = {{"web", {"ana", "bo"}, {"hook"}}},
             .on_call = [](const std::string&, UnixNanos) { return std::string("ana"); },
             .grpc = "127.0.0.1:4317"},
            {facts, journal, counts, clock, [] { return LiveStatus{.generation = 7}; }}};

    HttpAnswer get(const std::string& path, std::map<std::string, std::string> query = {}) {
        return api.answer({.method = "GET", .path = path, .query = std::move(query)});
    }
    json::Document document(const HttpAnswer& answer) {
        auto parsed = json::Document::parse(answer.body);
        EXPECT_TRUE(parsed) << answer.body;
        return std::move(*parsed);
    }
};

std::string at(json::Value value, std::initializer_list<std::string_view> path) {
    for (const auto key : path) {
        const auto next = value.find(key);
        if (!next) return "nothing at " + std::string(key);
        value = *next;
    }
    return to_text(value);
}

TEST_F(ApiTest, status_says_how_the_server_is_doing) {
    counts.spans_accepted = 12;
    const auto answer = document(get("/api/v1/status"));
    EXPECT_EQ(at(answer.root(), {"generation"}), "7");
    EXPECT_EQ(at(answer.root(), {"intake", "spans_accepted"}), "12");
    EXPECT_EQ(at(answer.root(), {"now"}), R"("2026-01-06T00:00:00.000Z")");
    EXPECT_EQ(at(answer.root(), {"time_range"}), "null");
    EXPECT_EQ(at(answer.root(), {"endpoints", "grpc"}), R"("127.0.0.1:4317")");
}

TEST_F(ApiTest, a_mean_comes_with_its_interval_and_both_counts) {
    ScoreSums sums{.dimension = "format", .scored = 640, .unscored = 9, .weight = 640,
                   .weighted = 608, .bucket_weight = std::vector<double>(64, 10.0),
                   .bucket_weighted = std::vector<double>(64, 9.5)};
    facts.sums = {sums};
    const auto answer = document(get("/api/v1/scorecard", {{"from", "2026-01-05"},
                                                           {"to", "2026-01-06"}}));
    const json::Value format = *answer.root().find("dimensions")->elements().begin();
    EXPECT_EQ(at(format, {"mean"}), "0.95");
    EXPECT_EQ(at(format, {"scored"}), "640");
    EXPECT_EQ(at(format, {"unscored"}), "9");
    EXPECT_EQ(format.find("interval")->size(), 2u);
    EXPECT_EQ(at(format, {"on_call"}), R"("ana")");
    EXPECT_EQ(at(format, {"previous"}), "null");
    EXPECT_EQ(facts.asked[1].from, monday - 86'400 * nanos_per_second) << "the day before";
    EXPECT_EQ(facts.asked[1].to, monday);
    EXPECT_EQ(facts.trend_step, 3600 * nanos_per_second) << "24 points a day";
}

TEST_F(ApiTest, a_stretch_with_nothing_scored_has_no_mean) {
    const auto answer = document(get("/api/v1/scorecard", {{"from", "2026-01-05"},
                                                           {"to", "2026-01-06"}}));
    const json::Value format = *answer.root().find("dimensions")->elements().begin();
    EXPECT_EQ(at(format, {"mean"}), "null");
    EXPECT_EQ(at(format, {"interval"}), "null");
    auto points = format.find("trend")->elements();
    EXPECT_EQ(at(*++points.begin(), {"mean"}), "null");
}

TEST_F(ApiTest, a_list_goes_on_where_it_ended) {
    const auto first = document(get("/api/v1/interactions", {{"limit", "2"}}));
    const std::string next = std::string(first.root().find("next")->as_string());
    EXPECT_EQ(get("/api/v1/interactions", {{"limit", "2"}, {"before", next}}).status, 200);
    ASSERT_TRUE(facts.from_cursor);
    EXPECT_EQ(facts.from_cursor->first, monday);
    EXPECT_EQ(facts.from_cursor->second.hex(), "0af7651916cd43dd8448eb211c80319c");
}

TEST_F(ApiTest, what_is_asked_wrongly_is_told_with_place_and_mend) {
    const std::map<std::string, std::string> wrong[] = {
        {{"from", "yesterday"}}, {{"score_below", "2"}}, {{"failed", "maybe"}},
        {{"colour", "red"}},     {{"limit", "0"}},       {{"before", "x"}},
        {{"score_below", "nan"}}, {{"limit", "99999999999999999999"}},
    };
    for (const auto& query : wrong) {
        const HttpAnswer answer = get("/api/v1/interactions", query);
        EXPECT_EQ(answer.status, 400) << query.begin()->first;
        const auto error = document(answer);
        EXPECT_EQ(at(error.root(), {"error", "where"}),
                  "\"query parameter '" + query.begin()->first + "'\"");
        EXPECT_NE(at(error.root(), {"error", "mend"}), "\"\"");
    }
    EXPECT_EQ(get("/api/v1/interactions/zz").status, 400);
    EXPECT_EQ(get("/api/v1/interactions/0af7651916cd43dd8448eb211c80319c").status, 404);
    EXPECT_EQ(get("/api/v1/nothing").status, 404);
    EXPECT_EQ(get("/api/v1/status/").status, 200);
    EXPECT_EQ(api.answer({.method = "DELETE", .path = "/api/v1/status"}).status, 405);
}

TEST_F(ApiTest, A11_what_looks_like_sql_is_a_value_like_any_other) {
    const std::string evil = "'; DROP TABLE scores; --";
    EXPECT_EQ(get("/api/v1/interactions", {{"service", evil}, {"attr." + evil, evil}}).status, 200);
    EXPECT_EQ(facts.asked.back().service, evil);
    EXPECT_EQ(facts.asked.back().attributes.at(evil), evil);
}

TEST_F(ApiTest, A12_trace_content_cannot_leave_its_json_string) {
    const HttpAnswer answer = get("/api/v1/interactions", {{"limit", "1"}});
    EXPECT_EQ(answer.body.find("<script>"), std::string::npos);
    EXPECT_EQ(answer.type, "application/json");
}

TEST_F(ApiTest, the_catalogue_holds_every_check_we_ship) {
    const auto answer = document(get("/api/v1/catalogue"));
    EXPECT_EQ(answer.root().find("checks")->size(), std::size(evaluate::all_checks));
}

TEST_F(ApiTest, the_openapi_document_holds_every_route_and_every_column) {
    const auto answer = document(get("/api/v1/openapi.json"));
    EXPECT_EQ(answer.root().find("paths")->size(), std::size(all_routes));
    EXPECT_EQ(at(answer.root(), {"paths", "/api/v1/interactions/{trace}", "get", "responses", "200",
                                 "content", "application/json", "schema", "properties", "verdicts",
                                 "items", "properties", "score", "type"}),
              R"("number")");
    EXPECT_EQ(at(answer.root(), {"components", "responses", "Error", "content", "application/json",
                                 "schema", "properties", "error", "properties", "mend", "type"}),
              R"("string")");
}

TEST_F(ApiTest, one_interaction_is_read_back_from_the_journal) {
    const TraceId trace = *TraceId::from_hex("0af7651916cd43dd8448eb211c80319c");
    const SpanId span = *SpanId::from_hex("b7ad6b7169203331");
    journal.receive(monday, to_otlp(wire::outgoing::request(
        {{"service.name", "support"}}, "test",
        {{.trace = std::string(trace.raw()), .id = std::string(span.raw()), .name = "chat",
          .start = 5, .end = 10, .attributes = {{"gen_ai.operation.name", "chat"},
                                                {"app.secret\u202e", "x"}}}})));
    facts.interactions_by_trace[trace] = {
        .trace = trace, .places = {{span, 1, 0}},
        .scores = {{.dimension = "format", .evaluator = "empty_output", .score = 0.25},
                   {.dimension = "format", .evaluator = "other", .reason = "not_applicable"}}};
    const auto answer = document(get("/api/v1/interactions/" + trace.hex()));
    EXPECT_EQ(at(answer.root(), {"interaction", "scores", "format"}), "0.25");
    const json::Value step = *answer.root().find("steps")->elements().begin();
    EXPECT_EQ(at(step, {"kind"}), R"("model_call")");
    EXPECT_EQ(at(step, {"light"}), "false");
    EXPECT_FALSE(step.find("attributes"));

    const auto full = document(get("/api/v1/interactions/" + trace.hex() + "/steps/" + span.hex()));
    EXPECT_EQ(full.root().find("attributes")->size(), 2u);
    EXPECT_EQ(get("/api/v1/interactions/" + trace.hex() + "/steps/00f067aa0ba902b7").status, 404);
}

}  // namespace
}  // namespace plimsoll::show
