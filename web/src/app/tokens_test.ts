import { describe, expect, test } from "vitest";
import css from "./tokens.css?raw";

// WCAG 2.2, success criterion 1.4.3: 4.5 to 1 for text.

function colours(scheme: string): Record<string, string> {
    const block = css.split(`[data-mantine-color-scheme="${scheme}"] {`)[1]!.split("}")[0]!;
    return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]));
}

function luminance(colour: string): number {
    const [red, green, blue] = [1, 3, 5].map((at) => {
        const part = parseInt(colour.slice(at, at + 2), 16) / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

const contrast = (left: string, right: string) => {
    const [dark, light] = [luminance(left), luminance(right)].sort((a, b) => a - b);
    return (light! + 0.05) / (dark! + 0.05);
};

test("black on white is 21 to 1", () => expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5));

describe.each(["light", "dark"])("%s: every text is readable on what it stands on", (scheme) => {
    const of = colours(scheme);
    const surfaces = ["paper", "raised", "sunk", "hover", "chosen"];
    const pairs = [
        ...["ink", "ink-2", "ink-3", "accent", "fail", "warn"].flatMap((text) => surfaces.map((surface) => [text, surface])),
        ["accent", "accent-soft"], ["ink", "accent-soft"], ["ink-2", "accent-soft"], ["fail", "fail-soft"], ["ink", "fail-soft"],
        ["warn", "warn-soft"], ["ink", "warn-soft"], ["on-accent", "accent"],
    ];
    test.each(pairs)("%s on %s", (text, surface) => {
        expect(contrast(of[text!]!, of[surface!]!)).toBeGreaterThanOrEqual(4.5);
    });
});
