/// build_trust_data.ts: what each evaluator may do, as a person reads it.
import type { AgreementLine, EvaluatorTrust, TrustEvent, TrustPage, TrustWord } from "../../api/types";
import { absent, format_count, format_score, plural, words } from "../../lib/format";

export interface Cell { count: number; share: number }

export interface TrustCard {
    key: string;
    dimension: string;
    evaluator: string;
    kind: string;
    version: string;
    trust: TrustWord;
    says: string;
    why: string;
    agreement: string;
    interval: string;
    /// Places of interval, value and threshold on a scale from 0 to 1; null where undefined.
    scale: { low: number; high: number; value: number; threshold: number } | null;
    labels: string;
    needed: string;
    people: string;
    ceiling: string;
    notes: string[];
    /// Rows people, columns evaluator, fail first: [[both fail, only people fail], [only it fails, both pass]].
    matrix: [[Cell, Cell], [Cell, Cell]] | null;
    weeks: { begins: string; labels: number; agreement: string; value: number | null; trust: TrustWord; why: string }[];
    slices: { name: string; labels: number; agreement: string; useless: boolean }[];
    misses: { id: string; evaluator: string; people: string; missed_failure: boolean }[];
    missed_failures: number;
    earlier: { version: string; text: string }[];
    due: string;
}

const trust_says: Record<TrustWord, string> = {
    closed: "It reaches nobody yet: its findings are shown, and that is all.",
    provisional: "Its findings become tickets, never pages.",
    open: "It may page.",
};

export function agreement_text(line: AgreementLine | undefined): string {
    if (!line) return absent;
    if (line.value === null) return `none: ${line.undefined ?? "not known"}`;
    return `${line.name} ${line.value.toFixed(2)}`;
}

export function interval_text(line: AgreementLine | undefined): string {
    if (!line || line.low === null || line.high === null) return "";
    return `${line.low.toFixed(2)} to ${line.high.toFixed(2)}`;
}

const inside = (value: number) => Math.min(1, Math.max(0, value));

export function build_trust_card(one: EvaluatorTrust): TrustCard {
    const line = one.figures.agreement[0];
    const { both_fail, only_evaluator_fails, only_people_fail, both_pass } = one.confusion;
    const total = both_fail + only_evaluator_fails + only_people_fail + both_pass;
    const cell = (count: number): Cell => ({ count, share: total ? count / total : 0 });
    return {
        key: `${one.dimension} ${one.evaluator}`,
        dimension: words(one.dimension), evaluator: one.evaluator, kind: one.kind, version: one.version,
        trust: one.trust, says: trust_says[one.trust], why: one.why,
        agreement: total ? agreement_text(line) : "no labels",
        interval: interval_text(line),
        scale: line && line.value !== null && line.low !== null && line.high !== null
            ? { low: inside(line.low), high: inside(line.high), value: inside(line.value), threshold: one.threshold } : null,
        labels: plural(one.figures.compared, "item"),
        needed: needed_text(one),
        people: people_text(one.figures.among_people[0]),
        ceiling: ceiling_text(one),
        notes: notes_of(one),
        matrix: total ? [[cell(both_fail), cell(only_people_fail)], [cell(only_evaluator_fails), cell(both_pass)]] : null,
        weeks: one.weeks.map((week) => ({ begins: week.begins.slice(0, 10), labels: week.labels, agreement: [agreement_text(week.agreement), interval_text(week.agreement)].filter(Boolean).join(", "),
            value: week.agreement.value, trust: week.trust, why: week.why })),
        slices: one.slices.map((slice) => ({ name: `${slice.attribute} is ${slice.value}`, labels: slice.labels,
            agreement: [agreement_text(slice.agreement), interval_text(slice.agreement)].filter(Boolean).join(", "), useless: slice.useless })),
        misses: one.misses.map((miss) => ({ id: miss.interaction, evaluator: format_score(miss.score, 2), people: format_score(miss.people, 2), missed_failure: miss.score > miss.people })),
        missed_failures: only_people_fail,
        earlier: one.earlier.map(({ version, labels, agreement }) => ({ version, text: `${agreement_text(agreement)}, ${plural(labels, "item")}` })),
        due: one.due?.slice(0, 10) ?? "now",
    };
}

function needed_text({ labels_needed: needed, figures }: EvaluatorTrust): string {
    if (figures.compared === 0) return "40 labels to begin with";
    if (needed.undefined) return `unknown: ${needed.undefined}`;
    if (!needed.likely) return "none, it is decided";
    return `${plural(needed.likely, "more label")} decide with four chances of five (then ${needed.towards})`;
}

function people_text(line: AgreementLine | undefined): string {
    if (!line) return "nobody labelled the same item";
    return [agreement_text(line), interval_text(line)].filter(Boolean).join(", ");
}

function ceiling_text({ figures: { ceiling } }: EvaluatorTrust): string {
    if (ceiling.judge_max === undefined || ceiling.against_truth === undefined) return "";
    return `A perfect one could show ${ceiling.judge_max.toFixed(2)} against one person; against the truth this one has ${ceiling.cut_at_one ? "at least " : ""}${ceiling.against_truth.toFixed(2)}.`;
}

function notes_of(one: EvaluatorTrust): string[] {
    const notes: string[] = [];
    if (one.suspended) notes.push(`Suspended since ${one.suspended.slice(0, 16).replace("T", " ")}: its sentinels changed their verdicts.${one.relabelling === "label_more" ? " Twenty labels more." : ""}`);
    if (one.weighted) notes.push("Each label counts by 1 / the probability with which it was drawn.");
    if (one.left_out) notes.push(`${plural(one.left_out, "item")} picked by hand or for a flip do not count.`);
    if (one.figures.people_split) notes.push(`People split evenly on ${plural(one.figures.people_split, "item")}.`);
    if (one.unsure) notes.push(`${plural(one.unsure, "label")} unsure.`);
    if (one.figures.without_judge) notes.push(`${plural(one.figures.without_judge, "labelled item")} unscored.`);
    return notes;
}

export interface TrustData {
    cards: TrustCard[];
    /// Newest first.
    events: { time: string; text: string; trust: TrustWord }[];
    counts: string;
}

export function build_trust_data(page: TrustPage): TrustData {
    const cards = page.evaluators.map(build_trust_card);
    const of = (trust: TrustWord) => cards.filter((card) => card.trust === trust).length;
    return {
        cards: cards.sort((left, right) => Number(right.matrix !== null) - Number(left.matrix !== null)),
        events: [...page.events].reverse().map((event) => ({ time: event.time, text: event_text(event), trust: event.after })),
        counts: (["open", "provisional", "closed"] as const).map((trust) => `${format_count(of(trust))} ${trust}`).join(", "),
    };
}

function event_text(event: TrustEvent): string {
    const change = event.before && event.before !== event.after ? `${event.before} to ${event.after}` : event.after;
    return `${words(event.dimension)}, ${event.evaluator}: ${change}. ${event.why}.`;
}
