/// measure.ts: a figure in the unit that its measure names: "mean score", "p99 ms", "p50 usd", "p95 tokens".
import { format_count, format_delta, format_score } from "./format";

export function figure(value: number, measure: string): string {
    if (measure.includes("usd")) return `$${value.toPrecision(3)}`;
    if (measure.includes("ms")) return `${format_count(Math.round(value))} ms`;
    if (measure.includes("tokens")) return format_count(Math.round(value));
    return format_score(value);
}

/// A difference: "−0.051", "+35 ms".
export function signed(value: number, measure: string): string {
    if (!/usd|ms|tokens/.test(measure)) return format_delta(value);
    return `${value < 0 ? "−" : "+"}${figure(Math.abs(value), measure)}`;
}
