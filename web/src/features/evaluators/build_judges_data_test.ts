import { expect, test } from "vitest";
import type { JudgeWork, Overlap } from "../../api/types";
import { build_judges_data } from "./build_judges_data";
import { build_overlap_data } from "./build_overlap_data";

const spending = { requests: 1200, usd: 1.204, usd_possible: 0, input_tokens: 1, output_tokens: 1 };
const judge: JudgeWork = {
    name: "tone", definition: "d", model: "tone-judge", rate: 0.05, usd_per_day: 2, today: spending, total: { ...spending, requests: 31_000 },
    due: 12, in_flight: 3, scored: 800, from_cache: 40, unscored: { timed_out: 2, judge_refused: 5 }, left_out: {}, waits: "judge_budget_spent",
    sentinels: { state: "watches", why: "", items: 200, frozen: "t", flip_rate: 0.013, last_run: "t", last: { run: "fired", scored: 199, flips: 34, alarm_at: 12 } },
};

test("a judge says what it costs, what waits, and why it has no score", () => {
    const [row] = build_judges_data([judge]);
    expect(row).toMatchObject({ spent: "$1.20", budget: "of $2.00", queue: "12 due, 3 asked", waits: "waits: judge budget spent", alarm: true });
    expect(row!.unscored[0]).toEqual({ reason: "judge refused", count: 5 });
    expect(row!.sentinels).toBe("200 items, 1.3% flip by themselves; last run 34 of 199 flipped, alarm at 12");
});
test("without sentinels it says what that means", () => {
    const [row] = build_judges_data([{ ...judge, usd_per_day: null, due: 0, in_flight: 0, waits: "", sentinels: { ...judge.sentinels, state: "off", last: null } }]);
    expect(row).toMatchObject({ budget: "no limit", queue: "empty", waits: "", alarm: false });
    expect(row!.sentinels).toMatch(/unnoticed/);
});

const share = (value: number | null) => ({ value, low: value, high: value, undefined: "" });
const overlap: Overlap = {
    from: "", to: "", dimensions: ["tool_calls", "format", "tone"], effective: 2.24, advice: "",
    pairs: [{ a: "tool_calls", b: "format", advice: "B implied by A", interactions: 900, failures_a: 60, failures_b: 90, phi: share(0.61), jaccard: share(0.5), b_given_a: share(0.95), a_given_b: share(0.5), association_p: 0 },
        { a: "tool_calls", b: "tone", advice: "insufficient", interactions: 0, failures_a: 0, failures_b: 0, phi: share(null), jaccard: share(null), b_given_a: share(null), a_given_b: share(null), association_p: 1 }],
};

test("the square is symmetric, and what nobody knows is absent", () => {
    const data = build_overlap_data(overlap);
    expect(data.cells.map((row) => row.map((cell) => cell?.text ?? ""))).toEqual([["", "0.61", "–"], ["0.61", "", "–"], ["–", "–", ""]]);
    expect(data.advice).toEqual(["Where tool calls fails, format fails too: score format only where tool calls passes."]);
    expect(data.summary).toBe("3 dimensions, worth 2.2");
});
