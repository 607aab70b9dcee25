#include "net/outbound.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cstring>
#include <mutex>

#include <fmt/format.h>

namespace plimsoll::net {

namespace {

using Outcome = OutboundReply::Outcome;
using Handle = std::unique_ptr<CURL, void (*)(CURL*)>;

/// One request under way, as libcurl's callbacks see it.
struct Transfer {
    OutboundReply reply;
    std::size_t bytes_max = 0;
    const std::atomic<bool>* stopped = nullptr;
    bool forbidden = false;
    bool too_long = false;
};

std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* user) {
    auto& transfer = *static_cast<Transfer*>(user);
    if (size * count > transfer.bytes_max - transfer.reply.body.size()) {
        transfer.too_long = true;
        return 0;
    }
    transfer.reply.body.append(bytes, size * count);
    return size * count;
}

int on_progress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<Transfer*>(user)->stopped->load() ? 1 : 0;
}

/// 169.254.0.0/16 and fe80::/10, also as an IPv4 address inside of IPv6, and AWS's fd00:ec2::254.
bool is_forbidden(const curl_sockaddr& address) {
    const auto link_local = [](const unsigned char* v4) { return v4[0] == 169 && v4[1] == 254; };
    if (address.family == AF_INET) {
        in_addr v4{};
        std::memcpy(&v4, &reinterpret_cast<const sockaddr_in&>(address.addr).sin_addr, sizeof v4);
        return link_local(reinterpret_cast<const unsigned char*>(&v4));
    }
    if (address.family != AF_INET6) return true;
    in6_addr v6{};
    std::memcpy(&v6, &reinterpret_cast<const sockaddr_in6&>(address.addr).sin6_addr, sizeof v6);
    static constexpr unsigned char aws[16] = {0xfd, 0, 0x0e, 0xc2, 0, 0, 0, 0,
                                              0,    0, 0,    0,    0, 0, 2, 0x54};
    return IN6_IS_ADDR_LINKLOCAL(&v6) || std::memcmp(v6.s6_addr, aws, sizeof aws) == 0 ||
           (IN6_IS_ADDR_V4MAPPED(&v6) && link_local(v6.s6_addr + 12));
}

curl_socket_t on_socket(void* user, curlsocktype, curl_sockaddr* address) {
    if (is_forbidden(*address)) {
        static_cast<Transfer*>(user)->forbidden = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/// Where a proxy of the environment would be asked for this machine instead of that one.
bool is_own_machine(std::string_view url) {
    const std::size_t scheme = url.find("://");
    std::string_view host = scheme == url.npos ? url : url.substr(scheme + 3);
    host = host.substr(0, host.find('/'));
    if (host.starts_with('[')) return host.starts_with("[::1]");
    host = host.substr(0, host.find(':'));
    return host == "localhost" || host.starts_with("127.");
}

/// Retry-After in seconds or as a date, and the finer retry-after-ms that some send beside it.
std::optional<std::chrono::milliseconds> retry_after(CURL* curl) {
    curl_header* header = nullptr;
    if (curl_easy_header(curl, "retry-after-ms", 0, CURLH_HEADER, -1, &header) == CURLHE_OK) {
        std::int64_t ms = 0;
        const char* const end = header->value + std::strlen(header->value);
        if (std::from_chars(header->value, end, ms).ec == std::errc{} && ms >= 0)
            return std::chrono::milliseconds(std::min<std::int64_t>(ms, 86'400'000));
    }
    curl_off_t seconds = 0;
    if (curl_easy_header(curl, "retry-after", 0, CURLH_HEADER, -1, &header) != CURLHE_OK ||
        curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &seconds) != CURLE_OK)
        return std::nullopt;
    return std::chrono::seconds(std::clamp<curl_off_t>(seconds, 0, 86'400));
}

void set_outcome(Transfer& transfer, CURL* curl, CURLcode code, const std::string& who,
                 std::chrono::milliseconds deadline) {
    OutboundReply& response = transfer.reply;
    curl_off_t connected_us = 0;  // 0: the request was never sent.
    curl_easy_getinfo(curl, CURLINFO_PRETRANSFER_TIME_T, &connected_us);
    const auto fail = [&](Outcome outcome, std::string why) {
        response.outcome = outcome;
        response.why = std::move(why);
        response.body.clear();
    };
    if (transfer.forbidden)
        return fail(Outcome::unreachable,
                    who + " has a link-local address, which is never connected to.");
    if (transfer.too_long)
        return fail(Outcome::broken,
                    fmt::format("{} answered with more than {} bytes.", who, transfer.bytes_max));
    if (code == CURLE_ABORTED_BY_CALLBACK)
        return fail(Outcome::broken, "Plimsoll was stopped meanwhile.");
    if (code == CURLE_OPERATION_TIMEDOUT && connected_us > 0)
        return fail(Outcome::timed_out,
                    fmt::format("No whole reply within {} ms.", deadline.count()));
    if (code != CURLE_OK)
        return fail(connected_us > 0 ? Outcome::broken : Outcome::unreachable,
                    fmt::format("{}: {}.", who, curl_easy_strerror(code)));
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    response.status = static_cast<int>(status);
    response.retry_after = retry_after(curl);
}

/// What holds for every way out.
void set_bounds(CURL* curl, Transfer& transfer, const std::string& url,
                const OutboundOptions& options, std::chrono::milliseconds deadline) {
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, on_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(deadline.count()));
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (is_own_machine(url)) curl_easy_setopt(curl, CURLOPT_PROXY, "");
    if (!options.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, options.ca_file.c_str());
}

using List = std::unique_ptr<curl_slist, void (*)(curl_slist*)>;
List list_of(const std::vector<std::string>& texts) {
    curl_slist* list = nullptr;
    for (const std::string& text : texts) list = curl_slist_append(list, text.c_str());
    return {list, curl_slist_free_all};
}

/// A value with a line break would be two headers, or two commands.
bool in_one_line(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](unsigned char c) { return (c < ' ' && c != '\t') || c == 0x7F; });
}

