/// detectors.h: the detectors that others use, as fair competitors of ours: what their papers and
/// manuals say, with the defaults their manuals give. For simulations only.
///
/// All take the loss of one item and answer whether they alarm now; after an alarm they are made
/// anew. The ports of river's alarm where its documentation says that it does: Page-Hinkley at item
/// 1006, ADWIN at 1023, DDM at 1334 of the streams given there.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "analyse/drift/e_detector.h"

namespace plimsoll::bench {

/// Ours, with a known bound: seven bets, nothing tuned.
class EDetectorOf {
  public:
    EDetectorOf(double bound, double threshold,
                analyse::EForm form = analyse::EForm::shiryaev_roberts)
        : detector_({{analyse::fixed_baseline(1 - bound)}},
                    {.threshold = threshold, .two_sided = false, .form = form}) {}
    bool update(double loss) {
        return detector_.update(0, 1, 1 - loss) == analyse::EDetector::Taken::alarm;
    }

  private:
    analyse::EDetector detector_;
};

/// Page's CUSUM of the log likelihood ratio of two known Bernoulli rates: nothing is faster, and
/// nobody knows the rate after a change. The threshold is tuned by simulation.
struct KnowingCusum {
    double threshold, gain_loss, gain_pass, sum = 0;
    KnowingCusum(double before, double after, double threshold)
        : threshold(threshold),
          gain_loss(std::log(after / before)),
          gain_pass(std::log((1 - after) / (1 - before))) {}
    bool update(double loss) {
        sum = std::max(0.0, sum + loss * gain_loss + (1 - loss) * gain_pass);
        return sum >= threshold;
    }
};

/// Page-Hinkley, upward, as the river library has it: the mean so far, delta = 0.005, threshold 50,
/// alpha = 0.9999, 30 items at least. Its sum is compared with the least there has been; in early
/// releases (`from_zero`) it could not fall below 0 instead, which is quieter by far.
struct PageHinkley {
    double delta = .005, threshold = 50;
    bool from_zero = false;
    double mean = 0, sum = 0, least = INFINITY;
    std::uint64_t n = 0;
    bool update(double loss) {
        constexpr double alpha = .9999;
        ++n;
        mean += (loss - mean) / static_cast<double>(n);
        sum = alpha * sum + (loss - mean - delta);
        if (from_zero) sum = std::max(0.0, sum);
        least = from_zero ? 0 : std::min(least, sum);
        return n >= 30 && sum - least > threshold;
    }
};

/// DDM (Gama et al. 2004): error rate p and its deviation s against their least; alarm at p + s >
/// p_min + 3 s_min after 30 items.
struct Ddm {
    double levels = 3, p = 0, best_p = INFINITY, best_s = INFINITY;
    std::uint64_t n = 0;
    bool update(double loss) {
        ++n;
        p += (loss - p) / static_cast<double>(n);
        const double s = std::sqrt(p * (1 - p) / static_cast<double>(n));
        if (n < 30) return false;
        if (p + s <= best_p + best_s) best_p = p, best_s = s;
        return best_s > 0 && p + s > best_p + levels * best_s;
    }
};

/// ADWIN (Bifet and Gavalda 2007): an exponential histogram of buckets, five a row, cut where two
/// halves differ; checked every 32 items, halves of at least 5, delta 0.002. Alarms at a cut that
/// finds the newer half worse. river leaves the newest bucket of every row on the newer side of
/// each cut (`as_river`), which dilutes it with old items: three times as slow.
class Adwin {
  public:
    explicit Adwin(double delta = .002, bool as_river = false)
        : delta_(delta), left_out_(as_river ? 1 : 0) {}
    bool update(double loss) {
        insert(loss);
        return ++ticks_ % 32 == 0 && width_ > 10 && shrink();
    }
    std::uint64_t width() const { return width_; }

  private:
    struct Bucket {
        double sum, variance;  ///< variance: sum of squares about the bucket's mean.
    };
    static constexpr std::size_t row_max = 5;

