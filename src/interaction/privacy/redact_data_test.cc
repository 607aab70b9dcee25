/// How much is found, and how much of what is found is right, on public data (../shared/data/pii).
/// One command shows the tables: interaction_test --gtest_filter='RedactData.*'
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>

#include <fmt/format.h>

#include "base/json.h"
#include "interaction/privacy/redactor.h"

namespace plimsoll::interaction::privacy {
namespace {

const std::string folder = PLIMSOLL_ROOT "/../shared/data/pii/";

/// Calls use(object) for every line; false if the file is not there.
template <class Use>
bool for_each_line(const std::string& name, const Use& use) {
    std::ifstream file(folder + name);
    for (std::string line; std::getline(file, line);) {
        const auto document = json::Document::parse(line);
        if (document) use(document->root());
    }
    return file.eof();
}

struct Count {
    std::size_t planted = 0, hit = 0, claimed = 0, right = 0;
    std::vector<std::string> misses;
};

void show(const std::map<std::string, Count>& counts) {
    fmt::print("{:<28} {:>7} {:>7} {:>7} {:>9}\n", "type", "planted", "found", "recall",
               "precision");
    for (const auto& [type, count] : counts) {
        fmt::print("{:<28} {:>7} {:>7} {:>7} {:>9}\n", type, count.planted, count.hit,
                   count.planted ? fmt::format("{:.3f}", double(count.hit) / count.planted) : "",
                   count.claimed ? fmt::format("{:.3f}", double(count.right) / count.claimed) : "");
    }
    for (const auto& [type, count] : counts) {
        for (const std::string& miss : count.misses) fmt::print("missed {}: {}\n", type, miss);
    }
}

double recall(const Count& count) {
    return count.planted ? double(count.hit) / double(count.planted) : 1;
}

/// Offsets of the data count characters.
std::size_t byte_of(std::string_view text, std::size_t character) {
    std::size_t at = 0;
    while (at < text.size()) {
        if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80 && character-- == 0) break;
        ++at;
    }
    return at;
}

std::string text_of(json::Value object, std::string_view key) {
    return std::string(object.find(key).value_or(json::Value()).as_string());
}

TEST(RedactData, sentences_with_planted_identities) {
    const std::map<std::string, std::string> labels{
        {"CREDIT_CARD", "CARD"},   {"PHONE_NUMBER", "PHONE"}, {"EMAIL_ADDRESS", "EMAIL"},
        {"US_SSN", "NATIONAL_ID"}, {"IBAN_CODE", "IBAN"},     {"IP_ADDRESS", "IP"}};
    const Redactor redactor({}, {});
    std::map<std::string, Count> counts;
    const bool there = for_each_line("presidio_generated.jsonl", [&](json::Value row) {
        const std::string text = text_of(row, "full_text");
        const std::vector<Found> found = redactor.find(text);
        std::vector<std::pair<Place, std::string>> planted;
        for (const json::Value span : row.find("spans")->elements()) {
            planted.push_back(
                {{byte_of(text,
                          static_cast<std::size_t>(*span.find("start_position")->as_integer())),
                  byte_of(text,
                          static_cast<std::size_t>(*span.find("end_position")->as_integer()))},
                 text_of(span, "entity_type")});
        }
        for (const auto& [place, type] : planted) {
            const auto label = labels.find(type);
            if (label == labels.end()) continue;
            Count& count = counts[label->second];
            ++count.planted;
            const bool hit = std::any_of(found.begin(), found.end(), [&](const Found& one) {
                return one.place.begin <= place.begin && one.place.end >= place.end;
            });
            count.hit += hit;
            if (!hit) count.misses.push_back(text.substr(place.begin, place.end - place.begin));
        }
        for (const Found& one : found) {
            Count& count = counts[std::string(one.label)];
            ++count.claimed;
            const bool right = std::any_of(planted.begin(), planted.end(), [&](const auto& each) {
                return one.place.begin < each.first.end && each.first.begin < one.place.end;
            });
            count.right += right;
            if (!right)
                count.misses.push_back(fmt::format("(wrongly found) {} in: {}", one.value, text));
        }
    });
    if (!there) GTEST_SKIP() << folder << " is not there";
    show(counts);
    for (const std::string label : {"CARD", "EMAIL", "NATIONAL_ID", "IBAN", "IP"})
        EXPECT_GE(recall(counts[label]), 0.99) << label;
}

TEST(RedactData, cases_of_single_recognizers) {
    const Redactor redactor({}, {});
    std::map<std::string, Count> counts;
    const bool there = for_each_line("presidio_recognizer_vectors.jsonl", [&](json::Value row) {
        Count& count = counts[text_of(row, "recognizer")];
        const std::string text = text_of(row, "text");
        const auto expected = static_cast<std::size_t>(*row.find("expected_count")->as_integer());
        if (expected == 0) return;  // Says nothing about the other types.
        const std::size_t found = redactor.find(text).size();
        count.planted += expected;
        count.hit += std::min(found, expected);
        if (found < expected) count.misses.push_back(text);
    });
    if (!there) GTEST_SKIP() << folder << " is not there";
    show(counts);
    EXPECT_GE(recall(counts["email"]), 0.99);
    EXPECT_GE(recall(counts["uk_nino"]), 0.99);
}

TEST(RedactData, keys_of_providers) {
    const Redactor redactor({}, {});
    std::map<std::string, Count> counts;
    const bool there = for_each_line("secret_vectors.jsonl", [&](json::Value row) {
        Count& count = counts[text_of(row, "plugin")];
        const std::string text = text_of(row, "text");
        const bool should = *row.find("should_flag")->as_boolean();
        const bool did = !redactor.find(text).empty();
        count.planted += should;
        count.hit += should && did;
        count.claimed += did;
        count.right += should && did;
        if (should != did)
            count.misses.push_back(fmt::format("{}{}", should ? "" : "(wrongly found) ", text));
    });
    if (!there) GTEST_SKIP() << folder << " is not there";
    show(counts);
    Count all;
    for (const auto& [plugin, count] : counts) all.planted += count.planted, all.hit += count.hit;
    EXPECT_GE(recall(all), 0.9);
}

/// Noisy social text: user names and links, but hardly any of what we look for.
TEST(RedactData, social_text_stays_as_it_is) {
    const Redactor redactor({}, {});
    std::ifstream file(folder + "wnut17train.conll");
    std::string text;
    std::size_t texts = 0, touched = 0;
    for (std::string line; std::getline(file, line);) {
        if (!line.empty() && line != "\t") {
            text += line.substr(0, line.find('\t')) + " ";
            continue;
        }
        ++texts;
        const auto found = redactor.find(text);
        touched += !found.empty();
        for (const Found& one : found) fmt::print("{} {} in: {}\n", one.label, one.value, text);
        text.clear();
    }
    if (texts == 0) GTEST_SKIP() << folder << " is not there";
    fmt::print("{} of {} texts touched\n", touched, texts);
    EXPECT_LE(touched, texts / 100);
}

}  // namespace
}  // namespace plimsoll::interaction::privacy
