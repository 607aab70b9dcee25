/// build_scorecard_page_data.ts: the scorecard as the page says it, from the server's answer.
///
/// No mean without its interval (or why there is none) and its two counts. A difference to the
/// stretch before is called a difference only when the old mean lies outside the new interval.
import type { Interval, Scorecard, ScorecardDimension, ScorecardEvaluator, Time, TrendPoint } from "../../api/types";
import { filters_set, with_value, write_filter, type Filter } from "../../lib/filter";
import { format_count, format_delta, format_score, plural, words } from "../../lib/format";

export interface Counts {
    scored: number;
    unscored: number;
    /// In [0, 1]; null where there is nothing to count.
    share_scored: number | null;
    /// "not applicable: 80", most frequent first.
    reasons: { reason: string; count: number }[];
}

export interface Delta {
    text: string;
    direction: "up" | "down" | "same";
    /// The old mean lies outside the new interval.
    outside: boolean;
    says: string;
}

export interface EvaluatorRow {
    name: string;
    check: string;
    version: string;
    mean: number | null;
    mean_text: string;
    interval: Interval | null;
    interval_text: string;
    counts: Counts;
    /// Of a judge: the mean of its sample as it is, and what people's labels make of it; "" of a check.
    naive_text: string;
    labelled_text: string;
    low_link: string;
}

export interface DimensionRow {
    name: string;
    title: string;
    says: string;
    owner: string;
    on_call: string;
    mean: number | null;
    mean_text: string;
    interval: Interval | null;
    interval_text: string;
    interval_method: string;
    previous_mean: number | null;
    counts: Counts;
    delta: Delta | null;
    trend: TrendPoint[];
    evaluators: EvaluatorRow[];
    /// Interactions of this dimension that did not score 1.
    low_link: string;
}

export interface ScorecardPageData {
    /// "never": nothing has ever arrived. "none_here": nothing in this window, or by these filters.
    state: "never" | "none_here" | "some";
    caption: string;
    from: Time;
    to: Time;
    step_s: number;
    failed: number;
    failed_link: string;
    interactions_link: string;
    rows: DimensionRow[];
}

export function build_scorecard_page_data(
    scorecard: Scorecard, filter: Filter, ever: { interactions: number } | undefined,
): ScorecardPageData {
    const link = (changed: Filter) => `/interactions?${write_filter(changed)}`;
    const nothing = scorecard.interactions === 0;
    return {
        state: !nothing ? "some"
            : ever?.interactions === 0 && filters_set(filter) === 0 ? "never" : "none_here",
        caption: plural(scorecard.interactions, "interaction"),
        from: scorecard.from,
        to: scorecard.to,
        step_s: scorecard.step_s,
        failed: scorecard.failed,
        failed_link: link(with_value(filter, "failed", "true")),
        interactions_link: link(filter),
        rows: scorecard.dimensions.map((dimension) => dimension_row(dimension, filter, link)),
    };
}

function dimension_row(
    dimension: ScorecardDimension, filter: Filter, link: (filter: Filter) => string,
): DimensionRow {
    const low = with_value(with_value(filter, "dimension", dimension.name), "score_below", "1");
    return {
        name: dimension.name,
        title: words(dimension.name),
        says: dimension.says,
        owner: dimension.owner,
        on_call: dimension.on_call,
        mean: dimension.mean,
        mean_text: format_score(dimension.mean),
        interval: dimension.interval,
        interval_text: interval_text(dimension),
        interval_method: dimension.interval_method,
        previous_mean: dimension.previous?.mean ?? null,
        counts: counts(dimension.scored, dimension.unscored, dimension.evaluators.map((one) => one.reasons)),
        delta: delta(dimension),
        trend: dimension.trend,
        low_link: link(low),
        evaluators: dimension.evaluators.map((one: ScorecardEvaluator) => ({
            name: one.name,
            check: one.check,
            version: one.version,
            mean: one.mean,
            mean_text: format_score(one.mean),
            interval: one.interval,
            interval_text: one.interval ? `${format_score(one.interval[0])} to ${format_score(one.interval[1])}` : "",
            counts: counts(one.scored, one.unscored, [one.reasons]),
            naive_text: one.kind === "judge" ? `its sample alone ${with_interval(one.naive_mean, one.naive_interval)}` : "",
            labelled_text: labelled_text(one),
            low_link: link(with_value(low, "evaluator", one.name)),
        })),
    };
}

const with_interval = (mean: number | null | undefined, interval: Interval | null | undefined) =>
    `${format_score(mean)}${interval ? ` (${format_score(interval[0])} to ${format_score(interval[1])})` : ""}`;

function labelled_text({ kind, by_labels }: ScorecardEvaluator): string {
    if (kind !== "judge" || !by_labels) return "";
    if (by_labels.mean === null) return `not corrected by labels: ${by_labels.why}`;
    return `by ${plural(by_labels.labels, "label")} ${with_interval(by_labels.mean, by_labels.interval)}, ${by_labels.method}`;
}

function interval_text(dimension: ScorecardDimension): string {
    if (dimension.interval) {
        return `${format_score(dimension.interval[0])} to ${format_score(dimension.interval[1])}`;
    }
    return dimension.mean === null ? "nothing scored" : dimension.interval_method || "no interval";
}

function counts(scored: number, unscored: number, reasons: Record<string, number>[]): Counts {
    const sums = new Map<string, number>();
    for (const some of reasons) {
        for (const [reason, count] of Object.entries(some ?? {})) sums.set(reason, (sums.get(reason) ?? 0) + count);
    }
    return {
        scored,
        unscored,
        share_scored: scored + unscored > 0 ? scored / (scored + unscored) : null,
        reasons: [...sums].map(([reason, count]) => ({ reason: words(reason), count }))
            .sort((left, right) => right.count - left.count || left.reason.localeCompare(right.reason)),
    };
}

function delta(dimension: ScorecardDimension): Delta | null {
    const before = dimension.previous;
    if (!before || before.mean === null || dimension.mean === null) return null;
    const difference = dimension.mean - before.mean;
    const outside = dimension.interval !== null &&
        (before.mean < dimension.interval[0] || before.mean > dimension.interval[1]);
    const text = format_delta(difference);
    return {
        text,
        direction: text.startsWith("±") ? "same" : difference > 0 ? "up" : "down",
        outside,
        says: `${format_score(before.mean)} in the stretch of equal length before ` +
            `(${format_count(before.scored)} scored, ${format_count(before.unscored)} unscored). ` +
            (dimension.interval === null ? "Too little data to tell a change from chance."
                : outside ? "That lies outside of today's interval."
                    : "That lies within today's interval: this may well be chance."),
    };
}