    void insert(double x) {
        if (rows_.empty()) rows_.emplace_back();
        rows_[0].push_back({x, 0});
        ++width_;
        if (width_ > 1) {
            const double n = static_cast<double>(width_), d = x - sum_ / (n - 1);
            variance_ += (n - 1) * d * d / n;
        }
        sum_ += x;
        for (std::size_t r = 0; r < rows_.size() && rows_[r].size() > row_max; ++r) {
            if (r + 1 == rows_.size()) rows_.emplace_back();
            const Bucket a = rows_[r][0], b = rows_[r][1];
            const double n = std::exp2(static_cast<double>(r)), d = (a.sum - b.sum) / n;
            rows_[r + 1].push_back({a.sum + b.sum, a.variance + b.variance + n / 2 * d * d});
            rows_[r].pop_front();
            rows_[r].pop_front();
        }
    }
    bool shrink() {
        bool worse = false;
        for (bool again = true; again && width_ > 10;) {
            again = false;
            double n0 = 0, sum0 = 0;
            const double width = static_cast<double>(width_);
            for (std::size_t r = rows_.size(); r-- > 0 && !again;) {
                for (std::size_t b = 0; b + left_out_ < rows_[r].size(); ++b) {
                    const Bucket& bucket = rows_[r][b];
                    n0 += std::exp2(static_cast<double>(r));
                    sum0 += bucket.sum;
                    const double n1 = width - n0;
                    if (n1 < 5) break;
                    if (n0 < 5) continue;
                    const double gap = (sum_ - sum0) / n1 - sum0 / n0;
                    if (std::abs(gap) <= cut(n0, n1)) continue;
                    worse |= gap > 0;
                    again = true;
                    break;
                }
            }
            if (again) drop();
        }
        return worse;
    }
    double cut(double n0, double n1) const {
        const double width = n0 + n1, log = std::log(2 * std::log(width) / delta_);
        const double m = 1 / (n0 - 4) + 1 / (n1 - 4);  // Halves of five: each counts 5 - 5 + 1.
        return std::sqrt(2 * m * (variance_ / width) * log) + 2. / 3 * log * m;
    }
    void drop() {
        const Bucket oldest = rows_.back().front();
        const double n = std::exp2(static_cast<double>(rows_.size() - 1));
        rows_.back().pop_front();
        width_ -= static_cast<std::uint64_t>(n);
        sum_ -= oldest.sum;
        const double rest = static_cast<double>(width_);
        const double d = oldest.sum / n - (rest > 0 ? sum_ / rest : 0);
        variance_ = std::max(0.0, variance_ - oldest.variance - n * rest / (n + rest) * d * d);
        while (!rows_.empty() && rows_.back().empty()) rows_.pop_back();
    }

    double delta_;
    std::size_t left_out_;
    std::vector<std::deque<Bucket>> rows_;  ///< Row r: buckets of 2^r items, the oldest first.
    std::uint64_t width_ = 0, ticks_ = 0;
    double sum_ = 0, variance_ = 0;
};

/// "Two standard deviations from the trailing 8 weeks", once a week of `items` items.
class WeeklyTwoSigma {
  public:
    explicit WeeklyTwoSigma(std::uint64_t items) : items_(items) {}
    bool update(double loss) {
        sum_ += loss;
        if (++n_ % items_ != 0) return false;
        const double mean = sum_ / static_cast<double>(items_);
        sum_ = 0;
        return week(mean);
    }
    bool week(double mean) {
        bool alarm = false;
        if (means_.size() == 8) {
            double m = 0, squares = 0;
            for (const double x : means_) m += x / 8;
            for (const double x : means_) squares += (x - m) * (x - m);
            alarm = std::abs(mean - m) > 2 * std::sqrt(squares / 7);
            means_.pop_front();
        }
        means_.push_back(mean);
        return alarm;
    }

  private:
    std::uint64_t items_, n_ = 0;
    double sum_ = 0;
    std::deque<double> means_;
};

}  // namespace plimsoll::bench
