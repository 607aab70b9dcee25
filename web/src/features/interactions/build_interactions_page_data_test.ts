import { describe, expect, test } from "vitest";
import type { InteractionRow } from "../../api/types";
import { read_filter } from "../../lib/filter";
import { build_interactions_page_data } from "./build_interactions_page_data";

const row: InteractionRow = {
    id: "ab", revision: 1, recognised: true, incomplete: false, failed: false, start: "2026-11-23T10:00:00Z",
    duration_ms: 1234, service: "support", environment: "", session: "s", user: "", provider: "", model: "orca",
    prompt: "", question: "Where is\nmy order?", answer: "On its way.", input_tokens: 1200, output_tokens: null,
    cost_usd: null, first_token_s: null, spans: 4, scores: { latency: 0, format: 1, cost: 0.5 },
};
const page = (rows: Partial<InteractionRow>[], address = "", ever = 5) => build_interactions_page_data(
    [{ total: 4321, next: null, interactions: rows.map((one) => ({ ...row, ...one })) }],
    ["format", "tool_calls", "latency"], read_filter(new URLSearchParams(address)), { interactions: ever });

describe("list of interactions", () => {
    test("a row: one line of text, what is absent is a dash", () => {
        expect(page([{}]).caption).toBe("4,321 interactions");
        expect(page([{}]).rows[0]).toMatchObject({
            question: "Where is my order?", duration: "1.23 s", tokens: "1.2k → –", cost: "–", prompt: "–",
            tokens_says: "1,200 tokens in, unknown out", remarks: [] });
    });
    test("marks stand in the order of the configuration, the unknown after them; unscored is no zero", () => {
        const { marks, marks_say, low } = page([{}]).rows[0]!;
        expect(marks.map(({ dimension, tone }) => `${dimension} ${tone}`)).toEqual(
            ["format pass", "tool_calls none", "latency fail", "cost partial"]);
        expect(marks_say).toBe("format 1.00, tool calls unscored, latency 0.00, cost 0.50");
        expect(low.map(({ dimension }) => dimension)).toEqual(["latency", "cost"]);
    });
    test("what one should know besides", () => {
        expect(page([{ recognised: false, incomplete: true, revision: 3, question: "" }]).rows[0]).toMatchObject({
            question: "4 spans", remarks: ["not recognised", "incomplete", "revision 3"] });
    });
    test("a row that is on two pages is shown once", () => expect(page([{}, {}]).rows).toHaveLength(1));
    test("nothing ever, nothing here", () => {
        expect([page([], "", 0).state, page([], "", 3).state, page([], "text=x", 0).state]).toEqual(["never", "none_here", "none_here"]);
    });
});
