#include "show/api.h"

#include <gmock/gmock.h>

#include "evaluate/checks/checks.h"
#include "record/memory_run_records.h"
#include "record/memory_stores.h"
#include "show/coverage_text.h"
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
    Result<std::vector<record::TraitCounts>> trait_counts(const Filter& filter,
                                                          UnixNanos step) override {
        asked.push_back(filter);
        record::TraitCounts shop{.time = monday, .service = "shop", .interactions = 4, .dropped = 2};
        shop.with[static_cast<std::size_t>(Trait::user)] = 3;
        trend_step = step;
        return std::vector{shop, record::TraitCounts{.time = monday, .interactions = 6}};
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
    Result<std::optional<std::pair<UnixNanos, UnixNanos>>> time_range() override { return range; }
    std::optional<std::pair<UnixNanos, UnixNanos>> range;
    UnixNanos trend_step = 0;
    std::optional<std::pair<UnixNanos, TraceId>> from_cursor;
};

/// Keeps what it is given.
struct MemoryLabels : record::Labels {
    std::vector<record::Label> kept;
    record::LabelFilter asked_for;
    Result<record::LabelsPut> put(std::span<const record::Label> labels) override {
        kept.insert(kept.end(), labels.begin(), labels.end());
        return record::LabelsPut{.added = labels.size()};
    }
    Result<std::vector<record::Label>> labels(const record::LabelFilter& filter) override {
        asked_for = filter;
        return kept;
    }
    Result<Done> ask(std::span<const record::LabelRequest> more) override {
        asked.insert(asked.end(), more.begin(), more.end());
        return Done{};
    }
    Result<std::vector<record::LabelRequest>> requests(const std::string&) override {
        return asked;
    }
    std::vector<record::LabelRequest> asked;
};

struct MemoryTrustLog : record::TrustLog {
    std::vector<record::TrustEvent> kept;
    Result<Done> append(std::span<const record::TrustEvent> events) override {
        kept.insert(kept.end(), events.begin(), events.end());
        return Done{};
    }
    Result<std::vector<record::TrustEvent>> events() override { return kept; }
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
    MemoryLabels labels;
    MemoryTrustLog trust_log;
    record::MemoryRunRecords records;
    analyse::TrustBook trust{facts, labels, trust_log, clock,
                             {{"format", "empty_output", "check", "empty_output@1", ""}}, {}};
    Api api{{.version = "0.1.0", .started = monday, .configuration = "c1", .scorecard = &scorecard,
             .owners = {{"web", {"ana", "bo"}, {"hook"}}},
             .on_call = [](const std::string&, UnixNanos) { return std::string("ana"); },
             .grpc = "127.0.0.1:4317"},
            {facts, journal, counts, clock, [] { return LiveStatus{.generation = 7}; }, &labels,
             &trust,
             [](const std::string& text) { return text == "call 555" ? "call <PHONE>" : text; },
             &records}};

    void label_some(int count);
    HttpAnswer get(const std::string& path, std::map<std::string, std::string> query = {}) {
        return api.answer({.method = "GET", .path = path, .query = std::move(query)});
    }
    HttpAnswer post(const std::string& path, const std::string& body) {
        return api.answer({.method = "POST", .path = path,
                           .headers = {{"content-type", "application/json"}}, .body = body});
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

TEST_F(ApiTest, a_label_is_kept_and_read_back) {
    const std::string label = R"({"interaction":"0af7651916cd43dd8448eb211c80319c",
        "dimension":"format","annotator":"ana","score":"unsure","note":"call 555"})";
    EXPECT_EQ(at(document(post("/api/v1/labels", label)).root(), {"added"}), "1");
    ASSERT_EQ(labels.kept.size(), 1u);
    EXPECT_EQ(labels.kept[0].time, clock.now());
    EXPECT_EQ(labels.kept[0].note, "call <PHONE>") << "redacted before it is stored";
    const auto answer = document(get("/api/v1/labels", {{"dimension", "format"}}));
    const json::Value first = *answer.root().find("labels")->elements().begin();
    EXPECT_EQ(at(first, {"score"}), R"("unsure")");
    EXPECT_EQ(at(first, {"inclusion"}), "null");
    EXPECT_EQ(labels.asked_for.dimension, "format");
}

TEST_F(ApiTest, of_many_labels_the_bad_ones_are_refused_with_their_row) {
    const auto answer = document(post("/api/v1/labels", R"({"labels":[
        {"interaction":"0af7651916cd43dd8448eb211c80319c","dimension":"format","annotator":"bo",
         "score":0.5},
        {"interaction":"0af7651916cd43dd8448eb211c80319c","dimension":"taste","annotator":"bo",
         "score":1}, {"score":7}]})"));
    EXPECT_EQ(at(answer.root(), {"added"}), "1");
    EXPECT_EQ(answer.root().find("refused")->size(), 2u);
    const json::Value first = *answer.root().find("refused")->elements().begin();
    EXPECT_EQ(at(first, {"row"}), "1");
    EXPECT_EQ(at(first, {"field"}), R"("dimension")");
}

