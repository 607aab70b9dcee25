/// build_trace_page_data.ts: one interaction as the page says it: facts for its head, the verdicts by
/// dimension, its versions and attributes. The tree of its spans is lib/span_tree.ts.
import type { Trace, Verdict } from "../../api/types";
import { absent, format_count, format_duration, format_score, format_usd, plural, words } from "../../lib/format";
import { score_tone, type Tone } from "../../lib/score_tone";
import { one_line } from "../../lib/visible";

export interface Fact {
    label: string;
    value: string;
    says?: string;
}

export interface VerdictRow {
    evaluator: string;
    version: string;
    tone: Tone;
    score: string;
    reason: string;
    explanation: string;
    /// "judged with probability 0.2": only where not every interaction is.
    inclusion: string;
}

export interface VerdictGroup {
    dimension: string;
    title: string;
    tone: Tone;
    score: string;
    verdicts: VerdictRow[];
}

export interface TracePageData {
    id: string;
    title: string;
    start: string;
    failed: boolean;
    remarks: string[];
    facts: Fact[];
    session: string;
    session_link: string;
    groups: VerdictGroup[];
    failing: number;
    versions: Fact[];
    attributes: Fact[];
    resource: Fact[];
    light: boolean;
}

export interface StepMark {
    message: number;
    part: number;
    begin: number;
    end: number;
    why: string;
}

/// What evaluators mark in the output of a step, with their names.
export function marks_of_step(trace: Trace, step: string): StepMark[] {
    return trace.verdicts.flatMap(({ evaluator, marks }) => (marks ?? []).filter((mark) => mark.step === step)
        .map(({ message, part, begin, end, why }) => ({ message, part, begin, end, why: `${evaluator}: ${why}` })));
}

export function build_trace_page_data(trace: Trace, dimensions: readonly string[]): TracePageData {
    const { interaction } = trace;
    const groups = verdict_groups(trace, dimensions);
    const remarks: string[] = [];
    if (interaction.failed) remarks.push("failed");
    if (interaction.incomplete) remarks.push("incomplete");
    if (!interaction.recognised) remarks.push("not recognised");
    if (interaction.revision > 1) remarks.push(`revision ${interaction.revision}`);
    const known = (facts: Fact[]) => facts.filter(({ value }) => value !== "" && value !== absent);
    const versions = interaction.versions ?? {};
    return {
        id: interaction.id,
        title: one_line(interaction.question) || (interaction.recognised ? "No question was sent" : "Not recognised as a model's work"),
        start: interaction.start,
        failed: interaction.failed,
        remarks,
        facts: known([
            { label: "Duration", value: format_duration(interaction.duration_ms) },
            { label: "First token", value: interaction.first_token_s === null ? "" : format_duration(interaction.first_token_s * 1000) },
            { label: "Tokens", value: token_text(interaction.input_tokens, interaction.output_tokens) },
            { label: "Cost", value: format_usd(interaction.cost_usd) },
            { label: "Model", value: interaction.model },
            { label: "Prompt", value: interaction.prompt },
            { label: "Service", value: interaction.service },
            { label: "Environment", value: interaction.environment },
            { label: "User", value: interaction.user },
            { label: "Spans", value: format_count(trace.steps.length) },
        ]),
        session: interaction.session,
        session_link: interaction.session && interaction.session !== interaction.id
            ? `/interactions?${new URLSearchParams({ window: "all", session: interaction.session })}` : "",
        groups,
        failing: groups.reduce((sum, group) =>
            sum + group.verdicts.filter(({ tone }) => tone === "fail" || tone === "partial").length, 0),
        versions: ["model", "prompt", "judge", "dataset", "rubric"].map((name) => ({
            label: name, value: versions[name as keyof typeof versions] || absent })),
        attributes: facts_of(interaction.attributes),
        resource: facts_of(interaction.resource),
        light: trace.steps.some((step) => step.light),
    };
}

export function token_text(input: number | null | undefined, output: number | null | undefined): string {
    const part = (count: number | null | undefined, word: string) =>
        count === null || count === undefined ? [] : [`${format_count(count)} ${word}`];
    return [...part(input, "in"), ...part(output, "out")].join(", ");
}

function facts_of(values: Record<string, unknown> | undefined): Fact[] {
    return Object.entries(values ?? {}).map(([label, value]) =>
        ({ label, value: typeof value === "string" ? value : JSON.stringify(value) }));
}

/// Dimensions in the order of the configuration; those it does not know any more at the end.
function verdict_groups(trace: Trace, dimensions: readonly string[]): VerdictGroup[] {
    const by_dimension = new Map<string, Verdict[]>(dimensions.map((name) => [name, []]));
    for (const verdict of trace.verdicts) {
        const list = by_dimension.get(verdict.dimension);
        if (list) list.push(verdict);
        else by_dimension.set(verdict.dimension, [verdict]);
    }
    return [...by_dimension].filter(([, verdicts]) => verdicts.length > 0).map(([dimension, verdicts]) => {
        const stated = trace.interaction.scores?.[dimension];
        const score = stated ?? null;
        return {
            dimension,
            title: words(dimension),
            tone: score_tone(score),
            score: score === null ? "unscored" : format_score(score, 2),
            verdicts: verdicts.map(verdict_row),
        };
    });
}

function verdict_row(verdict: Verdict): VerdictRow {
    return {
        evaluator: verdict.evaluator,
        version: verdict.version,
        tone: score_tone(verdict.score),
        score: verdict.score === null ? "unscored" : format_score(verdict.score, 2),
        reason: words(verdict.reason),
        explanation: verdict.explanation,
        inclusion: verdict.inclusion < 1 ? `evaluated with probability ${verdict.inclusion}` : "",
    };
}

/// "12 earlier messages": which of a long conversation to show first.
export function folded_messages(count: number, keep = 3): { folded: number; label: string } {
    const folded = count > keep + 1 ? count - keep : 0;
    return { folded, label: folded ? `Show ${plural(folded, "earlier message")}` : "" };
}
