#include "app/traffic/traffic.h"

#include <algorithm>
#include <cstring>

#include "base/hash.h"

namespace plimsoll::app::traffic {
namespace {

constexpr UnixNanos silence = 1'800 * nanos_per_second;  ///< Ends a session.
constexpr std::size_t live_max = 6;                      ///< Sessions at once, each application.

const std::string& draw(const Shares& shares, double uniform) {
    for (const auto& [value, share] : shares)
        if ((uniform -= share) < 0) return value;
    return shares.back().first;
}

double uniform_of(std::initializer_list<std::uint64_t> words) {
    return static_cast<double>(demo::mix(words) >> 11) * 0x1p-53;
}

bool holds(const Attributes& where, const Attributes& attributes) {
    return std::ranges::all_of(where, [&](const auto& wanted) {
        const auto found = attributes.find(wanted.first);
        return found != attributes.end() && found->second == wanted.second;
    });
}

}  // namespace

Result<Traffic> Traffic::make(const Specification& specification, const ContentSource& content,
                              std::vector<double> gaps) {
    Traffic traffic(specification, std::move(gaps));
    traffic.parts_.reserve(specification.applications.size());  // Pools point into tasks.
    for (const Application& application : specification.applications) {
        Part& part = traffic.parts_.emplace_back();
        part.application = &application;
        const auto load = [&](const std::vector<std::string>& names) -> Result<Done> {
            for (const std::string& name : names) {
                auto tasks = content(name);
                if (!tasks) return tasks.error();
                std::ranges::move(*tasks, std::back_inserter(part.tasks));
            }
            return Done{};
        };
        auto loaded = load(application.content);
        if ((!loaded || part.tasks.empty()) && !application.without_data.empty()) {
            part.tasks.clear();
            loaded = load(application.without_data);
        }
        if (!loaded) return loaded.error();
        if (part.tasks.empty()) return Error{"no content for application " + application.name};
        for (const Task& task : part.tasks) {
            part.by_category.push_back(&task);
            for (const Response& response : task.responses) {
                Pool& pool = part.pools[{task.category, response.variant}];
                (response.good ? pool.good : pool.bad).push_back({&task, &response});
            }
        }
    }
    return traffic;
}

void Traffic::begin(Session& session, const Part& part, UnixNanos time) {
    session = {};
    session.seed = demo::mix({specification_.seed, 0x73657373, count_});
    session.user = demo::mix({session.seed, 0x75736572}) % 20'000;
    demo::Chance chance(session.seed);
    for (const auto& [name, usual] : specification_.attributes) {
        const Shares* shares = &usual;
        for (const Event& event : specification_.events) {
            const auto other = event.shares.find(name);
            if (other != event.shares.end() &&
                (event.application.empty() || event.application == part.application->name) &&
                chance.uniform() < event.strength(time))
                shares = &other->second;
        }
        session.attributes[name] = draw(*shares, chance.uniform());
    }
}

Traffic::Session& Traffic::session(Part& part, UnixNanos time, demo::Chance& chance) {
    std::erase_if(part.live, [&](const Session& one) { return time - one.last > silence; });
    const bool goes_on = chance.uniform() < 1 - 1 / part.application->turns;
    if (!goes_on || part.live.empty()) {
        if (part.live.size() == live_max) part.live.erase(part.live.begin());
        begin(part.live.emplace_back(), part, time);
        return part.live.back();
    }
    return part.live[chance.below(part.live.size())];
}

std::optional<Happening> Traffic::next() {
    const auto time = arrivals_.next();
    if (!time) return std::nullopt;
    Happening happening;
    happening.seed = demo::mix({specification_.seed, 0x68617070, ++count_});
    happening.start = *time;
    demo::Chance chance(happening.seed);
    double left = chance.uniform();
    Part* part = &parts_.back();
    for (Part& one : parts_)
        if ((left -= one.application->share) < 0) {
            part = &one;
            break;
        }
    happening.application = part->application;
    Session& session = this->session(*part, *time, chance);
    session.last = *time;
    happening.session = session.seed;
    happening.user = session.user;
    happening.turn = session.turns++;
    for (int i = 0; i < 2; ++i) {
        const std::uint64_t word = demo::mix({happening.seed, 0x7472616365, std::uint64_t(i)});
        std::memcpy(happening.trace.bytes.data() + 8 * i, &word, 8);
    }
    happening.attributes = part->application->versions;
    for (const auto& [name, value] : session.attributes) happening.attributes[name] = value;
    happening.attributes["app.query.category"] =
        part->by_category[chance.below(part->by_category.size())]->category;
    choose(*part, happening, chance);
    judge(happening, chance);
    return happening;
}

void Traffic::choose(const Part& part, Happening& happening, demo::Chance& chance) const {
    std::optional<double> good = part.application->good;
    std::string variant = part.application->variant;
    bool other_context = false;
    for (const Event& event : specification_.events) {
        if (!event.active(happening.start)) continue;
        if (!event.application.empty() && event.application != part.application->name) continue;
        if (!holds(event.where, happening.attributes)) continue;
        const double uniform = uniform_of({happening.session, hash64(event.id)});
        if (uniform >= event.affected * event.strength(happening.start)) continue;
        happening.active.push_back(&event);
        if (event.judge.empty())
            for (const auto& [name, value] : event.set) happening.attributes[name] = value;
        if (event.good) good = event.good;
        if (good) *good *= event.good_times;
        if (!event.variant.empty()) variant = event.variant;
        other_context |= event.other_context;
        happening.input_tokens *= event.input_tokens;
        happening.latency *= event.latency;
        happening.latency_p95 *= event.latency_p95;
        happening.latency_p99 *= event.latency_p99;
        happening.cost *= event.cost;
        happening.tools_lost |= chance.happens(event.lost_tools);
        happening.personal |= chance.happens(event.personal);
        happening.duplicated |= chance.happens(event.duplicated);
        happening.late |= chance.happens(event.late);
    }
    const std::string& category = happening.attributes["app.query.category"];
    auto found = part.pools.find({category, variant});
    if (found == part.pools.end()) found = part.pools.find({category, ""});
    if (found == part.pools.end()) found = part.pools.lower_bound({category, ""});
    const Pool& pool = found->second;
    const double all = static_cast<double>(pool.good.size() + pool.bad.size());
    bool is_good = chance.happens(good.value_or(static_cast<double>(pool.good.size()) / all));
    if (pool.bad.empty()) is_good = true;
    if (pool.good.empty()) is_good = false;
    const Choice& choice = chance.pick(is_good ? pool.good : pool.bad);
    happening.task = choice.task;
    happening.response = choice.response;
    if (other_context) {
        const Task& other = part.tasks[chance.below(part.tasks.size())];
        happening.context = &other.responses.front();
    }
}

void Traffic::judge(Happening& happening, demo::Chance& chance) const {
    // Whoever was given the documents of another task cannot be faithful to them.
    const bool good = happening.response->good && !happening.context;
    for (const OutsideJudge& judge : specification_.judges) {
        if (!std::ranges::count(judge.applications, happening.application->name)) continue;
        Opinion opinion{&judge, judge.versions, false};
        double sensitivity = judge.sensitivity, specificity = judge.specificity;
        for (const Event& event : specification_.events) {
            if (event.judge != judge.name || !event.active(happening.start)) continue;
            for (const auto& [name, value] : event.set) opinion.versions[name] = value;
            sensitivity = event.sensitivity.value_or(sensitivity);
            specificity = event.specificity.value_or(specificity);
        }
        const bool looks = chance.happens(judge.rate);
        opinion.pass = chance.happens(good ? sensitivity : 1 - specificity);
        if (looks) happening.opinions.push_back(std::move(opinion));
    }
}

std::map<std::string, std::vector<std::string>> Traffic::bad_answers() const {
    std::map<std::string, std::vector<std::string>> answers;
    for (const Part& part : parts_)
        for (const Task& task : part.tasks)
            for (const Response& response : task.responses)
                if (!response.good) answers[part.application->name].push_back(response.says);
    return answers;
}

}  // namespace plimsoll::app::traffic