TEST_F(ApiTest, a_label_that_cannot_be_kept_says_why) {
    EXPECT_EQ(post("/api/v1/labels", R"({"score":1})").status, 400);
    EXPECT_EQ(post("/api/v1/labels", "no json").status, 400);
    EXPECT_EQ(api.answer({.method = "POST", .path = "/api/v1/labels", .body = "{}"}).status, 415)
        << "a form on another site cannot send JSON without asking first";
    EXPECT_EQ(get("/api/v1/labels", {{"colour", "red"}}).status, 400);
    EXPECT_EQ(get("/api/v1/labels", {{"interaction", "xx"}}).status, 400);
    EXPECT_TRUE(labels.kept.empty());
    const auto refused = api.answer({.method = "DELETE", .path = "/api/v1/labels"});
    EXPECT_EQ(refused.status, 405);
    EXPECT_EQ(refused.headers.at("Allow"), "GET, HEAD, POST");
}

/// `count` interactions of which every fourth fails by the check, each with a label of ana's that
/// says the same but for every tenth.
void ApiTest::label_some(int count) {
    for (int i = 0; i < count; ++i) {
        record::InteractionFact fact;
        fact.trace.bytes[14] = static_cast<std::uint8_t>(i / 250);
        fact.trace.bytes[15] = static_cast<std::uint8_t>(i % 250 + 1);
        fact.start = monday + i * nanos_per_second;
        const double score = i % 4 == 0 ? 0 : 1;
        fact.scores.push_back({"format", "empty_output", "empty_output@1", score, "", "", 1.0});
        facts.interactions_by_trace[fact.trace] = fact;
        record::Label label;
        label.interaction = fact.trace;
        label.dimension = "format";
        label.annotator = "ana";
        label.score = i % 10 == 0 ? 1 - score : score;
        label.inclusion = 0.5;
        label.time = monday;
        labels.kept.push_back(label);
    }
}

TEST_F(ApiTest, trust_is_told_with_its_reasons_and_kept_as_a_step) {
    label_some(200);
    const auto answer = document(get("/api/v1/trust"));
    const json::Value one = *answer.root().find("evaluators")->elements().begin();
    EXPECT_EQ(at(one, {"evaluator"}), R"("empty_output")");
    EXPECT_EQ(at(one, {"trust"}), R"("open")");
    EXPECT_EQ(at(one, {"weighted"}), "true");
    EXPECT_EQ(at(one, {"figures", "compared"}), "200");
    EXPECT_EQ(at(one, {"confusion", "both_fail"}), "40");
    EXPECT_EQ(at(one, {"confusion", "only_people_fail"}), "10");
    EXPECT_EQ(one.find("misses")->size(), 20u);
    ASSERT_EQ(trust_log.kept.size(), 1u);
    EXPECT_EQ(trust_log.kept[0].after, "open");
    trust.changed();
    get("/api/v1/trust");
    EXPECT_EQ(trust_log.kept.size(), 1u) << "a step is told once";
}

TEST_F(ApiTest, a_sentinel_suspends_at_once_and_the_step_is_kept) {
    label_some(200);
    get("/api/v1/trust");
    ASSERT_TRUE(trust.suspend("format", "empty_output", "empty_output@1", clock.now(),
                              "20 of 200 sentinels changed").ok());
    const auto answer = document(get("/api/v1/trust"));
    const json::Value one = *answer.root().find("evaluators")->elements().begin();
    EXPECT_EQ(at(one, {"trust"}), R"("provisional")");
    EXPECT_EQ(at(one, {"relabelling"}), R"("label_more")");
    ASSERT_EQ(trust_log.kept.size(), 2u);
    EXPECT_EQ(trust_log.kept[1].before, "open");
    EXPECT_EQ(trust_log.kept[1].step, record::TrustStep::suspended);
}

TEST_F(ApiTest, who_labels_sees_neither_verdict_nor_probability) {
    label_some(20);
    labels.kept.clear();
    facts.range = {monday, monday + 60 * nanos_per_second};
    const auto answer = get("/api/v1/label-queue", {{"dimension", "format"}, {"annotator", "bo"}});
    const auto queue = document(answer);
    EXPECT_EQ(at(queue.root(), {"progress", "open_for_you"}), "20");
    EXPECT_EQ(at(queue.root(), {"rubric", "text"}), R"("Answers parse.")");
    EXPECT_EQ(at(queue.root(), {"scale", "kind"}), R"("binary")");
    for (const char* word : {"inclusion", "verdict", "queued"})
        EXPECT_EQ(answer.body.find(word), std::string::npos) << word;
    const std::string items = json::to_text(*queue.root().find("items"));
    EXPECT_EQ(items.find("score"), std::string::npos);
    EXPECT_EQ(get("/api/v1/label-queue", {{"dimension", "format"}}).status, 400);
    EXPECT_EQ(get("/api/v1/label-queue", {{"dimension", "x"}, {"annotator", "bo"}}).status, 400);

    const std::string item(queue.root().find("items")->elements().begin()
                               .operator*().find("interaction")->as_string());
    const auto body = [](const std::string& interaction) {
        return R"({"dimension":"format","annotator":"bo","score":1,"interaction":")" +
               interaction + "\"}";
    };
    EXPECT_EQ(post("/api/v1/label-queue", body(item)).status, 200);
    ASSERT_EQ(labels.kept.size(), 1u);
    EXPECT_EQ(labels.kept[0].inclusion, 1.0) << "filled in by the server";
    EXPECT_EQ(post("/api/v1/label-queue", body("0af7651916cd43dd8448eb211c80319c")).status, 409);
}

