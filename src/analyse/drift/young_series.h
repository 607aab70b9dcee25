/// young_series.h: series with 4 to 7 reference weeks borrow from each other how far weeks differ.
///
///   reports ── as many reference weeks each ──▶ pooled_spread ──▶ moderated test of every later
///   week
///
/// Alone, three degrees of freedom cannot tell a quiet series from a lucky one. Three series or
/// more with equally many weeks are needed; the others stay without a test and say why. Source:
/// docs/statistics/4-drift.md; Smyth 2004.
#pragma once

#include <span>

#include "analyse/drift/series_report.h"

namespace plimsoll::analyse {

/// Fills in the tests that series_report() and week_verdicts() left out.
void test_young_series(std::span<SeriesReport* const> reports);

}  // namespace plimsoll::analyse
