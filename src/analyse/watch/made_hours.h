/// made_hours.h: sessions of a made deployment, by hour, with what is planted in them. For tests
/// and benches; nothing of the product includes it.
///
///   story: (series name, hour) → rate of failing, sessions an hour ──▶ counts, drawn once
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/counter_random.h"
#include "record/session_hours.h"

namespace plimsoll::analyse {

class MadeHours final : public record::SessionHours {
  public:
    /// A dimension "quality", checked by "check", of service "shop", in slices of "segment".
    struct Slice {
        std::string segment;
        std::function<double(std::int32_t)> sessions;  ///< Expected in that hour.
        std::function<double(std::int32_t)> fails;     ///< Probability.
    };

    static constexpr std::int32_t begin = 24 * 20'458;  ///< Monday 2026-01-05 00:00 UTC.

    void add(const std::vector<Slice>& slices, std::int32_t hours, std::uint64_t seed,
             const std::string& service = "shop") {
        CounterRandom random(seed);
        std::map<std::int32_t, std::uint32_t> passed, failed;
        for (const Slice& slice : slices) {
            std::vector<record::SessionCount> counts;
            for (std::int32_t hour = begin; hour < begin + hours; ++hour) {
                std::uint32_t pass = 0, fail = 0;
                const double expected = slice.sessions(hour - begin);
                // A coin for each of twice as many: binomial, close to what arrives.
                for (int i = 0; i < static_cast<int>(2 * expected + .5); ++i) {
                    if (random.uniform() >= .5) continue;
                    ++(random.uniform() < slice.fails(hour - begin) ? fail : pass);
                }
                passed[hour] += pass;
                failed[hour] += fail;
                put(counts, hour, pass, fail);
            }
            put_series({.service = service, .attribute = "segment", .value = slice.segment},
                       std::move(counts));
        }
        std::vector<record::SessionCount> all;
        for (std::int32_t hour = begin; hour < begin + hours; ++hour)
            put(all, hour, passed[hour], failed[hour]);
        put_series({.service = service}, std::move(all));
    }

    /// As add() makes them, but of any name.
    void put_series(record::SessionSeries of, std::vector<record::SessionCount> counts) {
        if (counts.empty()) return;
        of.id = static_cast<std::uint32_t>(series_.size() + 1);
        if (of.dimension.empty())
            of.dimension = "quality", of.evaluator = "check", of.version = "1";
        of.first_hour = counts.front().hour;
        of.last_hour = counts.back().hour;
        for (const auto& one : counts) of.sessions += one.sessions;
        series_.push_back(of);
        counts_[of.id] = std::move(counts);
    }
    void put_version(std::int32_t from, std::int32_t to, const std::string& element,
                     const std::string& value, std::uint64_t interactions = 10) {
        for (std::int32_t hour = begin + from; hour < begin + to; ++hour)
            versions_.push_back({hour, element, value, interactions});
    }

    Result<Done> refresh(const std::vector<std::string>&) override { return Done{}; }
    Result<std::vector<record::SessionSeries>> series(std::int32_t before_hour) override {
        std::vector<record::SessionSeries> found;
        for (const auto& one : series_)
            if (one.first_hour < before_hour) found.push_back(one);
        return found;
    }
    Result<Done> counts(
        const std::vector<std::uint32_t>& ids, std::int32_t before_hour,
        const std::function<void(std::uint32_t, const std::vector<record::SessionCount>&)>& visit)
        override {
        for (const std::uint32_t id : ids) {
            std::vector<record::SessionCount> counts = counts_[id];
            std::erase_if(counts, [&](const auto& one) { return one.hour >= before_hour; });
            if (!counts.empty()) visit(id, counts);
        }
        return Done{};
    }
    Result<std::vector<record::VersionCount>> versions(const std::string&,
                                                       const std::map<std::string, std::string>&,
                                                       UnixNanos from, UnixNanos to) override {
        std::vector<record::VersionCount> found;
        for (const auto& one : versions_) {
            const UnixNanos time = one.hour * 3600 * nanos_per_second;
            if (time >= from && time < to) found.push_back(one);
        }
        return found;
    }
    Result<std::vector<TraceId>> worst(const record::SessionSeries&, UnixNanos, UnixNanos,
                                       std::size_t) override {
        return std::vector<TraceId>(1);
    }

  private:
    static void put(std::vector<record::SessionCount>& counts, std::int32_t hour,
                    std::uint32_t pass, std::uint32_t fail) {
        if (pass) counts.push_back({hour, 1000, 0, pass});
        if (fail) counts.push_back({hour, 1000, 100, fail});
    }

    std::vector<record::SessionSeries> series_;
    std::map<std::uint32_t, std::vector<record::SessionCount>> counts_;
    std::vector<record::VersionCount> versions_;
};

}  // namespace plimsoll::analyse
