/// build_interactions_page_data.ts: rows of the list as the page says them.
import type { InteractionList, InteractionRow } from "../../api/types";
import { absent, format_count, format_duration, format_score, format_short, format_usd, plural, words } from "../../lib/format";
import { filters_set, type Filter } from "../../lib/filter";
import { score_tone, type Tone } from "../../lib/score_tone";
import { one_line } from "../../lib/visible";

export interface ScoreMark {
    dimension: string;
    title: string;
    tone: Tone;
    text: string;
}

export interface ListRow {
    id: string;
    start: string;
    question: string;
    answer: string;
    failed: boolean;
    /// "incomplete", "not recognised", "revision 2": what else one should know.
    remarks: string[];
    service: string;
    model: string;
    prompt: string;
    duration: string;
    tokens: string;
    tokens_says: string;
    cost: string;
    /// In the order of the configuration, one per dimension.
    marks: ScoreMark[];
    /// Dimensions that scored below 1, worst first.
    low: ScoreMark[];
    /// For a screen reader: "format 1.00, latency 0.00, cost unscored".
    marks_say: string;
}

export interface InteractionsPageData {
    state: "never" | "none_here" | "some";
    caption: string;
    rows: ListRow[];
}

export function build_interactions_page_data(
    pages: readonly InteractionList[], dimensions: readonly string[], filter: Filter, ever: { interactions: number } | undefined,
): InteractionsPageData {
    const total = pages[0]?.total ?? 0;
    const seen = new Set<string>();
    const rows: ListRow[] = [];
    for (const page of pages) {
        for (const row of page.interactions) {
            if (seen.has(row.id)) continue;  // It moved between two pages while they were fetched.
            seen.add(row.id);
            rows.push(list_row(row, dimensions));
        }
    }
    return {
        state: rows.length > 0 ? "some"
            : ever?.interactions === 0 && filters_set(filter) === 0 ? "never" : "none_here",
        caption: plural(total, "interaction"),
        rows,
    };
}

function list_row(row: InteractionRow, dimensions: readonly string[]): ListRow {
    const named = [...dimensions, ...Object.keys(row.scores).filter((name) => !dimensions.includes(name)).sort()];
    const marks = named.map((dimension): ScoreMark => {
        const score = row.scores[dimension];
        return { dimension, title: words(dimension), tone: score_tone(score),
                 text: score === undefined || score === null ? "unscored" : format_score(score, 2) };
    });
    const remarks: string[] = [];
    if (!row.recognised) remarks.push("not recognised");
    if (row.incomplete) remarks.push("incomplete");
    if (row.revision > 1) remarks.push(`revision ${row.revision}`);
    return {
        id: row.id,
        start: row.start,
        question: one_line(row.question) || (row.recognised ? "No question was sent" : plural(row.spans, "span")),
        answer: one_line(row.answer),
        failed: row.failed,
        remarks,
        service: row.service || absent,
        model: row.model || absent,
        prompt: row.prompt || absent,
        duration: format_duration(row.duration_ms),
        tokens: tokens(row),
        tokens_says: tokens_says(row),
        cost: format_usd(row.cost_usd),
        marks,
        low: marks.filter(({ tone }) => tone === "fail" || tone === "partial")
            .sort((left, right) => Number(left.text) - Number(right.text)),
        marks_say: marks.map(({ title, text }) => `${title} ${text}`).join(", "),
    };
}

/// In and out, each absent by itself.
function tokens(row: InteractionRow): string {
    if (row.input_tokens === null && row.output_tokens === null) return absent;
    const part = (count: number | null) => count === null ? absent : format_short(count);
    return `${part(row.input_tokens)} → ${part(row.output_tokens)}`;
}

function tokens_says(row: InteractionRow): string {
    const part = (count: number | null) => count === null ? "unknown" : format_count(count);
    return `${part(row.input_tokens)} tokens in, ${part(row.output_tokens)} out`;
}
