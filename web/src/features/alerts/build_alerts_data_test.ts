import { describe, expect, it } from "vitest";
import type { Alert, Finding } from "../../api/types";
import { figure } from "../../lib/measure";
import { build_alerts_data, cause_of, two_spans } from "./build_alerts_data";

const finding = (change: Partial<Finding>): Finding => ({
    id: "a", kind: "slice_drift", dimension: "faithfulness", evaluator: "", version: "1", service: "support-rag", slice: { "app.customer.segment": "enterprise" },
    measure: "mean score", worse: true, found: "2026-03-04T00:00:00Z", since: "2026-03-03T10:00:00Z", since_earliest: "2026-03-03T08:00:00Z", since_latest: "2026-03-03T12:00:00Z",
    ended: null, before: 0.94, before_low: 0.936, before_high: 0.944, after: 0.89, after_low: 0.87, after_high: 0.91, change: -0.05, change_low: -0.07, change_high: -0.03,
    sessions_before: 9000, sessions_after: 400, pages: true, level: 1.2,
    causes: [{ element: "prompt", from: "p7.2", to: "p7.3", probability: 0.98, effect: -0.05, low: -0.07, high: -0.03 }],
    answer: "explained", replay: [], says: "", worst: [], related: [], leader: "", run: "", ...change,
});

const alert = (change: Partial<Alert>): Alert => ({
    id: "x", state: "open", urgency: "page", critical: false, headline: "h", dimension: "faithfulness", service: "support-rag", slice: {}, owner: "rag", asked: "ana",
    opened: "2026-03-04T00:00:00Z", changed: "2026-03-04T00:00:00Z", acknowledged: null, recovered: null, decided: null, findings_count: 1, ...change,
});

describe("alerts", () => {
    it("shows one row for a change, however many series it moved", () => {
        const list = { until: "", watched: 150, sharing: 150, not_yet: [], findings: [
            finding({ id: "b", leader: "a", pages: false, worse: false }), finding({ id: "a", pages: false, worse: false }), finding({ id: "c", pages: false })] };
        const { others, watched } = build_alerts_data(list, undefined);
        expect(others.map(({ id, others: more }) => [id, more])).toEqual([["a", 1], ["c", 0]]);
        expect(watched).toBe("150 series watched");
    });
    it("keeps what is over apart from what waits for somebody", () => {
        const { open, closed } = build_alerts_data(undefined, { withheld: [], alerts: [alert({}), alert({ id: "y", state: "recovered" }),
            alert({ id: "z", state: "decided", decided: { decision: "roll_back", by: "bo", time: "", reason: "r", link: "" } })] });
        expect(open.map(({ state }) => state)).toEqual(["ana was asked"]);
        expect(closed.map(({ state }) => state)).toEqual(["recovered", "roll back, bo"]);
    });
    it("says what is withheld and which labels release it", () => {
        const { withheld } = build_alerts_data(undefined, { alerts: [], withheld: [{ why: "closed", evaluator: "tone", labels_missing: 12, finding: finding({ dimension: "tone" }) }] });
        expect(withheld[0]).toMatchObject({ why: "closed", missing: "12 labels", label_link: "/label?dimension=tone", before: "0.940", after: "0.890" });
    });
    it("writes each number in the unit of its measure", () => {
        expect([figure(0.8931, "mean score"), figure(1530.4, "p99 ms"), figure(0.00421, "usd per interaction"), figure(1234, "p95 tokens")])
            .toEqual(["0.893", "1,530 ms", "$0.00421", "1,234"]);
    });
    it("names the cause with its versions and how sure it is", () => {
        expect(cause_of(finding({}).causes[0]!)).toBe("prompt p7.2 → p7.3, P 0.98");
        expect(cause_of({ element: "mix", from: "", to: "", probability: null, effect: 0, low: 0, high: 0 })).toBe("mix of traffic");
    });
    it("draws both periods on one scale", () => {
        const { before, after } = two_spans(finding({}));
        expect(after.high).toBeLessThan(before.low);
        for (const value of [before.low, before.high, after.low, after.high]) expect(value).toBeGreaterThan(0);
        expect(before.high).toBeLessThan(100);
    });
});