TEST_F(ApiTest, who_labels_needs_more_than_who_reads) {
    EXPECT_EQ(Api::needs({.method = "POST", .path = "/api/v1/labels"}), record::KeyRole::label);
    EXPECT_EQ(Api::needs({.method = "GET", .path = "/api/v1/labels"}), record::KeyRole::read);
    EXPECT_EQ(Api::needs({.method = "POST", .path = "/api/v1/nothing"}), record::KeyRole::read);
}

TEST_F(ApiTest, the_openapi_document_holds_every_route_and_every_column) {
    const auto answer = document(get("/api/v1/openapi.json"));
    for (const Route* route : all_routes) {
        const std::string_view method = route->method == "GET" ? "get" : "post";
        EXPECT_EQ(at(answer.root(), {"paths", route->path, method, "summary"}),
                  json::quoted(route->says));
    }
    EXPECT_EQ(at(answer.root(), {"paths", "/api/v1/labels", "post", "requestBody", "content",
                                 "application/json", "schema", "properties", "score", "type"}),
              R"(["number","string"])");
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

TEST_F(ApiTest, the_evidence_trail_is_paged_and_verified) {
    for (int i = 1; i <= 3; ++i)
        ASSERT_TRUE(records
                        .append({.time = monday + i, .kind = i == 2 ? "alert" : "watch",
                                 .subject = "tone", .tuple = R"({"model":"m"})",
                                 .from = monday, .to = monday + i, .result = R"({"n":1})"})
                        .ok());
    const auto page = document(get("/api/v1/records", {{"limit", "2"}}));
    const auto list = page.root().find("records");
    ASSERT_EQ(list->size(), 2u);
    const json::Value newest = *list->elements().begin();
    EXPECT_EQ(newest.find("seq")->as_integer(), 3);
    EXPECT_EQ(newest.find("tuple")->find("model")->as_string(), "m");
    EXPECT_EQ(page.root().find("next")->as_integer(), 2);
    const auto rest = document(get("/api/v1/records", {{"before", "2"}}));
    EXPECT_EQ(rest.root().find("records")->size(), 1u);
    EXPECT_TRUE(rest.root().find("next")->is_null());
    EXPECT_EQ(document(get("/api/v1/records", {{"kind", "alert"}})).root().find("records")->size(),
              1u);
    EXPECT_EQ(document(get("/api/v1/records/2")).root().find("kind")->as_string(), "alert");
    EXPECT_EQ(get("/api/v1/records/9").status, 404);
    EXPECT_EQ(get("/api/v1/records/x").status, 404);
    EXPECT_EQ(get("/api/v1/records", {{"limit", "0"}}).status, 400);
    const std::string head(
        document(get("/api/v1/chain")).root().find("head")->as_string());
    records.links_.pop_back();
    EXPECT_EQ(document(get("/api/v1/chain")).root().find("whole")->as_boolean(), true);
    const auto cut = document(get("/api/v1/chain", {{"head", head}}));
    EXPECT_EQ(cut.root().find("broken_at")->as_integer(), 3);
    EXPECT_EQ(get("/api/v1/chain", {{"head", "x"}}).status, 400);
}

TEST_F(ApiTest, coverage_says_what_could_be_seen_by_service_and_as_a_table) {
    const auto answer = document(get("/api/v1/coverage", {{"step", "3600"}, {"service", "shop"}}));
    EXPECT_EQ(facts.trend_step, 3600 * nanos_per_second);
    EXPECT_EQ(facts.asked[0].service, "shop");
    const auto shares = answer.root().find("all")->find("shares");
    EXPECT_EQ(shares->find("user")->find("with")->as_integer(), 3);
    EXPECT_EQ(shares->find("user")->find("of")->as_integer(), 10);
    EXPECT_EQ(shares->find("user")->find("share")->as_number(), 0.3);
    EXPECT_TRUE(shares->find("documents")->find("share")->is_null());
    EXPECT_EQ(answer.root().find("stretches")->size(), 2u);
    const std::string text = coverage_text(answer.root());
    EXPECT_THAT(text, testing::HasSubstr("10 interactions"));
    EXPECT_THAT(text, testing::HasSubstr("30.0%"));
    EXPECT_THAT(text, testing::HasSubstr("75.0%"));
    EXPECT_EQ(get("/api/v1/coverage", {{"step", "x"}}).status, 400);
}

}  // namespace
}  // namespace plimsoll::show