/// A text that libcurl takes piece by piece.
struct Source {
    std::string_view left;
};
std::size_t on_read(char* into, std::size_t size, std::size_t count, void* user) {
    auto& source = *static_cast<Source*>(user);
    const std::size_t taken = std::min(size * count, source.left.size());
    std::memcpy(into, source.left.data(), taken);
    source.left.remove_prefix(taken);
    return taken;
}

}  // namespace

struct Outbound::Impl {
    explicit Impl(OutboundOptions options) : options(std::move(options)) {
        static std::once_flag once;
        std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    }

    Handle take() {
        const std::lock_guard lock(mutex);
        if (idle.empty()) return Handle(curl_easy_init(), curl_easy_cleanup);
        Handle handle = std::move(idle.back());
        idle.pop_back();
        return handle;
    }
    void give_back(Handle handle) {
        curl_easy_reset(handle.get());  // Keeps its connection.
        const std::lock_guard lock(mutex);
        idle.push_back(std::move(handle));
    }

    const OutboundOptions options;
    std::atomic<bool> stopped{false};
    std::mutex mutex;
    std::vector<Handle> idle;
};

Outbound::Outbound(OutboundOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Outbound::~Outbound() = default;

void Outbound::stop() {
    impl_->stopped = true;
}

OutboundReply Outbound::post(const std::string& url, const std::vector<std::string>& headers,
                             std::string_view body, std::chrono::milliseconds deadline) {
    const std::string& who = impl_->options.who;
    if (!std::ranges::all_of(headers, in_one_line))
        return {.outcome = Outcome::unreachable,
                .status = 0,
                .body = {},
                .retry_after = {},
                .why = who + " was not asked: a header holds a control character."};
    const List list = list_of(headers);
    Transfer transfer{
        .reply = {}, .bytes_max = impl_->options.reply_bytes_max, .stopped = &impl_->stopped};
    Handle handle = impl_->take();
    CURL* const curl = handle.get();
    set_bounds(curl, transfer, url, impl_->options, deadline);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list.get());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "gzip");
    const CURLcode code = curl_easy_perform(curl);
    set_outcome(transfer, curl, code, who, deadline);
    impl_->give_back(std::move(handle));
    return std::move(transfer.reply);
}

OutboundReply Outbound::mail(const Mail& mail, std::chrono::milliseconds deadline) {
    Transfer transfer{
        .reply = {}, .bytes_max = impl_->options.reply_bytes_max, .stopped = &impl_->stopped};
    std::vector<std::string> to;
    for (const std::string& one : mail.to) to.push_back("<" + one + ">");
    const List receivers = list_of(to);
    const std::string from = "<" + mail.from + ">";
    Source source{mail.text};
    Handle handle = impl_->take();
    CURL* const curl = handle.get();
    set_bounds(curl, transfer, mail.server, impl_->options, deadline);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    if (!mail.user.empty()) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, mail.user.c_str());
        curl_easy_setopt(curl, CURLOPT_PASSWORD, mail.password.c_str());
    }
    const bool must_hide = !mail.user.empty() && !is_own_machine(mail.server);
    curl_easy_setopt(curl, CURLOPT_USE_SSL, long{must_hide ? CURLUSESSL_ALL : CURLUSESSL_TRY});
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, receivers.get());
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_read);
    curl_easy_setopt(curl, CURLOPT_READDATA, &source);
    const CURLcode code = curl_easy_perform(curl);
    set_outcome(transfer, curl, code, impl_->options.who, deadline);
    impl_->give_back(std::move(handle));
    return std::move(transfer.reply);
}

}  // namespace plimsoll::net
