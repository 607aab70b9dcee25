/// e_segment.h: what a stretch of items does to any bank, so that hours can be computed apart.
///
///   hour 1 ──▶ segment ─┐
///   hour 2 ──▶ segment ─┴─ then ──▶ segment ── apply(bank) ──▶ bank
///
/// M <- L (M + 1) is affine in M, so a stretch of items is one affine map per bet, two numbers;
/// maps compose, and composing is associative: any grouping, the order of time kept. The cusum's
/// M <- L max(M, 1) is the same with the larger in place of the sum. A bank looked at only where
/// segments end keeps its guarantee: it can only alarm later.
/// Source: docs/statistics/4-drift.md.
#pragma once

#include <array>
#include <cstdint>

#include "analyse/drift/e_bank.h"

namespace plimsoll::analyse {

struct ESegment {
    explicit ESegment(EForm form_of = EForm::shiryaev_roberts) : form(form_of) { factor.fill(1); }

    void update(double excess);
    /// `later` follows this one in time. Both must be of one form.
    void merge(const ESegment& later);
    void apply(EBank& bank) const;

    EForm form;
    std::uint64_t items = 0;
    std::array<double, e_bets_count> factor;  ///< Of the M before.
    std::array<double, e_bets_count>
        added{};  ///< Sum of, or largest, product since a start inside.
};

}  // namespace plimsoll::analyse
