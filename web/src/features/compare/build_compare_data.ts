/// build_compare_data.ts: two versions beside each other, dimension by dimension. They answered different
/// traffic, so a difference is one of both; the interval is of two independent means (Newcombe 1998, by the
/// halves of the two intervals).
import type { Interval, Scorecard } from "../../api/types";
import { format_count, format_delta, format_score, words } from "../../lib/format";

export interface CompareRow {
    name: string;
    title: string;
    first: string;
    second: string;
    difference: string;
    /// The interval of the difference leaves 0 out.
    certain: "better" | "worse" | "";
}

export function build_compare_rows(first: Scorecard, second: Scorecard): CompareRow[] {
    return first.dimensions.map((one) => {
        const other = second.dimensions.find(({ name }) => name === one.name);
        const interval = other && difference_interval(one.mean, one.interval, other.mean, other.interval);
        const difference = one.mean !== null && other?.mean != null ? other.mean - one.mean : null;
        return {
            name: one.name, title: words(one.name),
            first: side(one.mean, one.interval, one.scored), second: other ? side(other.mean, other.interval, other.scored) : "–",
            difference: difference === null ? "–" : interval ? `${format_delta(difference)} [${format_delta(interval[0])}, ${format_delta(interval[1])}]` : format_delta(difference),
            certain: !interval ? "" : interval[0] > 0 ? "better" : interval[1] < 0 ? "worse" : "",
        };
    });
}

function side(mean: number | null, interval: Interval | null, scored: number): string {
    if (mean === null) return "nothing scored";
    return `${format_score(mean)}${interval ? ` [${format_score(interval[0])}, ${format_score(interval[1])}]` : ""}, ${format_count(scored)} scored`;
}

export function difference_interval(first: number | null, of_first: Interval | null, second: number | null, of_second: Interval | null): Interval | null {
    if (first === null || second === null || !of_first || !of_second) return null;
    const at = second - first;
    return [at - Math.hypot(second - of_second[0], of_first[1] - first), at + Math.hypot(of_second[1] - second, first - of_first[0])];
}
