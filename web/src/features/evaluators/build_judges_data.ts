/// build_judges_data.ts: what each judge costs, what waits for it, what failed and why, and how the
/// watch over it stands.
import type { JudgeWork } from "../../api/types";
import { absent, format_count, plural, words } from "../../lib/format";

export interface JudgeRow {
    name: string;
    model: string;
    spent: string;
    budget: string;
    requests: string;
    queue: string;
    waits: string;
    scored: string;
    unscored: { reason: string; count: number }[];
    left_out: { reason: string; count: number }[];
    sentinels: string;
    alarm: boolean;
}

const dollars = (usd: number) => usd === 0 ? "$0" : usd < 0.01 ? "under $0.01" : `$${usd.toFixed(2)}`;
const by_count = (reasons: Record<string, number>) =>
    Object.entries(reasons).map(([reason, count]) => ({ reason: words(reason), count })).sort((left, right) => right.count - left.count);

export function build_judges_data(judges: JudgeWork[]): JudgeRow[] {
    return judges.map((judge) => ({
        name: judge.name,
        model: judge.model,
        spent: dollars(judge.today.usd) + (judge.today.usd_possible > 0 ? `, ${dollars(judge.today.usd_possible)} more possible` : ""),
        budget: judge.usd_per_day === null ? "no limit" : `of ${dollars(judge.usd_per_day)}`,
        requests: `${format_count(judge.today.requests)} today, ${format_count(judge.total.requests)} in all`,
        queue: judge.due + judge.in_flight === 0 ? "empty" : `${format_count(judge.due)} due, ${format_count(judge.in_flight)} asked`,
        waits: judge.waits ? `waits: ${words(judge.waits)}` : "",
        scored: `${format_count(judge.scored)} scored${judge.from_cache > 0 ? `, ${format_count(judge.from_cache)} of them by earlier answers` : ""}`,
        unscored: by_count(judge.unscored),
        left_out: by_count(judge.left_out),
        sentinels: sentinels_text(judge.sentinels),
        alarm: judge.sentinels.last?.run === "fired" || judge.sentinels.last?.run === "new_model" || judge.sentinels.state === "refused",
    }));
}

function sentinels_text({ state, why, items, flip_rate, last }: JudgeWork["sentinels"]): string {
    if (state === "off") return "none: a silent change of the model goes unnoticed";
    if (state === "waits" || state === "refused") return why || absent;
    if (state === "freezing") return "being scored for the first time";
    if (state === "") return absent;
    const base = `${plural(items, "item")}, ${((flip_rate ?? 0) * 100).toFixed(1)}% flip by themselves`;
    if (!last) return base;
    if (last.run === "void") return `${base}; last run void, too few were scored`;
    return `${base}; last run ${format_count(last.flips)} of ${format_count(last.scored)} flipped, alarm at ${format_count(last.alarm_at)}`;
}
