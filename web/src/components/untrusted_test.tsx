import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { Untrusted, UntrustedBlock } from "./untrusted";

const html = (text: string) => renderToStaticMarkup(<Untrusted text={text} />);

describe("A12: text of a trace on the page", () => {
    test("markup, images and links are letters", () => {
        expect(html(`<script>x</script><img src=x onerror=y>`)).toBe(
            `<bdi dir="auto">&lt;script&gt;x&lt;/script&gt;&lt;img src=x onerror=y&gt;</bdi>`);
        expect(html("![a](http://198.51.100.7/p.png) javascript:alert(1)")).not.toMatch(/<(img|a)\b/);
    });
    test("what would act is a mark with its name; each text keeps its own direction", () => {
        const shown = html("a\u202Eb\u001b[0m");
        expect(shown).toContain(`title="U+202E right-to-left override">RLO</span>`);
        expect(shown).toContain(">ESC</span>[0m");
        expect(shown).not.toMatch(/[\u202e\u001b]/);
    });
    test("a long text is clamped and says how long it is; a little over is not worth a click", () => {
        const block = (text: string) => renderToStaticMarkup(<UntrustedBlock text={text} />);
        expect(block("x".repeat(40_000))).toContain("Show all 40,000 characters");
        expect(block("x".repeat(40_000)).length).toBeLessThan(2_200);
        expect(block("line\n".repeat(500))).toContain("Show all 2,500 characters");
        expect(block("x".repeat(1_700))).not.toContain("Show all");
    });
});
