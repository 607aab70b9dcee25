import { describe, expect, test } from "vitest";
import type { Scorecard, ScorecardDimension } from "../../api/types";
import { read_filter } from "../../lib/filter";
import { build_scorecard_page_data } from "./build_scorecard_page_data";

const latency: ScorecardDimension = {
    name: "tool_calls", says: "Tools work.", owner: "platform", on_call: "ana", scored: 1100, unscored: 100,
    mean: 0.93, interval: [0.91, 0.95], interval_method: "cluster-robust, 64 buckets, t63",
    previous: { mean: 0.97, scored: 900, unscored: 10, from: "", to: "" }, trend: [],
    evaluators: [
        { name: "budget", check: "latency_budget", version: "latency_budget@1:aa", kind: "check", mean: 0.93,
          interval: [0.91, 0.95], scored: 1100, unscored: 100, reasons: { missing_content: 20, not_applicable: 80 } },
        { name: "first", check: "first_token", version: "first_token@1:bb", kind: "check", mean: null,
          interval: null, scored: 0, unscored: 1200, reasons: { missing_content: 1200 } }],
};
const card = (dimension: Partial<ScorecardDimension>, interactions = 1200): Scorecard =>
    ({ from: "", to: "", step_s: 3600, interactions, failed: 3, dimensions: [{ ...latency, ...dimension }] });
const filter = read_filter(new URLSearchParams("window=24h&service=support"));
const row = (dimension: Partial<ScorecardDimension>) =>
    build_scorecard_page_data(card(dimension), filter, { interactions: 9 }).rows[0]!;

describe("scorecard", () => {
    test("a mean comes with its interval and both counts, reasons most frequent first", () => {
        const shown = row({});
        expect(shown).toMatchObject({ title: "tool calls", mean_text: "0.930", interval_text: "0.910 to 0.950" });
        expect(shown.counts.share_scored).toBeCloseTo(0.91667, 5);  // 1100 / 1200
        expect(shown.counts.reasons).toEqual([{ reason: "missing content", count: 1220 }, { reason: "not applicable", count: 80 }]);
    });
    test("a difference counts only if the old mean lies outside the interval", () => {
        expect(row({}).delta).toMatchObject({ text: "−0.040", direction: "down", outside: true });
        expect(row({ previous: { ...latency.previous!, mean: 0.94 } }).delta).toMatchObject({ text: "−0.010", outside: false });
        expect(row({ interval: null }).delta).toMatchObject({ outside: false });
        expect(row({ previous: null }).delta).toBeNull();
    });
    test("no score and too few sessions are said, not drawn as zero", () => {
        expect(row({ interval: null, interval_method: "too few sessions" }).interval_text).toBe("too few sessions");
        expect(row({ mean: null, interval: null, scored: 0 })).toMatchObject({ mean_text: "–", interval_text: "nothing scored", delta: null });
        expect(row({}).evaluators[1]).toMatchObject({ mean_text: "–", interval_text: "" });
    });
    test("links keep the filter", () => {
        expect(row({}).low_link).toBe("/interactions?window=24h&service=support&dimension=tool_calls&score_below=1");
        expect(row({}).evaluators[0]!.low_link).toContain("evaluator=budget");
    });
    test("never anything, or nothing here", () => {
        const state = (address: string, ever: number) => build_scorecard_page_data(
            card({}, 0), read_filter(new URLSearchParams(address)), { interactions: ever }).state;
        expect([state("", 0), state("", 5), state("service=x", 0)]).toEqual(["never", "none_here", "none_here"]);
    });
});

test("a judge's mean stands beside what labels make of it, and beside its sample", () => {
    const judge = { name: "tone", check: "", version: "1", kind: "judge", mean: 0.9, interval: [0.88, 0.92] as [number, number], scored: 10, unscored: 0, reasons: {}, naive_mean: 0.8, naive_interval: [0.78, 0.82] as [number, number] };
    const labels = { labels: 80, drawn: true, mean: 0.91, interval: [0.86, 0.95] as [number, number], method: "labels by verdict", why: "", notes: [] };
    const row = (by_labels: typeof labels | { labels: number; drawn: boolean; mean: null; interval: null; method: string; why: string; notes: string[] }) => build_scorecard_page_data({
        from: "", to: "", step_s: 60, interactions: 1, failed: 0, dimensions: [{ name: "tone", says: "", owner: "", on_call: "", scored: 1, unscored: 0, mean: 1, interval: null, interval_method: "", previous: null, trend: [],
            evaluators: [{ ...judge, by_labels }] }] }, read_filter(new URLSearchParams()), undefined).rows[0]!.evaluators[0]!;
    expect(row(labels).labelled_text).toBe("by 80 labels 0.910 (0.860 to 0.950), labels by verdict");
    expect(row(labels).naive_text).toBe("its sample alone 0.800 (0.780 to 0.820)");
    expect(row({ ...labels, mean: null, interval: null, why: "fewer than 30 labels" }).labelled_text).toBe("not corrected by labels: fewer than 30 labels");
});
