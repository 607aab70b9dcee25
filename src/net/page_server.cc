#include "net/page_server.h"

#include <algorithm>

#include "net/page_reply.h"
#include "net/percent.h"
#include "net/worker_pool.h"

namespace plimsoll::net {

namespace {

/// Bodies of API requests are small: this many bytes of them at once are plenty.
constexpr std::size_t budget_bytes_max = 64u << 20;

/// "box.lan:4320" → "box.lan", "[::1]:4320" → "[::1]".
std::string_view without_port(std::string_view host) {
    if (host.starts_with('[')) return host.substr(0, std::min(host.find(']') + 1, host.size()));
    return host.substr(0, host.find(':'));
}

std::string bracketed(const std::string& host) {
    const bool bare_v6 = host.find(':') != std::string::npos && host.front() != '[';
    return bare_v6 ? "[" + host + "]" : host;
}

class PageService final : public HttpService {
  public:
    PageService(const PageServerOptions& options, PageServer::Answer answer)
        : answer_(std::move(answer)), workers_(options.worker_threads, options.waiting_max) {
        if (!is_loopback(options.address)) return;
        names_ = {"localhost", "127.0.0.1", "[::1]", bracketed(options.address.host)};
        for (const std::string& name : options.host_names) names_.push_back(bracketed(name));
    }

    std::optional<HttpReply> refuse(const HttpHead& head) override {
        const std::string_view host = head.find("host").value_or("");
        if (!names_.empty() && !is_known(without_port(host))) {
            return page_refusal(
                421, "this server listens on loopback and is not known by that name",
                "Open it as http://localhost, or add the name to the configuration.");
        }
        const std::string_view method = head.method();
        const bool reads = method == "GET" || method == "HEAD" || method == "OPTIONS";
        if (const auto origin = head.find("origin");
            origin && !reads && !same_place(*origin, host)) {
            return page_refusal(403, "a page of another site may not change anything here",
                                "Send the request from the page itself, or without a browser.");
        }
        return std::nullopt;
    }

    void handle(HttpCall call) override {
        show::HttpRequest request;
        const HttpHead& head = call.head;
        auto path = percent_decoded(head.path());
        auto query = query_decoded(head.query());
        if (!path || !query) {
            return call.exchange.answer(page_refusal(400, "the address holds a broken escape",
                                                     "Write % as %25 and NUL not at all."));
        }
        request.method = head.method() == "HEAD" ? "GET" : std::string(head.method());
        request.path = std::move(*path);
        request.query = std::move(*query);
        for (std::size_t i = 0; i < head.field_count(); ++i) {
            std::string& value = request.headers[std::string(head.name(i))];
            if (!value.empty()) value += ", ";
            value += head.value(i);
        }
        request.loopback = head.peer_is_loopback;
        request.body = std::move(call.body);
        const bool gzip = list_has(head.find("accept-encoding").value_or(""), "gzip");
        const auto held = std::make_shared<ByteBudget::Reservation>(std::move(call.held));

        const bool taken = workers_.offer(
            [this, held, gzip, request = std::move(request), exchange = call.exchange] {
                try {
                    exchange.answer(page_reply(answer_(request), gzip));
                } catch (const std::exception&) {
                    // What it was stands in no answer: it may quote a trace.
                    exchange.answer(page_refusal(500, "the server met a fault of its own",
                                                 "Try again; if it stays, look at its log."));
                }
            });
        if (!taken) {
            call.exchange.answer(fault(nullptr, 503, "too many queries are waiting"));
        }
    }

    HttpReply fault(const HttpHead*, int status, std::string_view why) override {
        return page_refusal(status, why, status == 503 ? "Try again in a second." : "");
    }

    void stop() { workers_.stop(); }

  private:
    bool is_known(std::string_view host) const {
        return std::any_of(names_.begin(), names_.end(),
                           [&](const std::string& name) { return equal_caseless(name, host); });
    }

    static bool same_place(std::string_view origin, std::string_view host) {
        const std::size_t scheme = origin.find("://");
        return scheme != std::string_view::npos && equal_caseless(origin.substr(scheme + 3), host);
    }

    const PageServer::Answer answer_;
    std::vector<std::string> names_;  ///< Empty: any.
    WorkerPool workers_;
};

}  // namespace

struct PageServer::Impl {
    Impl(const PageServerOptions& options, Answer answer) : service(options, std::move(answer)) {}

    ByteBudget budget{budget_bytes_max};
    PageService service;
    std::unique_ptr<HttpServer> server;
};

PageServer::PageServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PageServer::~PageServer() {
    stop();
}

Result<std::unique_ptr<PageServer>> PageServer::open(const PageServerOptions& options,
                                                     Answer answer) {
    auto impl = std::make_unique<Impl>(options, std::move(answer));
    auto server = HttpServer::open({.door = "the page",
                                    .address = options.address,
                                    .io_threads = options.io_threads,
                                    .connections_max = options.connections_max,
                                    .body_bytes_max = options.body_bytes_max,
                                    .deadlines = options.deadlines,
                                    .stop_within = options.stop_within},
                                   impl->service, impl->budget);
    if (!server) return server.error();
    impl->server = std::move(*server);
    return std::unique_ptr<PageServer>(new PageServer(std::move(impl)));
}

std::uint16_t PageServer::port() const {
    return impl_->server->port();
}

void PageServer::stop() {
    impl_->server->stop();
    impl_->service.stop();
}

}  // namespace plimsoll::net
