import { expect, test } from "vitest";
import { build_evaluators_page_data, configured_as } from "./build_evaluators_page_data";

const check = (name: string) => ({ name, version: 1, dimension: "format", says: "It holds.", takes: [{ name: "phrases", says: "What.", example: ["a"], required: true }],
    example: { params: { phrases: ["as an AI"] }, interaction: { output: "Hi" }, score: 1 } });
const data = build_evaluators_page_data({ checks: [check("banned_phrase"), check("length_bounds")] }, {
    dimensions: [{ name: "tool_calls", says: "Fine.", owner: "team", evaluators: [
        { name: "no_phrase", check: "banned_phrase", version: "banned_phrase@1:aa", says: "It holds.", parameters: { phrases: ["x"], n: 3 }, where: { "app.channel": "api", tier: "1" } }] }],
    owners: { team: { rotation: ["ana", "bo"] } }, slices: ["app.channel"] });

test("a check says which dimension uses it; the rest could be used", () => {
    expect(data.used.map(({ name, used_by }) => [name, used_by])).toEqual([["banned_phrase", [{ dimension: "tool_calls", evaluator: "no_phrase" }]]]);
    expect(data.unused.map(({ name }) => name)).toEqual(["length_bounds"]);
});
test("a dimension says who owns it and what each evaluator was given", () => {
    expect(data.dimensions[0]).toMatchObject({ title: "tool calls", rotation: ["ana", "bo"], notify: [] });
    expect(data.dimensions[0]!.evaluators[0]).toMatchObject({ parameters: 'phrases: ["x"]\nn: 3', where: "app.channel is api and tier is 1" });
});
test("the example can be pasted into plimsoll.yaml", () => {
    expect(configured_as("banned_phrase", { phrases: ["as an AI"] })).toBe('- {check: banned_phrase, phrases: ["as an AI"]}');
    expect(configured_as("empty_output", {})).toBe("- {check: empty_output}");
});
