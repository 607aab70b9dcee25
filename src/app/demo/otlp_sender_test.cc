#include "app/demo/otlp_sender.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>
#include <vector>

namespace plimsoll::app::demo {
namespace {

/// Listens on a free port and gives each request the next of its answers.
class Receiver {
  public:
    explicit Receiver(std::vector<std::string> answers) : answers_(std::move(answers)) {
        listening_ = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        bind(listening_, reinterpret_cast<sockaddr*>(&address), size);
        listen(listening_, 8);
        getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~Receiver() {
        thread_.join();
        close(listening_);
    }
    std::string endpoint() const { return "http://127.0.0.1:" + std::to_string(port_); }
    std::vector<std::string> requests;

  private:
    void serve() {
        for (const std::string& answer : answers_) {
            const int peer = accept(listening_, nullptr, nullptr);
            std::string request;
            char buffer[4096];
            while (!whole(request)) {
                const ssize_t got = read(peer, buffer, sizeof buffer);
                if (got <= 0) break;
                request.append(buffer, static_cast<std::size_t>(got));
            }
            requests.push_back(request);
            const ssize_t wrote = write(peer, answer.data(), answer.size());
            EXPECT_EQ(wrote, static_cast<ssize_t>(answer.size()));
            close(peer);
        }
    }
    static bool whole(const std::string& request) {
        const std::size_t head = request.find("\r\n\r\n");
        const std::size_t length = request.find("Content-Length: ");
        return head != request.npos && length != request.npos &&
               request.size() >= head + 4 + std::stoul(request.substr(length + 16));
    }
    std::vector<std::string> answers_;
    int listening_ = -1;
    int port_ = 0;
    std::thread thread_;
};

std::string http(const std::string& status, const std::string& headers, const std::string& body) {
    return "HTTP/1.1 " + status + "\r\nConnection: close\r\n" + headers +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

const std::atomic<bool> go_on{false};

TEST(OtlpSender, sends_the_body_to_v1_traces_with_the_key) {
    Receiver receiver({http("200 OK", "", "")});
    OtlpSender sender(receiver.endpoint() + "/", "secret", go_on);
    const auto sent = sender.send("otlp bytes");
    ASSERT_TRUE(sent) << sent.error().what;
    ASSERT_EQ(receiver.requests.size(), 1u);
    EXPECT_THAT(receiver.requests[0], testing::StartsWith("POST /v1/traces HTTP/1.1\r\n"));
    EXPECT_THAT(receiver.requests[0], testing::HasSubstr("Content-Type: application/x-protobuf"));
    EXPECT_THAT(receiver.requests[0], testing::HasSubstr("Authorization: Bearer secret"));
    EXPECT_THAT(receiver.requests[0], testing::EndsWith("\r\n\r\notlp bytes"));
}

TEST(OtlpSender, comes_back_after_503_and_429_as_long_as_it_was_told) {
    std::vector<long> waited;
    Receiver receiver({http("503 Service Unavailable", "Retry-After: 7\r\n", ""),
                       http("429 Too Many Requests", "Retry-After: 2\r\n", ""),
                       http("503 Service Unavailable", "", ""), http("200 OK", "", "")});
    OtlpSender sender(receiver.endpoint(), "", go_on,
                      [&](auto duration) { waited.push_back(duration.count()); });
    const auto sent = sender.send("x");
    ASSERT_TRUE(sent);
    EXPECT_EQ(sent->came_back, 3u);
    EXPECT_THAT(waited, testing::ElementsAre(7'000, 2'000, 250));
}

TEST(OtlpSender, tells_what_was_rejected) {
    const std::string partial =
        wire::export_response({3, "3 spans without an id"}, wire::Encoding::protobuf);
    Receiver receiver({http("200 OK", "", partial)});
    OtlpSender sender(receiver.endpoint(), "", go_on);
    const auto sent = sender.send("x");
    ASSERT_TRUE(sent);
    EXPECT_EQ(sent->partial.rejected_spans, 3);
}

TEST(OtlpSender, does_not_send_again_what_was_refused) {
    Receiver receiver({http("400 Bad Request", "", "")});
    OtlpSender sender(receiver.endpoint(), "", go_on);
    const auto sent = sender.send("x");
    ASSERT_FALSE(sent);
    EXPECT_THAT(sent.error().what, testing::HasSubstr("it answered 400"));
}

TEST(OtlpSender, gives_up_on_a_receiver_that_is_not_there) {
    int waits = 0;
    OtlpSender sender("http://127.0.0.1:1", "", go_on, [&](auto) { ++waits; });
    EXPECT_FALSE(sender.send("x"));
    EXPECT_EQ(waits, 60);
}

TEST(OtlpSender, stops_when_told) {
    const std::atomic<bool> stop{true};
    OtlpSender sender("http://127.0.0.1:1", "", stop);
    EXPECT_FALSE(sender.send("x"));
}

}  // namespace
}  // namespace plimsoll::app::demo
