import { describe, expect, it } from "vitest";
import type { Scorecard } from "../../api/types";
import { build_compare_rows, difference_interval } from "./build_compare_data";

const card = (mean: number | null, interval: [number, number] | null) => ({ dimensions: [{ name: "tone", mean, interval, scored: 1200 }] }) as unknown as Scorecard;

describe("two versions", () => {
    // Newcombe 1998, table II: 56/70 against 48/80, Wilson intervals, method 10: .0524 to .3339.
    it("gives Newcombe's interval of a difference", () => {
        const [low, high] = difference_interval(48 / 80, [0.4904, 0.7003], 56 / 70, [0.6918, 0.8770])!;
        expect(low).toBeCloseTo(0.0524, 3);
        expect(high).toBeCloseTo(0.3339, 3);
    });
    it("calls a difference certain only where its interval leaves 0 out", () => {
        expect(build_compare_rows(card(0.94, [0.93, 0.95]), card(0.89, [0.88, 0.9]))[0]).toMatchObject({ certain: "worse", first: "0.940 [0.930, 0.950], 1,200 scored" });
        expect(build_compare_rows(card(0.94, [0.9, 0.97]), card(0.92, [0.88, 0.95]))[0]!.certain).toBe("");
    });
    it("says nothing where one side has no score", () => {
        expect(build_compare_rows(card(0.9, [0.8, 0.95]), card(null, null))[0]).toMatchObject({ second: "nothing scored", difference: "–", certain: "" });
    });
});
