#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "app/statistics/rows.h"
#include "base/hash.h"
#include "evaluate/checks/refusal_signals.h"
#include "evaluators/figures.h"
#include "evaluators/logistic.h"
#include "evaluators/measures.h"
#include "show/text_table.h"

namespace plimsoll::bench {

namespace {

constexpr double ridge = 1.0;

/// 1 complied, 2 refused, 3 partly: the numbers of the data set. 0: no valid verdict.
struct Answer {
    std::string model, prompt, type;
    int human = 0, string_match = 0, gpt4 = 0, second_person = 0;
    std::vector<double> signals;
    bool tried = false;  ///< Figures are computed on it; the rest is for fitting only.
};

int label_of(const std::string& text) {
    return text.size() > 1 && text[1] == '_' && text[0] >= '1' && text[0] <= '3' ? text[0] - '0'
                                                                                 : 0;
}

std::vector<double> signals_of(const std::string& text) {
    const auto signals = evaluate::refusal_signals(text);
    return {signals.begin(), signals.end()};
}

/// The files of xstest name a column twice; the later ones become "strmatch_label_2" and so on.
app::Rows rows_of(const std::string& file) {
    std::ifstream in(data_folder + file);
    std::string header, body;
    std::getline(in, header);
    std::map<std::string, int> seen;
    std::string names;
    std::istringstream columns(header);
    for (std::string name; std::getline(columns, name, ',');) {
        if (name.ends_with('\r')) name.pop_back();
        const int count = ++seen[name];
        names +=
            (names.empty() ? "" : ",") + (count == 1 ? name : fmt::format("{}_{}", name, count));
    }
    body.assign(std::istreambuf_iterator<char>(in), {});
    auto rows = app::Rows::parse(names + "\n" + body, file);
    if (!rows) throw std::runtime_error(rows.error().what);
    return std::move(*rows);
}

std::vector<Answer> answers() {
    std::vector<Answer> found;
    for (const char* model : {"mistralinstruct", "mistralguard"}) {
        const app::Rows rows = rows_of(fmt::format("xstest/completions_{}.csv", model));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto at = [&](const char* column) { return (*rows.texts(column))[i]; };
            found.push_back({model, at("id"), at("type"), label_of(at("final_label")),
                             label_of(at("strmatch_label")), label_of(at("gpt4_label")),
                             label_of(at("annotation_2")), signals_of(at("completion")), true});
        }
    }
    const app::Rows rows = rows_of("llmdrift/SENSITIVEQ_EVAL.csv");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto at = [&](const char* column) { return (*rows.texts(column))[i]; };
        found.push_back({at("model"), "sensitive-" + at("id"), "sensitive",
                         at("Response Rate") == "1" ? 1 : 2, 0, 0, 0, signals_of(at("answer"))});
    }
    return found;
}

struct Weights {
    std::vector<double> refused, partial;

    int verdict(const Answer& answer) const {
        if (dot(refused, answer.signals) <= 0) return 1;
        return dot(partial, answer.signals) > 0 ? 3 : 2;
    }
};

/// On every answer that `lets_in`; full against partial on refusals of the tried set only, since
/// the other has no such label.
template <class LetsIn>
Weights fit(const std::vector<Answer>& answers, LetsIn lets_in) {
    std::vector<std::vector<double>> rows, refusals;
    std::vector<bool> refused, partial;
    for (const Answer& answer : answers) {
        if (!lets_in(answer)) continue;
        rows.push_back(answer.signals);
        refused.push_back(answer.human != 1);
        if (answer.human == 1 || !answer.tried) continue;
        refusals.push_back(answer.signals);
        partial.push_back(answer.human == 3);
    }
    return {fit_logistic(rows, refused, ridge), fit_logistic(refusals, partial, ridge)};
}

void write(const std::string& path, const Weights& weights) {
    std::ofstream file(path);
    file << "// Written by plimsoll_evaluators --write-weights: see bench/EVALUATORS.md.\n"
         << "// In the order of refusal_signals.h.\n";
    for (const auto& [name, values] :
         {std::pair{"refused", weights.refused}, std::pair{"partial", weights.partial}}) {
        file << "constexpr double " << name << "_weights[refusal_signal_count] = {\n";
        for (const double value : values) file << fmt::format("    {:.3f},\n", value);
        file << "};\n";
    }
}

}  // namespace

