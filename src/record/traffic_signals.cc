#include "record/traffic_signals.h"

#include <algorithm>
#include <cmath>

#include "base/hash.h"

namespace plimsoll::record {

namespace {

constexpr std::size_t questions_per_session = 8, words_max = 256, words_to_compare = 3;
constexpr double nearly_the_same = 0.6, deviations = 4;
constexpr std::uint64_t usual_after = 100;

std::vector<std::uint64_t> words_of(std::string_view question) {
    std::vector<std::uint64_t> words;
    std::string word;
    const auto end_word = [&] {
        if (!word.empty() && words.size() < words_max) words.push_back(hash64(word));
        word.clear();
    };
    for (const char c : question) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                            static_cast<unsigned char>(c) >= 0x80;
        if (letter)
            word += c;
        else if (c >= 'A' && c <= 'Z')
            word += static_cast<char>(c - 'A' + 'a');
        else
            end_word();
    }
    end_word();
    std::ranges::sort(words);
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

}  // namespace

double shared_words(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
    std::size_t both = 0;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        if (a[i] == b[j]) ++both;
        const bool first = a[i] <= b[j], second = b[j] <= a[i];
        i += first;
        j += second;
    }
    const std::size_t any = a.size() + b.size() - both;
    return any == 0 ? 0 : static_cast<double>(both) / static_cast<double>(any);
}

bool TrafficSignals::Usual::far_above(double value) const {
    if (count < usual_after || value <= 0) return false;
    const double deviation = std::sqrt(squares / static_cast<double>(count - 1));
    return std::log(value) > mean + deviations * deviation;
}

void TrafficSignals::Usual::add(double value) {
    if (value <= 0) return;
    const double logarithm = std::log(value), off = logarithm - mean;
    ++count;
    mean += off / static_cast<double>(count);
    squares += off * (logarithm - mean);
}

TrafficSignals::Session& TrafficSignals::session(const std::string& name) {
    const auto found = sessions_.find(name);
    if (found != sessions_.end()) {
        by_use_.splice(by_use_.begin(), by_use_, found->second.used);
        return found->second;
    }
    if (sessions_.size() == options_.sessions_max) {
        sessions_.erase(by_use_.back());
        by_use_.pop_back();
    }
    by_use_.push_front(name);
    Session& made = sessions_[name];
    made.used = by_use_.begin();
    return made;
}

bool TrafficSignals::asked_before(const Interaction& interaction) {
    if (interaction.question.empty() || !interaction.traits.has(Trait::session)) return false;
    Session& of = session(interaction.session);
    std::erase_if(of.questions, [&](const Question& each) { return each.trace == interaction.id; });
    Question now{interaction.id, words_of(interaction.question)};
    const bool again = std::ranges::any_of(of.questions, [&](const Question& earlier) {
        if (std::min(now.words.size(), earlier.words.size()) < words_to_compare)
            return !now.words.empty() && now.words == earlier.words;
        return shared_words(now.words, earlier.words) >= nearly_the_same;
    });
    if (of.questions.size() == questions_per_session) of.questions.pop_front();
    of.questions.push_back(std::move(now));
    return again;
}

Traits TrafficSignals::hear(const Interaction& interaction) {
    Traits signals;
    signals.set(Trait::re_submission, asked_before(interaction));
    if (!interaction.recognised() || interaction.revision > 1) return signals;
    if (services_.size() == options_.services_max && !services_.contains(interaction.service))
        return signals;
    Service& service = services_[interaction.service];
    signals.set(Trait::unusually_long, service.duration.far_above(interaction.duration_ms()));
    service.duration.add(interaction.duration_ms());
    if (interaction.cost_usd) {
        signals.set(Trait::unusually_costly, service.cost.far_above(*interaction.cost_usd));
        service.cost.add(*interaction.cost_usd);
    }
    return signals;
}

}  // namespace plimsoll::record
