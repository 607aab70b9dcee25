/// build_alerts_data.ts: what is found, as one reads it: changes of the same cause together, what its
/// owner was told apart from what is withheld, and every number with its interval and unit.
import type { Alert, AlertList, Finding, FindingCause, FindingList, Withheld } from "../../api/types";
import { format_score, plural, words } from "../../lib/format";
import { figure, signed } from "../../lib/measure";

/// A change as one line: the finding that explains it best, and how many others it explains.
export interface ChangeRow {
    id: string;
    title: string;
    where: string[];
    since: string;
    before: string;
    after: string;
    change: string;
    cause: string;
    others: number;
    worse: boolean;
    ended: string | null;
}

export interface AlertRow {
    alert: Alert;
    state: string;
    where: string[];
}

export interface WithheldRow extends ChangeRow {
    why: string;
    missing: string;
    label_link: string;
}

export interface AlertsData {
    open: AlertRow[];
    closed: AlertRow[];
    withheld: WithheldRow[];
    /// Found, and in no alert: improvements, mixes, what is over, what is no page.
    others: ChangeRow[];
    watched: string;
    not_yet: FindingList["not_yet"];
    until: string;
}

export function build_alerts_data(found: FindingList | undefined, alerts: AlertList | undefined): AlertsData {
    const row = (alert: Alert): AlertRow => ({ alert, state: state_of(alert), where: where_of(alert.service, alert.slice) });
    const rows = alerts?.alerts ?? [];
    const closed = ({ state }: Alert) => state === "recovered" || state === "decided";
    const withheld = leading((alerts?.withheld ?? []).map(({ finding }) => finding));
    return {
        open: rows.filter((alert) => !closed(alert)).map(row),
        closed: rows.filter(closed).map(row),
        withheld: withheld.map(({ lead, others }) => withheld_row(alerts!.withheld.find(({ finding }) => finding.id === lead.id)!, others)),
        others: leading((found?.findings ?? []).filter((finding) => !finding.pages || finding.ended)).map(({ lead, others }) => change_row(lead, others)),
        watched: found ? `${plural(found.watched, "series", "series")} watched` : "",
        not_yet: found?.not_yet ?? [],
        until: found?.until ?? "",
    };
}

/// Findings by their leader, in the order of their first.
function leading(findings: Finding[]): { lead: Finding; others: number }[] {
    const groups = new Map<string, Finding[]>();
    for (const finding of findings) {
        const key = finding.leader || finding.id;
        groups.set(key, [...groups.get(key) ?? [], finding]);
    }
    return [...groups].map(([key, all]) => ({ lead: all.find(({ id }) => id === key) ?? all[0]!, others: all.length - 1 }));
}

export function change_row(finding: Finding, others = 0): ChangeRow {
    return {
        id: finding.id, title: title_of(finding), where: where_of(finding.service, finding.slice), since: finding.since,
        before: figure(finding.before, finding.measure), after: figure(finding.after, finding.measure),
        change: `${signed(finding.change, finding.measure)} [${signed(finding.change_low, finding.measure)}, ${signed(finding.change_high, finding.measure)}]`,
        cause: finding.causes[0] ? cause_of(finding.causes[0]) : "nothing known changed with it", others,
        worse: finding.worse, ended: finding.ended,
    };
}

function withheld_row({ finding, why, labels_missing }: Withheld, others: number): WithheldRow {
    return {
        ...change_row(finding, others), why,
        missing: labels_missing ? plural(labels_missing, "label") : "",
        label_link: `/label?dimension=${encodeURIComponent(finding.dimension)}`,
    };
}

export function title_of({ kind, dimension, measure, worse }: Finding): string {
    const what = dimension ? words(dimension) : words(measure);
    switch (kind) {
        case "mix_shift": return `${what}: traffic moved`;
        case "calibration_drift": return `${what}: the judge moved`;
        case "coverage_gap": return `Coverage: ${measure}`;
        case "distribution_drift": return `${what}: another shape`;
        case "double_counting": return `${what}: counts what another dimension counts`;
        case "sampler_integrity": return `${what}: the sample is not what was drawn`;
        default: return `${what} ${worse ? "worse" : "better"}${measure === "mean score" ? "" : ` (${measure})`}`;
    }
}

export function where_of(service: string, slice: Record<string, string>): string[] {
    const parts = Object.entries(slice).map(([name, value]) => `${name} = ${value}`);
    return [service || "all services", ...parts];
}

export function cause_of({ element, from, to, probability }: FindingCause): string {
    const versions = from || to ? ` ${from || "?"} → ${to || "?"}` : "";
    const sure = probability === null ? "" : `, P ${format_score(probability, 2)}`;
    return `${element === "mix" ? "mix of traffic" : words(element).toLowerCase()}${versions}${sure}`;
}

function state_of({ state, asked, acknowledged, decided, urgency }: Alert): string {
    if (decided) return `${words(decided.decision)}, ${decided.by}`;
    if (state === "recovered") return "recovered";
    if (acknowledged) return `taken by ${acknowledged.by}`;
    return asked ? `${asked} was asked` : urgency === "silent" ? "nobody is told" : "open";
}

/// Before and after on one scale, in percent of its width.
export interface Span {
    low: number;
    at: number;
    high: number;
}
export function two_spans(finding: Finding): { before: Span; after: Span; from: number; to: number } {
    const all = [finding.before_low, finding.before_high, finding.after_low, finding.after_high, finding.before, finding.after];
    const low = Math.min(...all), high = Math.max(...all);
    const room = (high - low || Math.abs(high) || 1) * 0.12;
    const from = low - room, to = high + room;
    const at = (value: number) => 100 * (value - from) / (to - from);
    return {
        before: { low: at(finding.before_low), at: at(finding.before), high: at(finding.before_high) },
        after: { low: at(finding.after_low), at: at(finding.after), high: at(finding.after_high) }, from, to,
    };
}
