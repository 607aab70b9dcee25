#include "app/traffic/play.h"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>

#include "app/demo/otlp_sender.h"
#include "app/demo/progress.h"
#include "app/traffic/label_feed.h"
#include "app/traffic/tell.h"
#include "base/json.h"

namespace plimsoll::app::traffic {
namespace {

/// How long after its time what is late comes.
constexpr UnixNanos late_max = 26 * 3'600 * nanos_per_second;

Error cannot_write(const std::filesystem::path& path) {
    return {fmt::format("cannot write {}", path.string())};
}

/// The way out: a server, or files of OTLP.
class Outlet {
  public:
    Outlet(const PlayOptions& options, const std::atomic<bool>& stop) : options_(options) {
        if (!options.to.empty()) sender_.emplace(options.to, options.key, stop);
    }
    Result<Done> add(const Happening& happening) {
        body_.push_back(tell(happening));
        ++played.interactions;
        for (const auto& scope : body_.back().scopes) played.spans += scope.spans.size();
        return body_.size() < options_.per_body ? Done{} : flush();
    }
    Result<Done> flush() {
        if (body_.empty()) return Done{};
        const std::string otlp = wire::outgoing::to_otlp(body_);
        body_.clear();
        played.bytes += otlp.size();
        if (sender_) {
            const auto sent = sender_->send(otlp);
            if (!sent) return sent.error();
            played.rejected += static_cast<std::uint64_t>(sent->partial.rejected_spans);
        }
        if (options_.out.empty()) return Done{};
        const auto path =
            std::filesystem::path(options_.out) / fmt::format("traces-{:06}.otlp", ++files_);
        std::ofstream file(path, std::ios::binary);
        if (!file.write(otlp.data(), static_cast<std::streamsize>(otlp.size())))
            return cannot_write(path);
        return Done{};
    }
    Played played;

  private:
    const PlayOptions& options_;
    std::optional<demo::OtlpSender> sender_;
    wire::outgoing::Request body_;
    std::size_t files_ = 0;
};

/// The truth's files; none if no folder was named.
class Truth {
  public:
    Result<Done> open(const std::string& folder, const Specification& specification,
                      const Traffic& traffic) {
        if (folder.empty()) return Done{};
        const std::filesystem::path path(folder);
        truth_.open(path / "truth.jsonl");
        labels_.open(path / "labels.csv");
        feed_.emplace(specification);
        labels_ << LabelFeed::header;
        std::ofstream events(path / "events.jsonl"), bad(path / "bad.jsonl");
        for (const Event& event : specification.events) {
            if (event.kind == "base") continue;  // How things are, not what happens.
            std::string service;
            for (const Application& application : specification.applications)
                if (application.name == event.application) service = application.service;
            events << event_line(event, service) << '\n';
        }
        for (const auto& [application, answers] : traffic.bad_answers())
            for (const std::string& answer : answers)
                bad << fmt::format("{{\"application\":{},\"answer\":{}}}\n",
                                   json::quoted(application), json::quoted(answer));
        if (!truth_ || !labels_ || !events.flush() || !bad.flush()) return cannot_write(path);
        return Done{};
    }
    void add(const Happening& happening) {
        if (!feed_) return;
        truth_ << truth_line(happening) << '\n';
        labels_ << feed_->rows(happening);
    }
    Result<Done> close() {
        if (feed_ && (!truth_.flush() || !labels_.flush())) return cannot_write("the truth");
        return Done{};
    }

  private:
    std::ofstream truth_, labels_;
    std::optional<LabelFeed> feed_;
};

}  // namespace

Result<Played> play(const Specification& specification, const ContentSource& content,
                    std::vector<double> gaps, const PlayOptions& options,
                    const std::atomic<bool>& stop) {
    auto traffic = Traffic::make(specification, content, std::move(gaps));
    if (!traffic) return traffic.error();
    for (const std::string& folder : {options.out, options.truth}) {
        std::error_code wrong;
        if (!folder.empty()) std::filesystem::create_directories(folder, wrong);
        if (wrong) return cannot_write(folder);
    }
    Truth truth;
    if (auto opened = truth.open(options.truth, specification, *traffic); !opened)
        return opened.error();
    Outlet outlet(options, stop);
    Progress progress(fmt::format("Playing {} weeks of traffic", specification.weeks),
                      traffic->expected());
    const auto began = std::chrono::steady_clock::now();
    std::multimap<UnixNanos, Happening> later;  // What comes late, and what comes twice.
    std::uint64_t count = 0;
    const auto come_due = [&](UnixNanos time) -> Result<Done> {
        while (!later.empty() && later.begin()->first <= time) {
            if (auto added = outlet.add(later.begin()->second); !added) return added;
            later.erase(later.begin());
        }
        return Done{};
    };
    while (!stop) {
        const auto happening = traffic->next();
        if (!happening) break;
        progress.at(++count);
        truth.add(*happening);
        if (auto came = come_due(happening->start); !came) return came.error();
        const auto delay = static_cast<UnixNanos>(static_cast<double>(happening->seed % 1000) /
                                                  1000 * static_cast<double>(late_max));
        if (happening->late || happening->duplicated)
            later.emplace(happening->start + delay, *happening);
        if (!happening->late)
            if (auto added = outlet.add(*happening); !added) return added.error();
    }
    if (auto came = come_due(INT64_MAX); !came) return came.error();
    if (auto sent = outlet.flush(); !sent) return sent.error();
    if (auto closed = truth.close(); !closed) return closed.error();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    outlet.played.seconds = took.count();
    progress.done(fmt::format("{} interactions in {:.1f} s", count, took.count()));
    return outlet.played;
}

}  // namespace plimsoll::app::traffic
