/// digested_hours.h: the counts that a watch reads, with a digest of all it was told: two runs with
/// the same digest read the same.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/sha256.h"
#include "record/session_hours.h"

namespace plimsoll::analyse {

/// One look, one thread.
class DigestedHours final : public record::SessionHours {
  public:
    explicit DigestedHours(record::SessionHours& hours) : hours_(hours) {}

    /// SHA-256 of every answer: counts by the name of their series, whatever order they came in.
    std::string digest() {
        for (const auto& [name, of] : counts_) {
            sum_.add_field(name);
            sum_.add_field(of);
        }
        return sum_.hex();
    }
    /// Of any series that was told of; 0 if there was none.
    std::int32_t first_hour() const { return first_hour_; }

    Result<Done> refresh(const std::vector<std::string>& attributes) override {
        return hours_.refresh(attributes);
    }

    Result<std::vector<record::SessionSeries>> series(std::int32_t before_hour) override {
        auto all = hours_.series(before_hour);
        if (!all) return all;
        for (const record::SessionSeries& one : *all) {
            Sha256 name;
            for (const std::string* text : {&one.dimension, &one.evaluator, &one.version,
                                            &one.service, &one.attribute, &one.value})
                name.add_field(*text);
            names_[one.id] = name.hex();
            sum_.add_field(names_[one.id]);
            add(one.first_hour);
            add(one.last_hour);
            add(static_cast<std::int64_t>(one.sessions));
            if (first_hour_ == 0 || one.first_hour < first_hour_) first_hour_ = one.first_hour;
        }
        return all;
    }

    Result<Done> counts(
        const std::vector<std::uint32_t>& ids, std::int32_t before_hour,
        const std::function<void(std::uint32_t, const std::vector<record::SessionCount>&)>& visit)
        override {
        return hours_.counts(ids, before_hour,
                             [&](std::uint32_t id, const std::vector<record::SessionCount>& list) {
                                 // By name: the id holds while these facts last.
                                 std::string bytes;
                                 for (const record::SessionCount& one : list) {
                                     append(bytes, static_cast<std::uint32_t>(one.hour));
                                     append(bytes, one.weight);
                                     append(bytes, static_cast<std::uint16_t>(one.bin));
                                     append(bytes, one.sessions);
                                 }
                                 counts_[names_[id]] = sha256_hex(bytes);
                                 visit(id, list);
                             });
    }

    Result<std::vector<record::VersionCount>> versions(
        const std::string& service, const std::map<std::string, std::string>& slice, UnixNanos from,
        UnixNanos to) override {
        auto all = hours_.versions(service, slice, from, to);
        if (!all) return all;
        for (const record::VersionCount& one : *all) {
            add(one.hour);
            sum_.add_field(one.element);
            sum_.add_field(one.value);
            add(static_cast<std::int64_t>(one.interactions));
        }
        return all;
    }

    Result<std::vector<TraceId>> worst(const record::SessionSeries& of, UnixNanos from,
                                       UnixNanos to, std::size_t count) override {
        auto all = hours_.worst(of, from, to, count);
        if (!all) return all;
        for (const TraceId& one : *all) sum_.add_field(one.raw());
        return all;
    }

  private:
    void add(std::int64_t number) { sum_.add_field(std::to_string(number)); }
    /// Little-endian on every machine.
    static void append(std::string& bytes, std::uint32_t number) {
        for (int shift = 0; shift < 32; shift += 8)
            bytes += static_cast<char>(number >> shift & 0xff);
    }

    record::SessionHours& hours_;
    Sha256 sum_;
    std::map<std::uint32_t, std::string> names_;  ///< Digest of a series' name, by its id.
    std::map<std::string, std::string> counts_;   ///< Digest of its counts, by that.
    std::int32_t first_hour_ = 0;
};

}  // namespace plimsoll::analyse
