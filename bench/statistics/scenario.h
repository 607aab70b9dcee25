/// scenario.h: one simulation whose truth is known, and the figures it gives.
///
///   Scenario ── run(Effort) ──▶ Figures, each with its Monte-Carlo error and its target
///
/// Dice are CounterRandom keyed by the scenario's name and the seed, so a run can be repeated digit
/// by digit, and a method that was mended on one seed is judged on others.
/// Source of the scenarios and targets: statistics.md section 13.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::bench {

/// How much work: `full` is what bench/STATISTICS.md shows, `brief` runs in the tests in about a
/// second with sanitizers, and only has to show that nothing is broken.
class Effort {
  public:
    enum Amount : std::uint8_t { brief, full };
    Effort(Amount amount, std::uint64_t seed = 0) : seed(seed), amount_(amount) {}
    operator Amount() const { return amount_; }

    std::uint64_t seed;  ///< Of the scenarios that take one.

  private:
    Amount amount_;
};

struct Figure {
    std::string what;  ///< "coverage, N = 300, MOVER-Wilson"
    double value = 0;
    double error = 0;         ///< Monte-Carlo standard error; 0 for exact or timed figures.
    std::string target;       ///< ".935-.965", "" for figures that stand beside.
    std::optional<bool> met;  ///< nullopt: no target.
};

struct Scenario {
    std::string_view name;  ///< "B1"
    std::string_view says;  ///< What is simulated, in a sentence.
    std::vector<Figure> (*run)(Effort effort);
};

}  // namespace plimsoll::bench
