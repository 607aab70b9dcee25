/// Personal data is sent through every door and then looked for in every file of the data
/// directory, while the server runs, as a kill would leave them, and in every row of the journal
/// afterwards.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <thread>

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <libdeflate.h>

#include "app/pseudonym_key.h"
#include "app/server.h"
#include "app/system_clock.h"
#include "net/raw_client_for_test.h"
#include "store/sqlite_journal.h"
#include "wire/otlp.h"
#include "wire/otlp_writer.h"

namespace plimsoll::app {
namespace {

namespace fs = std::filesystem;
using wire::outgoing::Span;

constexpr std::string_view planted[] = {"ana.silva@example.com",
                                        "4111111111111111",
                                        "GB82WEST12345698765432",
                                        "536-90-4399",
                                        "203.0.113.77",
                                        "+49 30 901820",
                                        "sk-proj-a1B2c3D4e5F6g7H8i9J0k1L2",
                                        "person-number-one",
                                        "ana\\u0040hidden.example.org",
                                        "YW5hQGVuY29kZWQuZXhhbXBsZS5vcmc"};

/// One span that holds all of it, in each part that can hold text. `door` is a letter: ids of
/// digits beside each other would look like a card.
Span span_with_everything(char door) {
    std::string text;
    for (const std::string_view one : planted) text += "\\n" + std::string(one) + " ";
    Span span{.trace = std::string(16, door),
              .id = std::string(8, door),
              .name = "mail ana.silva@example.com",
              .start = 1'767'600'000'000'000'000,
              .end = 1'767'600'001'000'000'000};
    span.attributes = {
        {"user.id", "person-number-one"},
        {"gen_ai.input.messages", R"([{"role":"user","content":")" + text + R"("}])"},
        {"list", wire::outgoing::Value(std::vector<std::string>{"a", text})},
        {"card", std::int64_t{4111111111111111}}};
    span.attributes[1].value = wire::outgoing::Value(
        R"([{"role":"user","content":"I am the customer: )" + text.substr(0, text.find("person-")) +
        text.substr(text.find("person-") + 17) + R"("}])");
    span.attributes[2].value = wire::outgoing::Value(
        std::vector<std::string>{"a", "mail ana.silva@example.com, card 4111111111111111"});
    span.events = {{"exception",
                    1'767'600'000'500'000'000,
                    {{"exception.message", "no mailbox ana.silva@example.com at 203.0.113.77"}}}};
    span.status_message = "refused +49 30 901820";
    return span;
}

std::string body(char door, bool json) {
    const auto request =
        wire::outgoing::request({{"service.name", "shop"}, {"owner", "ana.silva@example.com"}},
                                "test", {span_with_everything(door)});
    return json ? to_otlp_json(request) : to_otlp(request);
}

std::string gzipped(const std::string& body) {
    const std::unique_ptr<libdeflate_compressor, void (*)(libdeflate_compressor*)> compressor(
        libdeflate_alloc_compressor(6), libdeflate_free_compressor);
    std::string out(libdeflate_gzip_compress_bound(compressor.get(), body.size()), '\0');
    out.resize(libdeflate_gzip_compress(compressor.get(), body.data(), body.size(), out.data(),
                                        out.size()));
    return out;
}

std::uint16_t port_of(const std::string& address) {
    return static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
}

/// What the first trace's span was asked, as a log record.
std::string log_body() {
    const std::string text = "mail ana.silva@example.com, card 4111111111111111, from 203.0.113.77";
    return fmt::format(
        R"({{"resourceLogs":[{{"resource":{{"attributes":[{{"key":"service.name","value":{{"stringValue":"shop"}}}}]}},
        "scopeLogs":[{{"logRecords":[{{"timeUnixNano":"1767600000500000000","traceId":"{}","spanId":"{}",
        "eventName":"gen_ai.user.message","body":{{"stringValue":"{}"}},
        "attributes":[{{"key":"user.id","value":{{"stringValue":"person-number-one"}}}}]}}]}}]}}]}})",
        "41414141414141414141414141414141", "4141414141414141", text);
}

int post(const std::string& address, const std::string& type, const std::string& encoding,
         const std::string& body, const char* path = "/v1/traces") {
    net::RawClient client(port_of(address));
    client.send(
        fmt::format("POST {} HTTP/1.1\r\nHost: x\r\nContent-Type: {}\r\n"
                    "{}Content-Length: {}\r\n\r\n{}",
                    path, type, encoding, body.size(), body));
    return client.read_answer().status;
}

