#include "net/model_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "net/http_server.h"

namespace plimsoll::net {
namespace {

using namespace std::chrono_literals;
using evaluate::ModelProtocol;
using evaluate::ModelResponse;
using testing::HasSubstr;
using Outcome = ModelResponse::Outcome;

/// Answers every request alike, or never; keeps what it saw.
class Fixed : public HttpService {
  public:
    std::optional<HttpReply> reply = HttpReply{.body = "{}"};  ///< nullopt: it hangs.
    std::string body;
    std::vector<std::pair<std::string, std::string>> fields;
    int calls = 0;
    std::vector<HttpExchange> hanging;

    std::optional<HttpReply> refuse(const HttpHead&) override { return std::nullopt; }
    void handle(HttpCall call) override {
        ++calls;
        body = std::move(call.body);
        fields.clear();
        for (std::size_t i = 0; i < call.head.field_count(); ++i)
            fields.emplace_back(call.head.name(i), call.head.value(i));
        if (reply)
            call.exchange.answer(*reply);
        else
            hanging.push_back(call.exchange);
    }
    HttpReply fault(const HttpHead*, int status, std::string_view) override {
        return {.status = status};
    }
    std::string field(const std::string& name) const {
        for (const auto& [key, value] : fields)
            if (key == name) return value;
        return "";
    }
};

class ModelClientTest : public testing::Test {
  protected:
    void SetUp() override {
        auto opened =
            HttpServer::open({.address = {.port = 0}, .stop_within = 100ms}, service, budget);
        ASSERT_TRUE(opened) << opened.error().what;
        server = std::move(*opened);
    }
    ModelResponse post(ModelClient& client, ModelProtocol api = ModelProtocol::openai,
                       std::chrono::milliseconds deadline = 10s) {
        return client.post({.api = api, .url = url("127.0.0.1"), .body = R"({"q":1})"}, deadline);
    }
    std::string url(const std::string& host) {
        return "http://" + host + ":" + std::to_string(server->port()) + "/v1/x";
    }

    Fixed service;
    ByteBudget budget{16u << 20};
    std::unique_ptr<HttpServer> server;
};

TEST_F(ModelClientTest, posts_the_body_with_the_key_of_its_protocol) {
    ModelClient client({.key = "secret"});
    service.reply = HttpReply{.type = "application/json", .body = R"({"a":1})"};
    const ModelResponse response = post(client);
    EXPECT_EQ(response.outcome, Outcome::answered);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, R"({"a":1})");
    EXPECT_EQ(service.body, R"({"q":1})");
    EXPECT_EQ(service.field("authorization"), "Bearer secret");
    EXPECT_EQ(service.field("content-type"), "application/json");
    post(client, ModelProtocol::anthropic);
    EXPECT_EQ(service.field("x-api-key"), "secret");
    EXPECT_EQ(service.field("anthropic-version"), "2023-06-01");
    EXPECT_EQ(service.field("authorization"), "");
    EXPECT_EQ(service.field("idempotency-key"), "");
    client.post({.url = url("127.0.0.1"), .body = "{}", .repeat_key = "k-7"}, 10s);
    EXPECT_EQ(service.field("idempotency-key"), "k-7");
}

TEST_F(ModelClientTest, reads_when_to_come_back) {
    ModelClient client({});
    const auto after = [&](const char* headers) {
        service.reply = HttpReply{.status = 429, .headers = headers};
        const ModelResponse response = post(client);
        EXPECT_EQ(response.status, 429);
        return response.retry_after;
    };
    EXPECT_EQ(after("Retry-After: 7\r\n"), 7s);
    EXPECT_EQ(after("Retry-After: 7\r\nretry-after-ms: 1500\r\n"), 1500ms);
    EXPECT_EQ(after("Retry-After: 99999999\r\n"), 24h);
    EXPECT_EQ(after(""), std::nullopt);
    EXPECT_EQ(after("Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n"), 0s);  // Long past.
}

TEST_F(ModelClientTest, keeps_its_deadline) {
    ModelClient client({});
    service.reply.reset();
    const auto began = std::chrono::steady_clock::now();
    const ModelResponse response = post(client, ModelProtocol::openai, 200ms);
    EXPECT_EQ(response.outcome, Outcome::timed_out);
    EXPECT_EQ(response.why, "No whole reply within 200 ms.");
    EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);  // A busy machine; not ten.
}

TEST_F(ModelClientTest, takes_only_so_much) {
    ModelClient client({.reply_bytes_max = 1000});
    service.reply = HttpReply{.body = std::string(1001, 'x')};
    const ModelResponse response = post(client);
    EXPECT_EQ(response.outcome, Outcome::broken);
    EXPECT_EQ(response.why, "The judge's server answered with more than 1000 bytes.");
    service.reply = HttpReply{.body = std::string(1000, 'x')};
    EXPECT_EQ(post(client).body.size(), 1000u);
}

TEST_F(ModelClientTest, follows_no_redirect) {
    ModelClient client({.key = "secret"});
    service.reply = HttpReply{.status = 307, .headers = "Location: " + url("localhost") + "\r\n"};
    EXPECT_EQ(post(client).status, 307);
    EXPECT_EQ(service.calls, 1);
}

TEST_F(ModelClientTest, connects_to_no_link_local_address) {
    ModelClient client({});
    for (const char* to : {"http://169.254.169.254/latest/meta-data", "http://[fe80::1]/",
                           "http://[::ffff:169.254.169.254]/", "http://[fd00:ec2::254]/"}) {
        const ModelResponse response = client.post({.url = to, .body = "{}"}, 2s);
        EXPECT_EQ(response.outcome, Outcome::unreachable) << to;
        EXPECT_THAT(response.why, HasSubstr("link-local")) << to;
    }
}

TEST_F(ModelClientTest, tells_what_was_not_reached_from_what_broke) {
    ModelClient client({});
    const std::string gone = url("127.0.0.1");
    server->stop();
    EXPECT_EQ(client.post({.url = gone, .body = "{}"}, 2s).outcome, Outcome::unreachable);
    EXPECT_EQ(client.post({.url = "file:///etc/passwd", .body = "{}"}, 2s).outcome,
              Outcome::unreachable);
    EXPECT_EQ(client.post({.url = "no url", .body = "{}"}, 2s).outcome, Outcome::unreachable);
    ModelClient with_bad_key({.key = "a\r\nX-Evil: 1"});
    EXPECT_EQ(with_bad_key.post({.url = gone, .body = "{}"}, 2s).outcome, Outcome::unreachable);
}

TEST_F(ModelClientTest, speaks_no_tls_with_who_cannot) {
    ModelClient client({});
    const ModelResponse response = client.post(
        {.url = "https://127.0.0.1:" + std::to_string(server->port()) + "/", .body = "{}"}, 5s);
    EXPECT_EQ(response.outcome, Outcome::unreachable);
}

TEST_F(ModelClientTest, stop_ends_what_is_under_way) {
    ModelClient client({});
    service.reply.reset();
    auto asked =
        std::async(std::launch::async, [&] { return post(client, ModelProtocol::openai, 60s); });
    std::this_thread::sleep_for(50ms);
    client.stop();
    EXPECT_EQ(asked.get().outcome, Outcome::broken);
}

}  // namespace
}  // namespace plimsoll::net
