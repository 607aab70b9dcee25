#include "app/stand_in/stand_in_server.h"

#include <mutex>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "app/stand_in/later.h"
#include "app/stand_in/rate_gate.h"
#include "app/stand_in/stand_in_mind.h"
#include "app/stand_in/stand_in_reply.h"
#include "base/counter_random.h"
#include "base/hash.h"
#include "base/json.h"
#include "net/http_server.h"

namespace plimsoll::app {

namespace {

using evaluate::ModelProtocol;
using net::HttpReply;

std::string counts_json(const StandInCounts& counts) {
    json::Writer w;
    w.begin_object().key("requests").value(counts.requests).key("answered").value(counts.answered);
    w.key("answered_again").value(counts.answered_again).key("repeated").value(counts.repeated);
    w.key("limited").value(counts.limited);
    w.key("failed").value(counts.failed).key("hung").value(counts.hung);
    w.key("malformed").value(counts.malformed).key("hostile").value(counts.hostile);
    w.key("refused").value(counts.refused).key("cut").value(counts.cut);
    w.key("rejected").value(counts.rejected).key("input_tokens").value(counts.input_tokens);
    return w.end_object().take();
}

class StandInService : public net::HttpService {
  public:
    explicit StandInService(const StandInOptions& options)
        : options_(options),
          requests_(options.requests_per_minute),
          tokens_(options.tokens_per_minute),
          began_(Later::Clock::now()) {}

    std::optional<HttpReply> refuse(const net::HttpHead&) override { return std::nullopt; }

    void handle(net::HttpCall call) override {
        const std::string_view path = call.head.path();
        if (path == "/stand-in/counts")
            return call.exchange.answer(
                {.type = "application/json", .body = counts_json(counts())});
        if (path == "/stand-in/point") return call.exchange.answer(point_as_told(call.body));
        const bool messages = path.ends_with("/messages");
        if (call.head.method() != "POST" || (!messages && !path.ends_with("/chat/completions")))
            return call.exchange.answer(error_reply(ModelProtocol::openai, 404, "not_found_error",
                                                    "There is nothing here."));
        answer(messages ? ModelProtocol::anthropic : ModelProtocol::openai, std::move(call));
    }

    HttpReply fault(const net::HttpHead*, int status, std::string_view why) override {
        return error_reply(ModelProtocol::openai, status, "invalid_request_error", why);
    }

    StandInCounts counts() const {
        const std::lock_guard lock(mutex_);
        return counts_;
    }

    bool point(const std::string& model, const std::string& version) {
        for (const StandInModel& one : options_.models) {
            if (one.name != model) continue;
            for (const StandInVersion& known : one.versions) {
                if (known.name != version) continue;
                const std::lock_guard lock(mutex_);
                pointed_[model] = &known;
                return true;
            }
        }
        return false;
    }

    void stop() {
        later_.stop();
        std::vector<net::HttpExchange> hanging;
        const std::lock_guard lock(mutex_);
        hanging.swap(hanging_);
    }

  private:
    bool may_enter(const net::HttpHead& head) const {
        if (options_.key.empty()) return true;
        return head.find("authorization") == "Bearer " + options_.key ||
               head.find("x-api-key") == options_.key || head.find("api-key") == options_.key;
    }

    HttpReply point_as_told(std::string_view body) {
        const auto parsed = json::Document::parse(body);
        const auto text = [&](std::string_view key) {
            const auto value = parsed ? parsed->root().find(key) : std::nullopt;
            return std::string(value ? value->as_string() : "");
        };
        if (!point(text("model"), text("version")))
            return error_reply(ModelProtocol::openai, 404, "not_found_error",
                               "There is no such model or version.");
        return {.type = "application/json", .body = "{}"};
    }

    const StandInModel* model_named(std::string_view name) const {
        for (const StandInModel& model : options_.models)
            if (model.name == name) return &model;
        return nullptr;
    }

    /// The version behind the name now. Under the mutex.
    const StandInVersion& version_of(const StandInModel& model) {
        const std::uint64_t asked = asked_[model.name]++;
        if (const auto pointed = pointed_.find(model.name); pointed != pointed_.end())
            return *pointed->second;
        const StandInVersion* now = &model.versions.front();
        for (const StandInVersion& version : model.versions)
            if (asked >= version.from_request && Later::Clock::now() - began_ >= version.after)
                now = &version;
        return *now;
    }

