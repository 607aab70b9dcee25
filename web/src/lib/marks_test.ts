import { expect, test } from "vitest";
import { marked_json, marked_pieces } from "./marks";
import { lay_out } from "./pretty_json";

test("text is cut where marks begin and end, counted in bytes", () => {
    expect(marked_pieces("Zoë 😀 9 ok", [{ begin: 10, end: 11, why: "number" }])).toEqual([
        { text: "Zoë 😀 ", why: [] }, { text: "9", why: ["number"] }, { text: " ok", why: [] }]);
});

test("marks overlap, touch the ends and reach past them", () => {
    expect(marked_pieces("abc", [{ begin: 0, end: 3, why: "a" }, { begin: 1, end: 9, why: "b" }, { begin: 1, end: 2, why: "b" }])).toEqual([
        { text: "a", why: ["a"] }, { text: "b", why: ["a", "b"] }, { text: "c", why: ["a", "b"] }]);
    expect(marked_pieces("abc", [])).toEqual([{ text: "abc", why: [] }]);
});

test("an argument stays marked when its JSON is laid out", () => {
    const sent = '{"id":7,"to":[ 1 ]}';
    expect(marked_json(sent, [{ begin: 6, end: 7, why: "expected string" }], lay_out)).toEqual([
        { text: '{\n  "id": ', why: [] }, { text: "7", why: ["expected string"] },
        { text: ',\n  "to": [\n    1\n  ]\n}', why: [] }]);
    expect(marked_json(sent, [{ begin: 0, end: 19, why: "all" }], lay_out)?.map(({ why }) => why)).toEqual([["all"]]);
    expect(marked_json('"\uE000"', [], lay_out)).toBeNull();
});
