/// measures.h: how well verdicts agree with people, with an interval.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "analyse/stats/interval.h"

namespace plimsoll::bench {

/// Matthews' correlation of any number of classes (Gorodkin 2004); 0 where it is undefined.
double matthews_of_classes(const std::vector<int>& human, const std::vector<int>& verdict);

/// Spearman's rank correlation, ties at their mean rank; 0 where it is undefined.
double spearman(const std::vector<double>& a, const std::vector<double>& b);

/// `statistic` of the rows, and its 95% percentile interval over 1000 draws of whole clusters (the
/// answers to one prompt are not independent). `statistic` is given indices of rows.
analyse::Estimate clustered_bootstrap(
    const std::vector<std::string>& clusters,
    const std::function<double(const std::vector<std::size_t>&)>& statistic);

template <class T>
std::vector<T> pick(const std::vector<T>& values, const std::vector<std::size_t>& indices) {
    std::vector<T> picked;
    picked.reserve(indices.size());
    for (const std::size_t i : indices) picked.push_back(values[i]);
    return picked;
}

/// "0.812 [0.750, 0.866]"
std::string to_text(const analyse::Estimate& estimate);

}  // namespace plimsoll::bench
