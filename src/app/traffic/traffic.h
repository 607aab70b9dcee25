/// traffic.h: what happens, interaction by interaction, oldest first; and the truth about it. Pure:
/// the same specification and content give the same on any machine.
///
///   Arrivals ──▶ application ──▶ session (who) ──▶ category ──▶ events that hold ──▶ good or bad
///                                                                        ──▶ a response of a task
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/traffic/arrivals.h"
#include "app/traffic/content.h"
#include "base/id.h"

namespace plimsoll::app::traffic {

/// What an outside judge says of one interaction.
struct Opinion {
    const OutsideJudge* judge;
    Attributes versions;
    bool pass;
};

struct Happening {
    TraceId trace;
    std::uint64_t seed = 0;  ///< All that is drawn later comes from it.
    UnixNanos start = 0;
    const Application* application = nullptr;
    const Task* task = nullptr;
    const Response* response = nullptr;
    const Response* context = nullptr;  ///< Whose documents are found instead of its own.
    std::uint64_t session = 0, user = 0;
    unsigned turn = 0;  ///< Of its session, from 0.
    Attributes attributes;
    double input_tokens = 1, latency = 1, latency_p95 = 1, latency_p99 = 1, cost = 1;
    bool tools_lost = false, personal = false, duplicated = false, late = false;
    std::vector<Opinion> opinions;
    std::vector<const Event*> active;  ///< That hold for this interaction.
};

class Traffic {
  public:
    /// `gaps` as of Arrivals. An Error if some content is not there.
    static Result<Traffic> make(const Specification& specification, const ContentSource& content,
                                std::vector<double> gaps = {});

    Traffic(Traffic&&) = default;  // Pools point into tasks, which stay where they are.
    Traffic(const Traffic&) = delete;

    std::optional<Happening> next();
    std::size_t expected() const { return arrivals_.expected(); }

    /// Texts of bad answers, by application: what a stand-in's judge needs to know the truth.
    std::map<std::string, std::vector<std::string>> bad_answers() const;

  private:
    struct Choice {
        const Task* task;
        const Response* response;
    };
    struct Pool {
        std::vector<Choice> good, bad;
    };
    struct Session {
        std::uint64_t seed = 0, user = 0;
        unsigned turns = 0;
        UnixNanos last = 0;
        Attributes attributes;
    };
    struct Part {
        const Application* application;
        std::vector<Task> tasks;
        std::vector<const Task*> by_category;  ///< A category as often as it has tasks.
        std::map<std::pair<std::string, std::string>, Pool> pools;  ///< category, variant
        std::vector<Session> live;
    };

    Traffic(const Specification& specification, std::vector<double> gaps)
        : specification_(specification), arrivals_(specification, std::move(gaps)) {}
    Session& session(Part& part, UnixNanos time, demo::Chance& chance);
    void begin(Session& session, const Part& part, UnixNanos time);
    void choose(const Part& part, Happening& happening, demo::Chance& chance) const;
    void judge(Happening& happening, demo::Chance& chance) const;

    const Specification& specification_;
    Arrivals arrivals_;
    std::vector<Part> parts_;
    std::uint64_t count_ = 0;
};

}  // namespace plimsoll::app::traffic
