#include "app/demo/otlp_sender.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

namespace plimsoll::app::demo {
namespace {

using std::chrono::milliseconds;

std::size_t keep(char* bytes, std::size_t size, std::size_t count, void* into) {
    static_cast<std::string*>(into)->append(bytes, size * count);
    return size * count;
}

/// In short steps, so that ctrl-c is obeyed at once.
void sleep_until_stop(milliseconds duration, const std::atomic<bool>& stop) {
    constexpr milliseconds step{50};
    for (; duration.count() > 0 && !stop; duration -= step)
        std::this_thread::sleep_for(std::min(duration, step));
}

}  // namespace

struct OtlpSender::Connection {
    std::string url;
    CURL* curl = nullptr;
    curl_slist* headers = nullptr;
    std::string answer;
    ~Connection() {
        curl_slist_free_all(headers);
        if (curl) curl_easy_cleanup(curl);
    }
};

OtlpSender::OtlpSender(const std::string& endpoint, const std::string& key,
                       const std::atomic<bool>& stop, std::function<void(milliseconds)> wait)
    : connection_(std::make_unique<Connection>()),
      stop_(stop),
      wait_(wait ? std::move(wait)
                 : [&stop](milliseconds duration) { sleep_until_stop(duration, stop); }) {
    static const CURLcode once = curl_global_init(CURL_GLOBAL_DEFAULT);
    (void)once;
    Connection& to = *connection_;
    to.url = endpoint;
    while (to.url.ends_with('/')) to.url.pop_back();
    to.url += "/v1/traces";
    to.curl = curl_easy_init();
    to.headers = curl_slist_append(to.headers, "Content-Type: application/x-protobuf");
    to.headers = curl_slist_append(to.headers, "Expect:");  // No round trip before the body.
    if (!key.empty())
        to.headers = curl_slist_append(to.headers, ("Authorization: Bearer " + key).c_str());
    curl_easy_setopt(to.curl, CURLOPT_URL, to.url.c_str());
    curl_easy_setopt(to.curl, CURLOPT_HTTPHEADER, to.headers);
    curl_easy_setopt(to.curl, CURLOPT_USERAGENT, "plimsoll-demo");
    curl_easy_setopt(to.curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(to.curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(to.curl, CURLOPT_WRITEDATA, &to.answer);
    curl_easy_setopt(to.curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(to.curl, CURLOPT_CONNECTTIMEOUT_MS, 3'000L);
    curl_easy_setopt(to.curl, CURLOPT_TIMEOUT_MS, 60'000L);
}

OtlpSender::~OtlpSender() = default;

Result<Sent> OtlpSender::send(const std::string& otlp) {
    Connection& to = *connection_;
    curl_easy_setopt(to.curl, CURLOPT_POSTFIELDS, otlp.data());
    curl_easy_setopt(to.curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(otlp.size()));
    Sent sent;
    for (int unreached = 0;;) {
        if (stop_) return Error{"stopped"};
        to.answer.clear();
        const CURLcode code = curl_easy_perform(to.curl);
        if (code != CURLE_OK) {
            // Perhaps it is starting. Sending twice does no harm: spans are known by their ids.
            if (++unreached > 60)
                return Error{
                    fmt::format("send traces to {}: {}", to.url, curl_easy_strerror(code))};
            wait_(milliseconds(500));
            continue;
        }
        long status = 0;
        curl_easy_getinfo(to.curl, CURLINFO_RESPONSE_CODE, &status);
        if (status == 200) {
            const auto partial = wire::read_export_response(to.answer, wire::Encoding::protobuf);
            if (!partial)
                return Error{fmt::format("send traces to {}: its answer is not OTLP", to.url)};
            sent.partial = *partial;
            return sent;
        }
        if (status != 429 && status != 503) {
            const auto why = wire::read_rpc_status(to.answer, wire::Encoding::protobuf);
            return Error{fmt::format("send traces to {}: it answered {}{}{}", to.url, status,
                                     why && !why->message.empty() ? ": " : "",
                                     why ? why->message : "")};
        }
        curl_off_t seconds = 0;
        curl_easy_getinfo(to.curl, CURLINFO_RETRY_AFTER, &seconds);
        ++sent.came_back;
        wait_(seconds > 0 ? milliseconds(std::min<curl_off_t>(seconds, 60) * 1000)
                          : milliseconds(250));
    }
}

}  // namespace plimsoll::app::demo
