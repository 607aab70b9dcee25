/// build_overlap_data.ts: how often two dimensions fail together, as a square and as advice.
import type { Overlap, OverlapPair, OverlapShare } from "../../api/types";
import { absent, format_count, words } from "../../lib/format";

export interface OverlapCell { text: string; strength: number; title: string }

export interface OverlapData {
    names: string[];
    /// One cell for each pair, row by row; null on the diagonal.
    cells: (OverlapCell | null)[][];
    advice: string[];
    summary: string;
}

const share = ({ value, low, high }: OverlapShare) =>
    value === null ? absent : `${value.toFixed(2)}${low === null || high === null ? "" : ` (${low.toFixed(2)} to ${high.toFixed(2)})`}`;

export function build_overlap_data(overlap: Overlap): OverlapData {
    const names = overlap.dimensions.map(words);
    const pair_of = (row: string, column: string) => overlap.pairs.find(({ a, b }) => (a === row && b === column) || (a === column && b === row));
    return {
        names,
        cells: overlap.dimensions.map((row) => overlap.dimensions.map((column) => row === column ? null : cell_of(pair_of(row, column)))),
        advice: [...overlap.pairs.flatMap(advice_of), ...(overlap.advice ? [overlap.advice] : [])],
        summary: `${format_count(overlap.dimensions.length)} dimensions, worth ${overlap.effective.toFixed(1)}`,
    };
}

function cell_of(pair: OverlapPair | undefined): OverlapCell {
    if (!pair || pair.phi.value === null) return { text: absent, strength: 0, title: "Never scored together, or one never fails." };
    return {
        text: pair.phi.value.toFixed(2), strength: Math.abs(pair.phi.value),
        title: `phi ${share(pair.phi)}; ${words(pair.b)} fails where ${words(pair.a)} does: ${share(pair.b_given_a)}; the other way round: ${share(pair.a_given_b)}; `
            + `${format_count(pair.interactions)} interactions, ${format_count(pair.failures_a)} and ${format_count(pair.failures_b)} failures`,
    };
}

function advice_of({ a, b, advice, jaccard }: OverlapPair): string[] {
    const [first, second] = [words(a), words(b)];
    if (advice === "merge") return [`Merge ${first} and ${second}: they count the same failures (of all that fail in either, ${share(jaccard)} fail in both).`];
    if (advice === "B implied by A") return [`Where ${first} fails, ${second} fails too: score ${second} only where ${first} passes.`];
    if (advice === "A implied by B") return [`Where ${second} fails, ${first} fails too: score ${first} only where ${second} passes.`];
    return [];
}