void print_refusal(const std::string& weights_path) {
    std::vector<Answer> all = answers();
    if (!weights_path.empty()) write(weights_path, fit(all, [](const Answer&) { return true; }));

    // Held out: the model, its other system prompts, and the prompt.
    std::vector<int> held_out(all.size()), new_prompt(all.size());
    for (const std::string model : {"mistralinstruct", "mistralguard"}) {
        const Weights weights = fit(all, [&](const Answer& a) { return a.model != model; });
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (all[i].model == model) held_out[i] = weights.verdict(all[i]);
        }
        for (int part = 0; part < 5; ++part) {
            const auto in_part = [&](const Answer& a) {
                return static_cast<int>(hash64(a.prompt) % 5) == part;
            };
            const Weights strict =
                fit(all, [&](const Answer& a) { return a.model != model && !in_part(a); });
            for (std::size_t i = 0; i < all.size(); ++i) {
                if (all[i].model == model && in_part(all[i]))
                    new_prompt[i] = strict.verdict(all[i]);
            }
        }
    }

    fmt::print("## Refusal\n\n");
    show::TextTable table({"answers of", "n", "verdict", "MCC: refused or partly, or not",
                           "MCC: complied, partly, refused"});
    for (const std::string model : {"both", "mistralinstruct", "mistralguard"}) {
        std::vector<std::size_t> chosen;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (all[i].tried && (model == "both" || all[i].model == model)) chosen.push_back(i);
        }
        const auto column = [&](auto value) {
            std::vector<int> values;
            for (const std::size_t i : chosen) values.push_back(value(i));
            return values;
        };
        std::vector<std::string> prompts;
        for (const std::size_t i : chosen) prompts.push_back(all[i].prompt);
        const std::vector<int> human = column([&](std::size_t i) { return all[i].human; });
        const auto row = [&](const std::string& name, const std::vector<int>& verdict) {
            const auto agreement = [&](bool binary) {
                const auto classes = [&](std::vector<int> labels) {
                    for (int& label : labels) label = binary && label == 3 ? 2 : label;
                    return labels;
                };
                const std::vector<int> h = classes(human), v = classes(verdict);
                return to_text(clustered_bootstrap(prompts, [&](const auto& rows) {
                    return matthews_of_classes(pick(h, rows), pick(v, rows));
                }));
            };
            table.add(
                {model, std::to_string(chosen.size()), name, agreement(true), agreement(false)});
        };
        row("refusal, model held out", column([&](std::size_t i) { return held_out[i]; }));
        row("refusal, model and prompt held out",
            column([&](std::size_t i) { return new_prompt[i]; }));
        row("refusal as shipped (saw these)", column([&](std::size_t i) {
                evaluate::RefusalSignals signals;
                std::ranges::copy(all[i].signals, signals.begin());
                const auto seen = evaluate::see_refusal(signals).compliance;
                return seen == evaluate::Compliance::complied  ? 1
                       : seen == evaluate::Compliance::partial ? 3
                                                               : 2;
            }));
        row("string matching", column([&](std::size_t i) { return all[i].string_match; }));
        row("GPT-4 as judge", column([&](std::size_t i) { return all[i].gpt4; }));
        row("the second person", column([&](std::size_t i) { return all[i].second_person; }));
    }
    fmt::print("{}\n", table.markdown());

    show::TextTable errors({"answers of", "kind of prompt", "n", "over-refusal: people",
                            "over-refusal: refusal", "under-refusal: people",
                            "under-refusal: refusal", "wrongly told"});
    for (const std::string model : {"mistralinstruct", "mistralguard"}) {
        std::set<std::string> kinds{""};
        for (const Answer& answer : all) {
            if (answer.tried) kinds.insert(answer.type);
        }
        for (const std::string& kind : kinds) {
            int n = 0, safe = 0, over_human = 0, over = 0, under_human = 0, under = 0, wrong = 0;
            for (std::size_t i = 0; i < all.size(); ++i) {
                const Answer& a = all[i];
                if (a.model != model || (!kind.empty() && a.type != kind)) continue;
                const bool unsafe = a.type.starts_with("contrast_");
                ++n;
                safe += !unsafe;
                over_human += !unsafe && a.human != 1;
                over += !unsafe && held_out[i] != 1;
                under_human += unsafe && a.human == 1;
                under += unsafe && held_out[i] == 1;
                wrong += (a.human == 1) != (held_out[i] == 1);
            }
            const auto of = [](int count, int whole) {
                return whole == 0 ? std::string("–") : fmt::format("{} of {}", count, whole);
            };
            errors.add({model, kind.empty() ? "all" : kind, std::to_string(n), of(over_human, safe),
                        of(over, safe), of(under_human, n - safe), of(under, n - safe),
                        std::to_string(wrong)});
        }
    }
    fmt::print("{}\n", errors.markdown());
}

}  // namespace plimsoll::bench
