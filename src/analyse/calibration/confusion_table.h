/// confusion_table.h: how often people called an item i and the judge called it j, for K classes.
///
/// Rows are people, columns the judge. For two raters of equal standing either may be the rows.
#pragma once

#include <cassert>
#include <cstddef>
#include <vector>

namespace plimsoll::analyse {

class ConfusionTable {
  public:
    explicit ConfusionTable(std::size_t classes) : classes_(classes), cells_(classes * classes) {}
    /// Of rows of equal length: {{21, 2}, {3, 24}}.
    explicit ConfusionTable(const std::vector<std::vector<double>>& rows)
        : ConfusionTable(rows.size()) {
        for (std::size_t i = 0; i < classes_; ++i) {
            assert(rows[i].size() == classes_);
            for (std::size_t j = 0; j < classes_; ++j) at(i, j) = rows[i][j];
        }
    }

    std::size_t classes() const { return classes_; }
    double& at(std::size_t human, std::size_t judge) { return cells_[human * classes_ + judge]; }
    double at(std::size_t human, std::size_t judge) const {
        return cells_[human * classes_ + judge];
    }
    double total() const {
        double sum = 0;
        for (const double cell : cells_) sum += cell;
        return sum;
    }
    void scale(double factor) {
        for (double& cell : cells_) cell *= factor;
    }

    struct Shares {
        std::vector<double> human, judge;  ///< By class, each adds to 1.
        double same = 0;                   ///< Of the diagonal.
    };
    /// Needs a total above 0.
    Shares shares() const {
        Shares shares{std::vector<double>(classes_), std::vector<double>(classes_)};
        const double n = total();
        for (std::size_t i = 0; i < classes_; ++i) {
            shares.same += at(i, i) / n;
            for (std::size_t j = 0; j < classes_; ++j) {
                shares.human[i] += at(i, j) / n;
                shares.judge[j] += at(i, j) / n;
            }
        }
        return shares;
    }

  private:
    std::size_t classes_;
    std::vector<double> cells_;
};

}  // namespace plimsoll::analyse
