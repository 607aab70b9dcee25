import { describe, expect, it } from "vitest";
import type { Facets, SeriesChart } from "../../api/types";
import { build_charts, slice_choices, state_of } from "./build_dimension_data";

const chart = (change: Partial<SeriesChart>): SeriesChart => ({
    dimension: "tone", evaluator: "polite", version: "1", service: "shop", attribute: "", value: "", measure: "mean score", reference_from: "", reference_to: "",
    watched: true, why: "", ready: null, level_worse: 0.2, level_better: 0.1, points: [], events: [], findings: [], ...change,
});

describe("a dimension over time", () => {
    it("offers the five most frequent values of each configured attribute", () => {
        const values = ["a", "b", "c", "d", "e", "f"].map((value) => ({ value, count: 1 }));
        const facets = { facets: [{ name: "attr.segment", values }, { name: "model", values }] } as unknown as Facets;
        expect(slice_choices(facets, ["segment", "language"]).map(({ value }) => value)).toEqual(["a", "b", "c", "d", "e"]);
    });
    it("says what is seen, and what cannot be said yet", () => {
        expect(state_of(chart({}))).toBe("No change seen: evidence at 0.20 of what would be told");
        expect(state_of(chart({ level_worse: 1.2 }))).toBe("It got worse");
        expect(state_of(chart({ level_worse: 0, findings: ["a"] }))).toBe("It changed");
        expect(state_of(chart({ level_better: 3, level_worse: 1 }))).toBe("It got better");
        expect(state_of(chart({ watched: false, why: "12 sessions, 200 are needed" }))).toBe("Not watched yet: 12 sessions, 200 are needed");
    });
    it("tells series of one evaluator apart by where they are", () => {
        const charts = build_charts([chart({}), chart({ attribute: "segment", value: "free" })]);
        expect(charts.map(({ where }) => where)).toEqual(["shop", "shop, segment = free"]);
        expect(new Set(charts.map(({ key }) => key)).size).toBe(2);
    });
});
