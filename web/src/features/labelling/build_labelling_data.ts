/// build_labelling_data.ts: what a person sees of one interaction before they say what is good: the
/// conversation, the answer, the documents. Never a verdict.
import type { AgreementLine, LabelQueue, LabelScale, Message, Step, Trace } from "../../api/types";
import { absent, format_count, plural } from "../../lib/format";

export interface LabelledItem {
    id: string;
    /// What was said before, oldest first; the user's last words stand at the end.
    conversation: Message[];
    answer: Message[];
    system: string;
    documents: { id: string; text: string }[];
    /// Why something is missing; "" if all is there.
    gap: string;
}

const says_something = (message: Message) => message.parts.some(({ kind, text }) => kind !== "text" || Boolean(text));

export function build_labelled_item(trace: Trace): LabelledItem {
    const calls = trace.steps.filter(({ kind }) => kind === "model_call");
    const answered = calls.filter(({ output }) => (output ?? []).some(says_something));
    const last: Step | undefined = answered.at(-1) ?? calls.at(-1);
    const documents = trace.steps.flatMap((step) => step.documents ?? [])
        .map(({ id, text }) => ({ id: id ?? "", text: text ?? "" }));
    return {
        id: trace.interaction.id,
        conversation: (last?.input ?? []).filter(says_something),
        answer: (last?.output ?? []).filter(says_something),
        system: last?.system ?? "",
        documents,
        gap: gap_of(trace, last),
    };
}

function gap_of(trace: Trace, last: Step | undefined): string {
    if (!last) return "This interaction has no call of a model.";
    if (last.light) return "This trace is long: its content stands on its own page.";
    const silent = !(last.output ?? []).some(says_something);
    if (trace.interaction.failed && silent) return "The model gave no answer: the call failed.";
    if (last.content === "absent") return "The sender left out the content.";
    if (last.content === "truncated") return "The content was cut on the way.";
    return silent ? "The model answered with nothing." : "";
}

export interface Choice {
    key: string;
    score: number | "unsure";
    name: string;
    says: string;
}

const unsure: Choice = { key: "u", score: "unsure", name: "Unsure", says: "The rubric does not decide it, or I cannot tell" };
const pass_or_fail: readonly Choice[] = [
    { key: "p", score: 1, name: "Pass", says: "It does what the rubric asks" },
    { key: "f", score: 0, name: "Fail", says: "It does not" },
    unsure,
];

/// Pass and fail; grades by their own digits, best first; a team's words by their place. What has no
/// digit is there for the mouse.
export function choices_of(scale: LabelScale | undefined): readonly Choice[] {
    if (!scale || scale.kind === "binary") return pass_or_fail;
    const answers = scale.kind === "graded" ? [...scale.answers].reverse() : scale.answers;
    const own = answers.every(({ name }) => /^[0-9]$/.test(name));
    return [...answers.map(({ name, score }, index) => ({ key: own ? name : index < 9 ? String(index + 1) : "", score, name, says: `Counts as ${score.toFixed(2)}` })), unsure];
}

/// Which choice a key makes; undefined while somebody types, or with a modifier.
export function choice_of(choices: readonly Choice[], event: { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; target: { tagName?: string } | null }): Choice | undefined {
    if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target?.tagName ?? "")) return undefined;
    return choices.find(({ key }) => key !== "" && key === event.key.toLowerCase());
}

export interface Progress {
    share: number;
    text: string;
    people: string;
}

/// `given`: labels since the queue was asked.
export function build_progress(queue: LabelQueue, given: number): Progress {
    const { items, done, by_you, open_for_you, split } = queue.progress;
    return {
        share: items === 0 ? 0 : done / items,
        text: [`${format_count(done)} of ${plural(items, "item")} done`, `${format_count(by_you + given)} by you`,
            `${format_count(Math.max(0, open_for_you - given))} open for you`,
            ...(split > 0 ? [`${format_count(split)} to be decided by a third person`] : [])].join(" · "),
        people: people_text(queue.among_people),
    };
}

function people_text(lines: AgreementLine[]): string {
    const line = lines[0];
    if (!line) return "Nobody labelled the same item yet.";
    if (line.value === null) return `People among each other: ${line.undefined ?? absent}.`;
    const range = line.low === null || line.high === null ? "" : `, ${line.low.toFixed(2)} to ${line.high.toFixed(2)}`;
    return `People among each other: ${line.name} ${line.value.toFixed(2)}${range}.`;
}
