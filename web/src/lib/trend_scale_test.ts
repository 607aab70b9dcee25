import { expect, test } from "vitest";
import { trend_scale } from "./trend_scale";

const of = (...means: (number | null)[]) => {
    const { top_label, bottom_label } = trend_scale(means.map((mean) => ({ time: "", mean, scored: 1, unscored: 0 })));
    return `${bottom_label} to ${top_label}`;
};

test("bounds are round and hold every mean; gaps count for nothing", () => {
    expect(of(0.62, null, 0.93)).toBe("0.60 to 0.95");
    expect(of(0, 1)).toBe("0.00 to 1.00");
});
test("a flat line stays flat: the span is at least a tenth", () => {
    expect(of(1, 1)).toBe("0.90 to 1.00");
    expect(of(0.01, 0)).toBe("0.00 to 0.10");
    expect(of(0.951, 0.949)).toBe("0.90 to 1.00");
});
test("nothing scored: the whole scale", () => expect(of(null)).toBe("0.00 to 1.00"));
