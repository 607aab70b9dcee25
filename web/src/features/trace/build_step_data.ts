/// build_step_data.ts: one step as the page says it.
import type { Step } from "../../api/types";
import { absent, format_count, format_duration, format_score, format_usd, words } from "../../lib/format";
import type { Fact } from "./build_trace_page_data";

export interface AttributeRow {
    key: string;
    json: string;
    /// "model_answered by otel_genai"; "" where no convention read it.
    became: string;
}

export interface StepData {
    title: string;
    kind: string;
    failed: boolean;
    error: { type: string; message: string } | null;
    facts: Fact[];
    tokens: Fact[];
    parameters: Fact[];
    /// Said when content is not whole.
    content_says: string;
    attributes: AttributeRow[];
    /// Sources whose attribute is not in the list: an event, or a key that was cut.
    other_sources: AttributeRow[];
    light: boolean;
    has_content: boolean;
}

const content_words: Record<string, string> = {
    truncated: "The content was cut on the way here: checks that need all of it gave no score.",
    unparsable: "The content could not be read as messages. What was sent stands under attributes.",
};

export function build_step_data(step: Step): StepData {
    const known = (facts: Fact[]) => facts.filter(({ value }) => value !== "" && value !== absent);
    const asked = step.model_requested ?? "";
    const answered = step.model_answered ?? "";
    const tokens = step.tokens ?? {};
    const count = (value: number | null | undefined) =>
        value === null || value === undefined ? absent : format_count(value);
    const sources = step.sources ?? [];
    const attributes = (step.attributes ?? []).map(({ key, json }) => ({ key, json, became: became(sources, key) }));
    const keys = new Set(attributes.map(({ key }) => key));
    return {
        title: step.name || step.id,
        kind: words(step.kind),
        failed: step.failed,
        error: step.error_type || step.error_message
            ? { type: step.error_type ?? "", message: step.error_message ?? "" } : null,
        facts: known([
            { label: "Duration", value: format_duration(step.duration_ms) },
            { label: "Began after", value: format_duration(step.start_ms) },
            { label: "First token", value: step.first_token_s === null || step.first_token_s === undefined ? "" : format_duration(step.first_token_s * 1000) },
            { label: "Model", value: answered || asked,
              says: asked && answered && asked !== answered ? `asked for ${asked}` : undefined },
            { label: "Provider", value: step.provider ?? "" },
            { label: "Operation", value: step.operation ?? "" },
            { label: "Prompt", value: [step.prompt_name, step.prompt_version].filter(Boolean).join("@") },
            { label: "Agent", value: step.agent ?? "" },
            { label: "Tool", value: step.tool_name ?? "" },
            { label: "Finished by", value: (step.finish_reasons ?? []).map(words).join(", ") },
            { label: "Cost", value: format_usd(step.cost_usd) },
            { label: "Response", value: step.response_id ?? "" },
            { label: "Scope", value: step.scope ?? "" },
            { label: "Left out by the client", value: step.dropped ? format_count(step.dropped) : "" },
        ]),
        tokens: known([
            { label: "in", value: count(tokens.input) },
            { label: "out", value: count(tokens.output) },
            { label: "read from cache", value: count(tokens.cache_read) },
            { label: "written to cache", value: count(tokens.cache_write) },
            { label: "reasoning", value: count(tokens.reasoning) },
        ]),
        parameters: Object.entries(step.parameters ?? {}).map(([label, value]) =>
            ({ label, value: typeof value === "string" ? value : JSON.stringify(value) })),
        content_says: content_words[step.content ?? ""] ?? "",
        attributes,
        other_sources: sources.filter(({ key }) => !keys.has(key)).map((source) =>
            ({ key: source.key, json: "", became: `${source.field} by ${source.convention}` })),
        light: step.light === true,
        has_content: Boolean(step.system || step.input?.length || step.output?.length || step.documents?.length ||
            step.query || step.tool_arguments || step.tool_result || step.tools?.length),
    };
}

function became(sources: NonNullable<Step["sources"]>, key: string): string {
    const fields = sources.filter((source) => source.key === key);
    return fields.length === 0 ? ""
        : `${fields.map(({ field }) => field).join(", ")} by ${fields[0]!.convention}`;
}

/// A document's score is whatever the retriever said, not a score in [0, 1].
export function retriever_score(score: number | null | undefined): string {
    if (score === null || score === undefined) return "";
    return score >= 0 && score <= 1 ? format_score(score) : String(Number(score.toPrecision(4)));
}
