#include "net/channel_sender.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/sha256.h"
#include "net/http_server.h"

namespace plimsoll::net {
namespace {

using namespace std::chrono_literals;
using alert::ChannelKind;
using testing::HasSubstr;

/// Answers every request alike; keeps what it saw.
class Receiver : public HttpService {
  public:
    HttpReply reply;
    std::string body, path;
    std::map<std::string, std::string> fields;
    std::optional<HttpReply> refuse(const HttpHead&) override { return std::nullopt; }
    void handle(HttpCall call) override {
        body = std::move(call.body);
        for (std::size_t i = 0; i < call.head.field_count(); ++i)
            fields[std::string(call.head.name(i))] = call.head.value(i);
        call.exchange.answer(reply);
    }
    HttpReply fault(const HttpHead*, int status, std::string_view) override {
        return {.status = status};
    }
};

struct ChannelSenderTest : testing::Test {
    void SetUp() override {
        auto opened =
            HttpServer::open({.address = {.port = 0}, .stop_within = 100ms}, receiver, budget);
        ASSERT_TRUE(opened) << opened.error().what;
        server = std::move(*opened);
        message.id = "0af7651916cd43dd8448eb211c80319c";
        message.alert = "00000000000000aa";
        message.step = "opened";
        message.headline = "tone fell";
    }
    std::string url() { return "http://127.0.0.1:" + std::to_string(server->port()) + "/hook"; }
    alert::Channel channel(ChannelKind kind) {
        alert::Channel channel;
        channel.kind = kind;
        channel.repeat = 1min;
        return channel;
    }
    Receiver receiver;
    ByteBudget budget{16u << 20};
    std::unique_ptr<HttpServer> server;
    alert::Message message;
    const UnixNanos now = 1'767'571'200 * nanos_per_second;
};

TEST_F(ChannelSenderTest, a_webhook_is_signed_over_its_time_and_body) {
    ChannelSender sender(channel(ChannelKind::webhook), url(), "s3cret");
    EXPECT_TRUE(sender.send(message, now).taken);
    EXPECT_EQ(receiver.fields["plimsoll-id"], message.id);
    EXPECT_EQ(receiver.fields["idempotency-key"], message.id);
    EXPECT_EQ(receiver.fields["plimsoll-timestamp"], "1767571200");
    EXPECT_EQ(receiver.fields["plimsoll-signature"],
              "v1=" + hmac_sha256_hex("s3cret", "1767571200." + receiver.body));
    ChannelSender unsigned_one(channel(ChannelKind::webhook), url(), "");
    receiver.fields.clear();
    EXPECT_TRUE(unsigned_one.send(message, now).taken);
    EXPECT_FALSE(receiver.fields.contains("plimsoll-signature"));
}

TEST_F(ChannelSenderTest, what_is_not_taken_says_why_and_when_to_come_back) {
    ChannelSender sender(channel(ChannelKind::slack), url(), "");
    receiver.reply = {.status = 429, .headers = "Retry-After: 7\r\n", .body = "slow down"};
    Sent sent = sender.send(message, now);
    EXPECT_FALSE(sent.taken);
    EXPECT_EQ(sent.why, "The channel's server answered 429: slow down");
    EXPECT_EQ(sent.retry_after, 7s);
    receiver.reply = {.status = 307, .headers = "Location: http://127.0.0.1:1/\r\n"};
    EXPECT_FALSE(sender.send(message, now).taken) << "nobody is followed elsewhere";
    server->stop();
    sent = sender.send(message, now);
    EXPECT_FALSE(sent.taken);
    EXPECT_THAT(sent.why, HasSubstr("The channel's server: "));
}

TEST_F(ChannelSenderTest, alertmanager_is_asked_at_its_own_path) {
    ChannelSender sender(channel(ChannelKind::alertmanager), url() + "/", "");
    EXPECT_TRUE(sender.send(message, now).taken);
    EXPECT_THAT(receiver.body, HasSubstr(R"("alertname":"PlimsollAlert")"));
}

TEST_F(ChannelSenderTest, the_pager_gets_its_key_in_the_body_and_nowhere_else) {
    ChannelSender sender(channel(ChannelKind::pagerduty), url(), "integration-key");
    EXPECT_TRUE(sender.send(message, now).taken);
    EXPECT_THAT(receiver.body, HasSubstr(R"("routing_key":"integration-key")"));
    receiver.reply = {.status = 400, .body = "no"};
    EXPECT_EQ(sender.send(message, now).why, "The channel's server answered 400: no");
}

}  // namespace
}  // namespace plimsoll::net
