#include "app/alerting/alert_service.h"

#include <spdlog/spdlog.h>

#include <chrono>
#include <cstdlib>

#include <fmt/format.h>

#include "base/thread_name.h"
#include "show/printable.h"

namespace plimsoll::app {

namespace {

using alert::ChannelKind;

/// Where a person reads, a colleague's acknowledgement is noise; a machine wants to know.
alert::ChannelPolicy policy_of(const Channel& channel) {
    const bool people = channel.kind == ChannelKind::slack || channel.kind == ChannelKind::email;
    const bool manager = channel.kind == ChannelKind::alertmanager;
    return {.repeat = manager ? UnixNanos{channel.repeat.count()} * 1'000'000 : 0,
            .hears_acknowledgements = !people && !manager,
            .hears_decisions = !people};
}

/// What the variable holds; "" and a complaint if it is not set.
std::string variable(const std::string& name, std::string& missing) {
    if (name.empty()) return "";
    const char* const value = std::getenv(name.c_str());
    if (value && *value) return value;
    missing = name;
    return "";
}

net::Sent write_to_log(const alert::Message& message) {
    spdlog::warn("alert {} {}: {} | {} | {}", message.alert, message.step,
                 show::printable(message.headline, 300), show::printable(message.why, 300),
                 message.link);
    return {.taken = true, .why = "", .retry_after = {}};
}

}  // namespace

alert::Policy policy_of(const Configuration& configuration, const std::string& page) {
    alert::Policy policy;
    for (const Owner& owner : configuration.owners) policy.owners[owner.name] = owner;
    for (const auto& dimension : configuration.scorecard.dimensions) {
        const auto alert = configuration.alerts.find(dimension.name);
        const AlertPolicy how = alert == configuration.alerts.end() ? AlertPolicy{} : alert->second;
        policy.dimensions[dimension.name] = {
            .owner = dimension.owner, .page = how.page, .critical = how.critical};
    }
    for (const auto& [name, channel] : configuration.channels)
        policy.channels[name] = policy_of(channel);
    policy.owner_of_the_rest = configuration.alerting.owner;
    policy.page_url = configuration.alerting.page_url.empty() ? "http://" + page
                                                              : configuration.alerting.page_url;
    return policy;
}

AlertService::AlertService(const Configuration& configuration, alert::AlertBook::Parts parts,
                           std::vector<std::string>& notices)
    : configuration_(configuration), parts_(parts) {
    for (const auto& [name, channel] : configuration.channels) {
        lines_.push_back({name, send_of(name, channel, notices)});
    }
    book_ = std::make_unique<alert::AlertBook>(parts_, policy_of(configuration_, ""),
                                               configuration_.version, [this] {
                                                   for (const auto& each : deliveries_)
                                                       each->wake();
                                               });
}

DeliveryThread::Send AlertService::send_of(const std::string& name, const Channel& channel,
                                           std::vector<std::string>& notices) {
    if (channel.kind == ChannelKind::log)
        return [](const alert::Message& message, UnixNanos) { return write_to_log(message); };
    std::string missing;
    std::string url = channel.url_env.empty() ? channel.url : variable(channel.url_env, missing);
    std::string secret = variable(channel.secret_env, missing);
    if (!missing.empty()) {
        notices.push_back(
            fmt::format("channel {} tells nobody: the variable {} is not set. What it should tell "
                        "waits; export it and start again.",
                        name, missing));
        return [missing](const alert::Message&, UnixNanos) {
            return net::Sent{.taken = false,
                             .why = fmt::format("the variable {} is not set", missing),
                             .retry_after = {}};
        };
    }
    senders_.push_back(
        std::make_unique<net::ChannelSender>(channel, std::move(url), std::move(secret)));
    return [sender = senders_.back().get()](const alert::Message& message, UnixNanos now) {
        return sender->send(message, now);
    };
}

void AlertService::start(const std::string& page) {
    book_->set_page_url(policy_of(configuration_, page).page_url);
    for (const Line& line : lines_)
        deliveries_.push_back(
            std::make_unique<DeliveryThread>(line.name, parts_.log, parts_.clock, line.send));
    thread_ = std::thread([this] {
        name_this_thread("alerts");
        run();
    });
}

void AlertService::stop() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
    for (const auto& sender : senders_) sender->stop();
    for (const auto& each : deliveries_) each->stop();
}

void AlertService::run() {
    using namespace std::chrono_literals;
    for (;;) {
        if (const auto done = book_->step(); !done)
            spdlog::error("looking after alerts: {}; trying again", done.error().what);
        std::unique_lock lock(mutex_);
        if (changed_.wait_for(lock, 2s, [this] { return stopping_; })) return;
    }
}

}  // namespace plimsoll::app
