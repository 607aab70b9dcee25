import { expect, test } from "vitest";
import type { EvaluatorTrust } from "../../api/types";
import { build_trust_card, build_trust_data } from "./build_trust_data";

const line = { name: "MCC", value: 0.7217, low: 0.514, high: 0.828, method: "Fisher z" };
const one: EvaluatorTrust = {
    dimension: "tool_calls", evaluator: "judge", kind: "judge", version: "j1", rubric: "r1", trust: "open", why: "P = 0.88 that agreement is above 0.60",
    probability: 0.88, threshold: 0.6, labels_needed: { towards: "open", even: 0, likely: 12 }, scale: "binary",
    figures: { items: 82, compared: 80, without_judge: 1, without_people: 0, people_split: 1, labels: 80, agreement: [line], among_people: [{ ...line, name: "MCC of two people", value: 0.75 }],
        judge_and_one_person: null, ceiling: { judge_max: 0.866, against_truth: 0.833, cut_at_one: false } },
    weighted: true, left_out: 3, unsure: 2, by_hand: 0, confusion: { both_fail: 30, only_evaluator_fails: 5, only_people_fail: 6, both_pass: 39 },
    weeks: [{ begins: "2026-01-05T00:00:00.000Z", labels: 80, agreement: line, trust: "open", probability: 0.88, why: "P" }],
    slices: [{ attribute: "language", value: "de", labels: 40, agreement: { ...line, value: null, low: null, high: null, undefined: "a margin is empty" }, probability: 0.01, useless: true }],
    misses: [{ interaction: "ab", score: 1, people: 0, labelled: "2026-01-05T00:00:00.000Z" }], earlier: [], suspended: null, relabelling: null, due: "2026-02-04T00:00:00.000Z",
};

test("agreement stands with its interval and on a scale with the threshold", () => {
    const card = build_trust_card(one);
    expect(card).toMatchObject({ agreement: "MCC 0.72", interval: "0.51 to 0.83", scale: { value: 0.7217, threshold: 0.6 }, due: "2026-02-04", labels: "80 items" });
    expect(card.needed).toBe("12 more labels decide with four chances of five (then open)");
    expect(card.ceiling).toMatch(/0\.87 against one person.*has 0\.83/);
    expect(card.notes).toHaveLength(5);
});
test("the matrix has people in rows, and says what was missed", () => {
    const card = build_trust_card(one);
    expect(card.matrix!.map((row) => row.map(({ count }) => count))).toEqual([[30, 6], [5, 39]]);
    expect(card.misses[0]).toMatchObject({ id: "ab", evaluator: "1.00", people: "0.00", missed_failure: true });
    expect(card.slices[0]).toMatchObject({ useless: true, agreement: "none: a margin is empty" });
});
test("without labels there is no figure, and those with labels come first", () => {
    const none: EvaluatorTrust = { ...one, evaluator: "other", trust: "closed", confusion: { both_fail: 0, only_evaluator_fails: 0, only_people_fail: 0, both_pass: 0 }, figures: { ...one.figures, compared: 0 } };
    expect(build_trust_card(none)).toMatchObject({ matrix: null, agreement: "no labels", needed: "40 labels to begin with" });
    const data = build_trust_data({ computed: "", evaluators: [none, one], events: [
        { time: "t1", dimension: "tone", evaluator: "judge", version: "1", step: "labels", before: "", after: "open", probability: 0.9, why: "P" },
        { time: "t2", dimension: "tone", evaluator: "judge", version: "1", step: "suspended", before: "open", after: "provisional", probability: null, why: "12 of 200" }] });
    expect(data.cards.map(({ evaluator }) => evaluator)).toEqual(["judge", "other"]);
    expect(data.events[0]!.text).toBe("tone, judge: open to provisional. 12 of 200.");
    expect(data.counts).toBe("1 open, 0 provisional, 1 closed");
});
