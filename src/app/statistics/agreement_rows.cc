#include "app/statistics/agreement_rows.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "base/permanent_random.h"

namespace plimsoll::app {
namespace {

using analyse::Scale;

/// The values of the whole file, and the number that stands for each of them.
class Coding {
  public:
    static Result<Coding> of(const std::vector<std::vector<std::string>>& columns, const Rows& rows,
                             std::optional<Scale> scale) {
        std::set<std::string> words;
        std::set<double> numbers;
        for (const auto& column : columns) {
            for (const std::string& word : column) {
                if (word.empty()) continue;
                words.insert(word);
                if (const auto number = number_of(word)) numbers.insert(*number);
            }
        }
        Coding coding;
        coding.numeric_ = std::ranges::all_of(
            words, [](const std::string& word) { return number_of(word).has_value(); });
        const std::size_t different = coding.numeric_ ? numbers.size() : words.size();
        coding.scale_ = scale.value_or(different <= 2    ? Scale::binary
                                       : coding.numeric_ ? Scale::graded
                                                         : Scale::multiclass);
        if (coding.scale_ == Scale::binary && different > 2) {
            return Error{
                fmt::format("{} different verdicts and labels are not binary; leave out "
                            "--scale, or say multiclass",
                            different)};
        }
        if (coding.scale_ == Scale::multiclass && different > classes_max) {
            return Error{
                fmt::format("{} different classes, at most {} are compared; numbers are "
                            "compared with --scale graded",
                            different, classes_max)};
        }
        if (coding.scale_ == Scale::graded && !coding.numeric_) {
            for (const auto& column : columns) {
                for (std::size_t row = 0; row < column.size(); ++row) {
                    if (column[row].empty() || number_of(column[row])) continue;
                    return Error{
                        fmt::format("{}: \"{}\" is no number; --scale graded needs numbers",
                                    rows.place(row), column[row].substr(0, 40))};
                }
            }
        }
        if (coding.scale_ == Scale::graded) return coding;
        // The place in the order of numbers or words; of two, the lower one fails.
        std::map<double, std::string> first_word;
        for (const std::string& word : words) {
            if (coding.numeric_) first_word.emplace(*number_of(word), word);
        }
        std::size_t place = 0;
        for (const auto& [number, word] : first_word) {
            coding.classes_.push_back(word);
            coding.number_codes_[number] = static_cast<double>(place++);
        }
        if (!coding.numeric_) {
            for (const std::string& word : words) {
                coding.classes_.push_back(word);
                coding.word_codes_[word] = static_cast<double>(place++);
            }
        }
        if (coding.scale_ == Scale::binary) std::ranges::reverse(coding.classes_);
        return coding;
    }

    Scale scale() const { return scale_; }
    bool numeric() const { return numeric_; }
    const std::vector<std::string>& classes() const { return classes_; }

    std::optional<double> code(const std::string& word) const {
        if (word.empty()) return std::nullopt;
        if (scale_ == Scale::graded) return number_of(word);
        const double place = numeric_ ? number_codes_.at(*number_of(word)) : word_codes_.at(word);
        return scale_ == Scale::binary ? 1 - place : place;
    }

  private:
    static constexpr std::size_t classes_max = 100;
    Scale scale_ = Scale::binary;
    bool numeric_ = true;
    std::vector<std::string> classes_;
    std::map<double, double> number_codes_;
    std::map<std::string, double> word_codes_;
};

std::vector<std::string> people_of(const Rows& rows, const AgreementAsk& ask) {
    if (!ask.people.empty()) return ask.people;
    std::vector<std::string> people;
    for (const Column& column : rows.columns()) {
        if (column.name == "human" || column.name.starts_with("human_")) {
            people.push_back(column.name);
        }
    }
    if (people.empty()) people.push_back("human");  // Its absence is then complained about.
    return people;
}

Result<std::vector<double>> weights_of(const Rows& rows, const AgreementAsk& ask) {
    if (!rows.has(ask.weight)) return std::vector<double>();
    auto weights = rows.all_numbers(ask.weight);
    if (!weights) return weights;
    for (std::size_t row = 0; row < weights->size(); ++row) {
        if ((*weights)[row] > 0) continue;
        return Error{
            fmt::format("{}: weight {} is not above 0; a weight is 1 / the probability "
                        "that the item was chosen",
                        rows.place(row), (*weights)[row])};
    }
    return weights;
}

}  // namespace

Result<std::vector<SliceAgreement>> agreement_of(const Rows& rows, const AgreementAsk& ask) {
    const std::vector<std::string> people = people_of(rows, ask);
    std::vector<std::vector<std::string>> columns;  // The judge's, then people's.
    for (std::size_t i = 0; i <= people.size(); ++i) {
        auto texts = rows.texts(i == 0 ? ask.judge : people[i - 1]);
        if (!texts) return texts.error();
        columns.push_back(std::move(*texts));
    }
    const auto coding = Coding::of(columns, rows, ask.scale);
    if (!coding) return coding.error();
    const auto weights = weights_of(rows, ask);
    if (!weights) return weights.error();
    std::vector<std::string> slices(rows.size()), items(rows.size());
    if (!ask.by.empty()) {
        auto texts = rows.texts(ask.by);
        if (!texts) return texts.error();
        slices = std::move(*texts);
    }
    if (rows.has(ask.item)) items = *rows.texts(ask.item);

    std::vector<std::string> order;
    std::unordered_map<std::string, analyse::Labels> by_slice;
    std::unordered_map<std::string, std::size_t> seen;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const auto [at, fresh] = by_slice.try_emplace(slices[row]);
        analyse::Labels& labels = at->second;
        if (fresh) {
            order.push_back(slices[row]);
            labels.people.resize(people.size());
            labels.scale = coding->scale();
            labels.ordered = coding->numeric();
            labels.key = permanent_bits("agreement", ask.judge + '\x1F' + slices[row]);
        }
        if (!items[row].empty()) {
            const auto [first, once] = seen.try_emplace(slices[row] + '\x1F' + items[row], row);
            if (!once) {
                return Error{fmt::format(
                    "{}: item \"{}\" was there before, at {}; give each item "
                    "one row, or name with --by what tells them apart",
                    rows.place(row), items[row].substr(0, 40), rows.place(first->second))};
            }
        }
        labels.judge.push_back(coding->code(columns[0][row]));
        for (std::size_t i = 0; i < people.size(); ++i) {
            labels.people[i].push_back(coding->code(columns[i + 1][row]));
        }
        if (!weights->empty()) labels.weights.push_back((*weights)[row]);
    }
    std::vector<SliceAgreement> answer;
    for (const std::string& slice : order) {
        answer.push_back(
            {slice, people, coding->classes(), analyse::agreement_of(by_slice[slice])});
    }
    return answer;
}

}  // namespace plimsoll::app
