#include "net/page_server.h"

#include <future>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libdeflate.h>

#include "net/percent.h"
#include "net/raw_client_for_test.h"

namespace plimsoll::net {
namespace {

using testing::HasSubstr;

std::string get(std::string_view target, std::string_view more = "",
                std::string_view host = "localhost:4320") {
    return fmt::format("GET {} HTTP/1.1\r\nHost: {}\r\n{}\r\n", target, host, more);
}

class PageServerTest : public testing::Test {
  protected:
    void open(PageServer::Answer answer, PageServerOptions options = {}) {
        options.address.port = 0;
        auto opened = PageServer::open(options, std::move(answer));
        ASSERT_TRUE(opened) << opened.error().what;
        server = std::move(*opened);
    }
    /// Answers with what it was asked.
    void open_echo(PageServerOptions options = {}) {
        open(
            [](const show::HttpRequest& request) {
                std::string text = request.method + " " + request.path;
                for (const auto& [name, value] : request.query)
                    text += fmt::format(" {}={}", name, value);
                text += request.loopback ? " loopback" : " remote";
                return show::HttpAnswer{.type = "text/plain", .body = text + "|" + request.body};
            },
            options);
    }
    RawAnswer ask(const std::string& request) {
        RawClient client(server->port());
        client.send(request);
        return client.read_answer();
    }
    std::unique_ptr<PageServer> server;
};

TEST_F(PageServerTest, requests_arrive_decoded_once) {
    open_echo();
    EXPECT_EQ(ask(get("/api/v1/a%20b%252F?x=1&y=a+b&x=%c3%a4&z")).body,
              "GET /api/v1/a b%2F x=\xc3\xa4 y=a b z= loopback|");
    EXPECT_EQ(ask(post("/p", "application/json", "{}")).body, "POST /p loopback|{}");
    for (const char* target : {"/a%", "/a%2", "/a%zz", "/a%00", "/?a=%"}) {
        EXPECT_EQ(ask(get(target)).status, 400) << target;
    }
}

TEST_F(PageServerTest, A12_every_answer_forbids_foreign_script_and_framing) {
    open_echo();
    for (const auto& answer : {ask(get("/")), ask(get("/", "", "evil.example"))}) {
        EXPECT_EQ(answer.headers.at("X-Content-Type-Options"), "nosniff");
        EXPECT_EQ(answer.headers.at("Referrer-Policy"), "no-referrer");
        const std::string& policy = answer.headers.at("Content-Security-Policy");
        EXPECT_THAT(policy, HasSubstr("default-src 'self'"));
        EXPECT_THAT(policy, HasSubstr("script-src 'self';"));
        EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
    }
}

TEST_F(PageServerTest, on_loopback_only_names_of_loopback_are_answered) {
    open_echo({.host_names = {"box.lan"}});
    for (const char* host :
         {"localhost", "LOCALHOST:4320", "127.0.0.1:1", "[::1]:4320", "box.lan"}) {
        EXPECT_EQ(ask(get("/", "", host)).status, 200) << host;
    }
    for (const char* host : {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example",
                             "evil.example:4320", "", "[::1", "localhost@evil.example"}) {
        EXPECT_EQ(ask(get("/", "", host)).status, 421) << host;
    }
}

TEST_F(PageServerTest, bound_to_all_addresses_any_name_will_do) {
    open_echo({.address = {.host = "0.0.0.0"}});
    EXPECT_EQ(ask(get("/", "", "plimsoll.example")).status, 200);
}

TEST_F(PageServerTest, other_sites_cannot_change_anything) {
    open_echo();
    const auto with = [&](const char* origin) {
        return ask(post("/p", "application/json", "{}", fmt::format("Origin: {}\r\n", origin)))
            .status;
    };
    EXPECT_EQ(with("https://evil.example"), 403);
    EXPECT_EQ(with("null"), 403);
    EXPECT_EQ(with("http://localhost"), 200);
    EXPECT_EQ(ask(get("/", "Origin: https://evil.example\r\n")).status,
              200);  // Reads nothing: no CORS.
}

TEST_F(PageServerTest, large_texts_are_squeezed_for_those_who_accept_it) {
    const std::string text(300'000, 'x');
    open([&](const show::HttpRequest&) {
        return show::HttpAnswer{.headers = {{"ETag", "\"v1\""}}, .body = text};
    });
    const auto plain = ask(get("/"));
    EXPECT_EQ(plain.body, text);
    EXPECT_EQ(plain.headers.at("ETag"), "\"v1\"");
    EXPECT_EQ(plain.headers.at("Vary"), "Accept-Encoding");

    const auto squeezed = ask(get("/", "Accept-Encoding: br, gzip\r\n"));
    EXPECT_EQ(squeezed.headers.at("Content-Encoding"), "gzip");
    EXPECT_LT(squeezed.body.size(), 10'000u);
    std::string opened(text.size(), '\0');
    auto* decompressor = libdeflate_alloc_decompressor();
    EXPECT_EQ(libdeflate_gzip_decompress(decompressor, squeezed.body.data(), squeezed.body.size(),
                                         opened.data(), opened.size(), nullptr),
              LIBDEFLATE_SUCCESS);
    libdeflate_free_decompressor(decompressor);
    EXPECT_EQ(opened, text);
}

TEST_F(PageServerTest, head_is_a_get_without_its_body) {
    open_echo();
    RawClient client(server->port());
    client.send("HEAD /x HTTP/1.1\r\nHost: localhost\r\n\r\n" + get("/y"));
    while (client.received().find("/y") == std::string::npos) ASSERT_TRUE(client.receive());
    EXPECT_THAT(client.received(), HasSubstr("Content-Length: 16\r\n"));
    EXPECT_EQ(client.received().find("GET /x"), std::string::npos);
}

TEST_F(PageServerTest, not_modified_has_no_body) {
    open([](const show::HttpRequest& request) {
        EXPECT_EQ(request.headers.at("if-none-match"), "\"v1\"");
        return show::HttpAnswer{.status = 304, .body = std::string(100'000, 'x')};
    });
    RawClient client(server->port());
    client.send(get("/", "If-None-Match: \"v1\"\r\n"));
    const auto answer = client.read_answer();
    EXPECT_EQ(answer.status, 304);
    EXPECT_EQ(answer.headers.count("Content-Length"), 0u);
    client.send(get("/", "If-None-Match: \"v1\"\r\n"));
    EXPECT_EQ(client.read_answer().status, 304);
}

TEST_F(PageServerTest, headers_cannot_be_broken_out_of) {
    open([](const show::HttpRequest&) {
        return show::HttpAnswer{.headers = {{"Location", "/\r\nSet-Cookie: a=b"}, {"Good", "1"}}};
    });
    const auto answer = ask(get("/"));
    EXPECT_EQ(answer.headers.count("Set-Cookie"), 0u);
    EXPECT_EQ(answer.headers.count("Location"), 0u);
    EXPECT_EQ(answer.headers.at("Good"), "1");
}

TEST_F(PageServerTest, a_body_over_a_mebibyte_is_413) {
    open_echo();
    EXPECT_EQ(ask(post("/", "application/json", std::string(1u << 20, ' '))).status, 200);
    EXPECT_EQ(ask(post("/", "application/json", std::string((1u << 20) + 1, ' '))).status, 413);
}

TEST_F(PageServerTest, a_throwing_answer_is_a_500_that_quotes_nothing) {
    open(
        [](const show::HttpRequest&) -> show::HttpAnswer { throw std::runtime_error("a secret"); });
    const auto answer = ask(get("/"));
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.body.find("secret"), std::string::npos);
}

TEST_F(PageServerTest, slow_queries_hold_up_nobody_and_too_many_are_refused) {
    std::promise<void> release;
    const auto released = release.get_future().share();
    std::promise<void> begun;
    open(
        [&](const show::HttpRequest& request) {
            if (request.path == "/slow") {
                begun.set_value();
                released.wait();
            }
            return show::HttpAnswer{};
        },
        {.worker_threads = 1, .waiting_max = 1});
    RawClient slow(server->port());
    slow.send(get("/slow"));
    begun.get_future().wait();
    // The worker is busy. One more may wait; of the two that come, one is refused at once.
    RawClient second(server->port());
    RawClient third(server->port());
    second.send(get("/"));
    third.send(get("/", "", "evil.example"));
    EXPECT_EQ(third.read_answer().status, 421);  // The I/O thread is free.
    third.send(get("/"));
    const int of_third = third.read_answer().status;
    EXPECT_EQ(of_third, 503);
    release.set_value();
    EXPECT_EQ(slow.read_answer().status, 200);
    EXPECT_EQ(second.read_answer().status, 200);
}

TEST(Percent, queries_are_bounded) {
    std::string many;
    for (int i = 0; i < 2000; ++i) many += fmt::format("a{}=1&", i);
    EXPECT_EQ(query_decoded(many), std::nullopt);
    EXPECT_EQ(query_decoded("&&a=1&")->size(), 1u);
}

}  // namespace
}  // namespace plimsoll::net
