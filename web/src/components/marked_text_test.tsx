import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { MarkedJson, MarkedText } from "./marked_text";

test("a claim is marked where it stands, with its reasons below", () => {
    const html = renderToStaticMarkup(<MarkedText text="It costs 12 euros." marks={[
        { begin: 0, end: 18, why: "grounded: little of this stands in the evidence" },
        { begin: 9, end: 11, why: "grounded: this number is not in the evidence" }]} />);
    expect(html).toMatch(/<mark[^>]*title="[^"]*little[^"]*; [^"]*number[^"]*"[^>]*><bdi dir="auto">12<\/bdi><\/mark>/);
    expect(html.match(/<li>/g)).toHaveLength(2);
});

test("an argument is marked in its JSON; the same reason is told once, with how many places", () => {
    const html = renderToStaticMarkup(<MarkedJson text={'{"a":"x","b":"y"}'} marks={[
        { begin: 5, end: 8, why: "expected integer" }, { begin: 13, end: 16, why: "expected integer" }]} />);
    expect(html.match(/<mark/g)).toHaveLength(2);
    expect(html).toContain("2 places");
    expect(html).toContain("\n  ");
});

test("A12: what is marked stays letters", () => {
    const html = renderToStaticMarkup(<MarkedText text={"<script>x</script>\u202E"} marks={[{ begin: 0, end: 8, why: "<b>\u202E" }]} />);
    expect(html).not.toMatch(/<(script|b)>|\u202e/);
    expect(html).toContain("RLO");
});