bool call(const std::string& address, const std::string& body, bool compressed) {
    grpc::GenericStub stub(grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    if (compressed) context.set_compression_algorithm(GRPC_COMPRESS_GZIP);
    const grpc::Slice slice(body);
    const grpc::ByteBuffer request(&slice, 1);
    grpc::ByteBuffer response;
    grpc::CompletionQueue queue;
    grpc::Status status;
    const auto reader = stub.PrepareUnaryCall(
        &context, "/opentelemetry.proto.collector.trace.v1.TraceService/Export", request, &queue);
    reader->StartCall();
    reader->Finish(&response, &status, nullptr);
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
    return status.ok();
}

void expect_nothing_planted(const std::string& bytes, const std::string& where) {
    for (const std::string_view one : planted)
        EXPECT_EQ(bytes.find(one), std::string::npos) << one << " in " << where;
}

void search_files(const fs::path& folder) {
    std::size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        std::stringstream bytes;
        bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
        expect_nothing_planted(bytes.str(), entry.path().string());
        ++files;
    }
    EXPECT_GE(files, 4u);
}

TEST(Privacy, nothing_personal_reaches_the_disk_through_any_door) {
    const fs::path data = fs::temp_directory_path() / fmt::format("plimsoll-privacy-{}", getpid());
    fs::remove_all(data);
    auto loaded = default_configuration();
    loaded.configuration.gather.quiet = std::chrono::milliseconds(50);
    const SystemClock clock;
    {
        auto server = Server::start(loaded.configuration, clock,
                                    {.data = data.string(),
                                     .grpc = "127.0.0.1:0",
                                     .http = "127.0.0.1:0",
                                     .page = "127.0.0.1:0"});
        ASSERT_TRUE(server) << server.error().what;
        const std::string http = (*server)->http(), grpc = (*server)->grpc();
        EXPECT_EQ(post(http, "application/x-protobuf", "", body('A', false)), 200);
        EXPECT_EQ(post(http, "application/json", "", body('B', true)), 200);
        const std::string gzip = "Content-Encoding: gzip\r\n";
        EXPECT_EQ(post(http, "application/x-protobuf", gzip, gzipped(body('C', false))), 200);
        EXPECT_EQ(post(http, "application/json", gzip, gzipped(body('D', true))), 200);
        EXPECT_EQ(post(http, "application/json", "", log_body(), "/v1/logs"), 200);
        EXPECT_TRUE(call(grpc, body('E', false), false));
        EXPECT_TRUE(call(grpc, body('F', false), true));
        for (int i = 0; i < 400 && (*server)->interactions() < 6; ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(25));
        EXPECT_EQ((*server)->interactions(), 6u);
        search_files(data);  // Whatever a kill would leave.
    }
    search_files(data);

    auto journal = store::open_sqlite_journal(clock, {.data_dir = data});
    ASSERT_TRUE(journal) << journal.error().what;
    std::size_t spans = 0;
    const auto rows = (*journal)->read(0, 1 << 30);
    ASSERT_TRUE(rows);
    std::string all;
    for (const auto& row : *rows) {
        expect_nothing_planted(row.otlp, fmt::format("row {}", row.seq));
        wire::for_each_span(row.otlp, [&](auto, const wire::SpanView&) { ++spans; });
        all += row.otlp;
    }
    for (const std::string_view kind : {"<EMAIL_", "<CARD_", "<IBAN_", "<NATIONAL_ID_", "<IP_",
                                        "<PHONE_", "<SECRET_", "<USER_", "<ENCODED_"})
        EXPECT_NE(all.find(kind), std::string::npos) << kind;
    EXPECT_EQ(spans, 7u);  // Six spans and the log record.
    fs::remove_all(data);
}

TEST(Privacy, the_key_outlives_restarts_and_a_damaged_one_is_set_aside) {
    const fs::path data = fs::temp_directory_path() / fmt::format("plimsoll-key-{}", getpid());
    fs::create_directories(data);
    const auto first = open_pseudonym_key(data), second = open_pseudonym_key(data);
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->key, second->key);
    EXPECT_EQ(fs::status(data / "pseudonym.key").permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
    std::ofstream(data / "pseudonym.key") << "rubbish";
    const auto third = open_pseudonym_key(data);
    ASSERT_TRUE(third);
    EXPECT_NE(third->key, first->key);
    EXPECT_TRUE(fs::exists(third->set_aside));
    fs::remove_all(data);
}

}  // namespace
}  // namespace plimsoll::app