    /// What happens to one request, under the mutex. nullopt: it hangs.
    std::optional<HttpReply> reply_to(const StandInRequest& request, const StandInModel& model,
                                      CounterRandom& random) {
        const auto now = Later::Clock::now();
        for (const auto wait :
             {requests_.pass(now), tokens_.pass(now, double(request.input_tokens))})
            if (wait) return ++counts_.limited, limited_reply(request.api, *wait);
        const StandInFaults& faults = options_.faults;
        double u = random.uniform();
        const auto drawn = [&](double share) { return (u -= share) < 0; };
        if (drawn(faults.limited))
            return ++counts_.limited, limited_reply(request.api, std::chrono::seconds(1));
        if (drawn(faults.failed)) {
            constexpr int statuses[] = {500, 502, 503, 529};
            return ++counts_.failed, error_reply(request.api, statuses[random.below(4)],
                                                 "api_error", "Something went wrong.");
        }
        if (drawn(faults.hang)) return ++counts_.hung, std::nullopt;
        const StandInVersion& version = version_of(model);
        const std::string& reported = version.reports.empty() ? version.name : version.reports;
        if (drawn(faults.malformed))
            return ++counts_.malformed, malformed_reply(request, reported, random.below(1000));
        if (drawn(faults.hostile))
            return ++counts_.hostile, hostile_reply(request, reported, random.below(1000));
        if (drawn(faults.refused)) return ++counts_.refused, refused_reply(request, reported);
        if (drawn(faults.cut)) return ++counts_.cut, cut_reply(request, reported);

        const std::string content = content_of(request.user);
        const std::string truth = truth_of(model, options_.seed, content);
        const std::string answer = answer_of(version, options_.seed, truth, content);
        ++counts_.answered;
        counts_.input_tokens += static_cast<std::uint64_t>(request.input_tokens);
        if (!answered_.insert(hash64(content, hash64(version.name))).second)
            ++counts_.answered_again;
        return good_reply(request, reported, answer, model.speaks);
    }

    /// What that key was answered with before; nullopt if it is new. Under the mutex.
    std::optional<HttpReply> repeated(const std::string& key) {
        const auto found = by_key_.find(key);
        if (found == by_key_.end()) return std::nullopt;
        return ++counts_.repeated, found->second;
    }

    void answer(ModelProtocol api, net::HttpCall call) {
        StandInRead read = read_request(api, call.body);
        const StandInModel* model = read.fault.empty() ? model_named(read.request.model) : nullptr;
        const bool enters = may_enter(call.head);
        std::unique_lock lock(mutex_);
        const std::uint64_t number = counts_.requests++;
        if (!enters || !model) {
            ++counts_.rejected;
            lock.unlock();
            return call.exchange.answer(
                !enters ? error_reply(api, 401, "authentication_error", "The key is not known.")
                : !read.fault.empty()
                    ? error_reply(api, 400, "invalid_request_error", read.fault)
                    : error_reply(api, 404, "not_found_error",
                                  fmt::format("There is no model `{}`.", read.request.model)));
        }
        CounterRandom random(options_.seed, number);
        const std::string key(call.head.find("idempotency-key").value_or(""));
        auto reply = repeated(key);
        if (!reply) reply = reply_to(read.request, *model, random);
        if (reply && !key.empty() && reply->status == 200) by_key_.try_emplace(key, *reply);
        if (!reply) return hanging_.push_back(std::move(call.exchange));
        lock.unlock();
        const auto span = options_.latency_max - options_.latency_min;
        const auto latency = std::chrono::duration_cast<Later::Clock::duration>(
            options_.latency_min + span * random.uniform());
        if (latency == Later::Clock::duration::zero())
            return call.exchange.answer(std::move(*reply));
        later_.send(Later::Clock::now() + latency, std::move(call.exchange), std::move(*reply));
    }

    const StandInOptions options_;
    mutable std::mutex mutex_;
    RateGate requests_, tokens_;
    StandInCounts counts_;
    std::unordered_map<std::string, std::uint64_t> asked_;  ///< By model.
    std::unordered_map<std::string, const StandInVersion*> pointed_;
    std::unordered_set<std::uint64_t> answered_;         ///< Hashes of version and content.
    std::unordered_map<std::string, HttpReply> by_key_;  ///< By Idempotency-Key.
    std::vector<net::HttpExchange> hanging_;
    const Later::Clock::time_point began_;
    Later later_;
};

}  // namespace

struct StandInServer::Impl {
    explicit Impl(const StandInOptions& options) : service(options) {}

    ByteBudget budget{512u << 20};
    StandInService service;
    std::unique_ptr<net::HttpServer> server;
};

StandInServer::StandInServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
StandInServer::~StandInServer() {
    stop();
}

Result<std::unique_ptr<StandInServer>> StandInServer::start(const StandInOptions& options) {
    auto impl = std::make_unique<Impl>(options);
    auto server = net::HttpServer::open({.door = "the stand-in",
                                         .address = {.host = "127.0.0.1", .port = options.port},
                                         .body_bytes_max = 16u << 20,
                                         .stop_within = std::chrono::milliseconds(200)},
                                        impl->service, impl->budget);
    if (!server) return server.error();
    impl->server = std::move(*server);
    return std::unique_ptr<StandInServer>(new StandInServer(std::move(impl)));
}

std::uint16_t StandInServer::port() const {
    return impl_->server->port();
}
std::string StandInServer::url() const {
    return fmt::format("http://127.0.0.1:{}", port());
}
StandInCounts StandInServer::counts() const {
    return impl_->service.counts();
}
bool StandInServer::point(const std::string& model, const std::string& version) {
    return impl_->service.point(model, version);
}
void StandInServer::stop() {
    impl_->service.stop();
    impl_->server->stop();
}

}  // namespace plimsoll::app
