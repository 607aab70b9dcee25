#include "alert/bodies/bodies.h"

#include <gmock/gmock.h>

#include "alert/findings_for_test.h"
#include "base/json.h"

namespace plimsoll::alert {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// Opened, with a slice whose value somebody else chose.
Message message(const std::string& value = "billing") {
    std::vector<record::Finding> findings{finding("f1")};
    findings[0].slice = {{"customer.segment", value}};
    const std::vector<Standing> trust{standing(analyse::Trust::open)};
    const Policy team = policy();
    const std::vector<Alert> none;
    const Steps steps = next_steps({none, findings, trust, team, monday + 10 * hour});
    return *message_from_json(steps.notifications.front().message);
}

std::string at(const std::string& body, std::initializer_list<std::string_view> path) {
    const auto document = json::Document::parse(body);
    EXPECT_TRUE(document) << body;
    if (!document) return "";
    json::Value value = document->root();
    if (value.is_array()) value = *value.elements().begin();
    for (const std::string_view key : path) {
        const auto next = value.find(key);
        if (!next) return "nothing at " + std::string(key);
        value = *next;
    }
    return value.is_string() ? std::string(value.as_string()) : to_text(value);
}

TEST(Bodies, a_webhook_gets_every_part_of_the_message) {
    const std::string body = webhook_body(message());
    EXPECT_EQ(at(body, {"version"}), "1");
    EXPECT_EQ(at(body, {"id"}), message().id);
    EXPECT_EQ(at(body, {"step"}), "opened");
    EXPECT_EQ(at(body, {"slice", "customer.segment"}), "billing");
    EXPECT_EQ(at(body, {"began"}), "2026-01-05T00:00:00.000Z");
}

TEST(Bodies, slack_is_given_no_links_nor_calls_of_strangers) {
    const std::string text = at(slack_body(message("<!channel> & <https://evil|x>")), {"text"});
    EXPECT_THAT(text,
                StartsWith("*faithfulness fell from 0.94 to 0.89 in support (customer.segment "
                           "= &lt;!channel&gt; &amp; &lt;https://evil|x&gt;)*\n"));
    EXPECT_THAT(text, HasSubstr("Who: ana (on call for rag-team)\n"));
    EXPECT_THAT(text, EndsWith("https://plimsoll.example.org/alerts/" + message().alert));
}

// https://developer.pagerduty.com/docs/events-api-v2: routing_key, event_action, dedup_key; a
// trigger needs summary, source and severity.
TEST(Bodies, pagerduty_has_one_incident_for_an_alert) {
    Message one = message();
    const std::string body = pagerduty_body(one, "key");
    EXPECT_EQ(at(body, {"routing_key"}), "key");
    EXPECT_EQ(at(body, {"event_action"}), "trigger");
    EXPECT_EQ(at(body, {"dedup_key"}), one.alert);
    EXPECT_EQ(at(body, {"payload", "summary"}), one.headline);
    EXPECT_EQ(at(body, {"payload", "source"}), "support");
    EXPECT_EQ(at(body, {"payload", "severity"}), "error");
    EXPECT_EQ(at(body, {"payload", "custom_details", "command"}), one.command);
    one.step = "acknowledged";
    one.critical = true;
    EXPECT_EQ(at(pagerduty_body(one, "key"), {"event_action"}), "acknowledge");
    EXPECT_EQ(at(pagerduty_body(one, "key"), {"payload", "severity"}), "critical");
    one.active = false;
    EXPECT_EQ(at(pagerduty_body(one, "key"), {"event_action"}), "resolve");
    one.headline = std::string(1'022, 'x') + "ää";
    EXPECT_EQ(at(pagerduty_body(one, "key"), {"payload", "summary"}),
              std::string(1'022, 'x') + "ä");
}

TEST(Bodies, alertmanager_is_told_how_long_it_lasts_and_when_it_is_over) {
    using namespace std::chrono_literals;
    Message one = message();
    const UnixNanos now = monday + day;
    const std::string body = alertmanager_body(one, now, 1min);
    EXPECT_EQ(at(body, {"labels", "alertname"}), "PlimsollAlert");
    EXPECT_EQ(at(body, {"labels", "alert"}), one.alert);
    EXPECT_EQ(at(body, {"labels", "slice"}), "customer.segment=billing");
    EXPECT_EQ(at(body, {"labels", "severity"}), "page");
    EXPECT_EQ(at(body, {"annotations", "summary"}), one.headline);
    EXPECT_EQ(at(body, {"startsAt"}), "2026-01-05T00:00:00.000Z");
    EXPECT_EQ(at(body, {"endsAt"}), "2026-01-06T00:05:00.000Z");
    EXPECT_EQ(at(alertmanager_body(one, now, 1h), {"endsAt"}), "2026-01-06T05:00:00.000Z");
    one.active = false;
    EXPECT_EQ(at(alertmanager_body(one, now, 1min), {"endsAt"}), "2026-01-06T00:00:00.000Z");
}

TEST(Bodies, a_mail_has_headers_of_ours_alone) {
    const Channel channel{.kind = ChannelKind::email,
                          .url = "smtp://127.0.0.1",
                          .url_env = "",
                          .secret_env = "",
                          .user = "",
                          .from = "plimsoll@example.org",
                          .to = {"ana@example.org", "bo@example.org"}};
    const Message one = message("x\r\nBcc: evil@example.org");
    const std::string text = mail_text(one, channel);
    const std::string headers = text.substr(0, text.find("\r\n\r\n"));
    EXPECT_THAT(headers, StartsWith("From: Plimsoll <plimsoll@example.org>\r\n"
                                    "To: <ana@example.org>,\r\n <bo@example.org>\r\n"
                                    "Subject: =?UTF-8?B?"));
    EXPECT_THAT(headers, HasSubstr("Date: Mon, 05 Jan 2026 10:00:00 +0000\r\n"));
    EXPECT_THAT(headers, HasSubstr("Message-ID: <" + one.id + "@plimsoll>\r\n"));
    EXPECT_THAT(headers, HasSubstr("References: <" + one.alert + "@plimsoll>\r\n"));
    EXPECT_THAT(text, Not(HasSubstr("Bcc:")));
    for (std::size_t from = 0, to = 0; (to = text.find("\r\n", from)) != text.npos; from = to + 2)
        EXPECT_LE(to - from, 78u);
}

}  // namespace
}  // namespace plimsoll::alert
