import { describe, expect, test } from "vitest";
import type { Step, Trace } from "../../api/types";
import { build_step_data, retriever_score } from "./build_step_data";
import { build_trace_page_data, folded_messages, marks_of_step } from "./build_trace_page_data";

const step: Step = {
    id: "01", parent: "", name: "chat orca", kind: "model_call", start_ms: 12.5, duration_ms: 900, failed: true,
    error_type: "timeout", error_message: "30 s", model_requested: "orca", model_answered: "orca-2026-08",
    tokens: { input: 1200, output: 40, reasoning: null }, parameters: { temperature: "0.2", stop: ["\n"] }, content: "truncated",
    finish_reasons: ["tool_call"], sources: [
        { field: "model_answered", key: "gen_ai.response.model", convention: "otel_genai" },
        { field: "input", key: "event:gen_ai.user.message", convention: "otel_genai_events" }],
    attributes: [{ key: "gen_ai.response.model", json: '"orca-2026-08"' }, { key: "app.tier", json: "3" }],
};
const trace: Trace = {
    interaction: {
        id: "ab", revision: 2, recognised: true, incomplete: true, failed: false, start: "2026-11-23T10:00:00Z",
        duration_ms: 1234, service: "support", environment: "", session: "s 1", user: "", provider: "", model: "orca",
        prompt: "", question: "Where?", answer: "", input_tokens: null, output_tokens: null, cost_usd: null,
        first_token_s: 0.25, spans: 1, scores: { latency: 0.5 }, versions: { model: "orca" },
        attributes: { "app.tier": "3" }, resource: { "service.name": "support", "process.pid": 7 } },
    verdicts: [
        { dimension: "cost", evaluator: "budget", check: "cost_budget", version: "cost_budget@1:aa", score: null, reason: "missing_content", explanation: "No span says what it cost.", inclusion: 1 },
        { dimension: "latency", evaluator: "whole", check: "latency_budget", version: "latency_budget@1:bb", score: 0, reason: "", explanation: "5 s", inclusion: 1 },
        { dimension: "latency", evaluator: "first", check: "first_token", version: "first_token@1:cc", score: 1, reason: "", explanation: "", inclusion: 0.2 }],
    steps: [step],
};

test("a step has the marks of all verdicts on it, each with its evaluator", () => {
    const mark = { step: "01", message: 0, part: 1, begin: 2, end: 5, why: "expected integer, found string" };
    const [first, ...others] = trace.verdicts;
    const marked = { ...trace, verdicts: [{ ...first!, evaluator: "well_formed", marks: [mark, { ...mark, step: "02" }] }, ...others] };
    expect(marks_of_step(marked, "01")).toEqual([{ message: 0, part: 1, begin: 2, end: 5, why: "well_formed: expected integer, found string" }]);
    expect(marks_of_step(marked, "03")).toEqual([]);
});

describe("trace", () => {
    const data = build_trace_page_data(trace, ["format", "latency", "cost"]);
    test("only what is known is stated, and what one should know besides", () => {
        expect(data.facts.map(({ label, value }) => `${label} ${value}`)).toEqual(
            ["Duration 1.23 s", "First token 250 ms", "Model orca", "Service support", "Spans 1"]);
        expect(data.remarks).toEqual(["incomplete", "revision 2"]);
        expect(data.resource[1]).toEqual({ label: "process.pid", value: "7" });
    });
    test("verdicts by dimension in the order of the configuration; unscored says why", () => {
        expect(data.groups.map(({ dimension, score, tone }) => [dimension, score, tone])).toEqual(
            [["latency", "0.50", "partial"], ["cost", "unscored", "none"]]);
        expect(data.groups[1]!.verdicts[0]).toMatchObject({ score: "unscored", reason: "missing content" });
        expect(data.groups[0]!.verdicts[1]!.inclusion).toBe("evaluated with probability 0.2");
        expect(data.failing).toBe(1);
    });
    test("all five versions, each absent by itself; the session of the conversation", () => {
        expect(data.versions.map(({ value }) => value)).toEqual(["orca", "–", "–", "–", "–"]);
        expect(data.session_link).toBe("/interactions?window=all&session=s+1");
        const alone = build_trace_page_data({ ...trace, interaction: { ...trace.interaction, session: "ab" } }, []);
        expect(alone.session_link).toBe("");
    });
});

describe("step", () => {
    const data = build_step_data(step);
    test("every attribute says what it became; sources without one are kept", () => {
        expect(data.attributes.map(({ became }) => became)).toEqual(["model_answered by otel_genai", ""]);
        expect(data.other_sources).toEqual([{ key: "event:gen_ai.user.message", json: "", became: "input by otel_genai_events" }]);
    });
    test("the model that answered, and what was asked for", () => {
        expect(data.facts.find(({ label }) => label === "Model")).toEqual({ label: "Model", value: "orca-2026-08", says: "asked for orca" });
        expect(data.tokens).toEqual([{ label: "in", value: "1,200" }, { label: "out", value: "40" }]);
        expect(data.parameters[1]).toEqual({ label: "stop", value: '["\\n"]' });
    });
    test("cut content is said; an error has type and message", () => {
        expect(data.content_says).toMatch(/cut/);
        expect(data.error).toEqual({ type: "timeout", message: "30 s" });
    });
    test("a retriever's score may be any number", () => {
        expect([0.87, 12.34567, -3, null].map(retriever_score)).toEqual(["0.870", "12.35", "-3", ""]);
    });
});

test("a long conversation is folded, a short one is not", () => {
    expect(folded_messages(4)).toEqual({ folded: 0, label: "" });
    expect(folded_messages(20)).toEqual({ folded: 17, label: "Show 17 earlier messages" });
});
