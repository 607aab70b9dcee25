/// trend_scale.ts: between which two numbers a trend of means is drawn. Not 0 to 1, since a fall from
/// 0.97 to 0.93 must be seen; never so close that chance looks like a cliff; both bounds are written
/// beside the line.
import type { TrendPoint } from "../api/types";

export interface TrendScale {
    top: number;
    /// Of the whole drawing; its lowest part belongs to the counts.
    bottom: number;
    top_label: string;
    bottom_label: string;
}

const counts_share = 0.3;
const span_min = 0.1;

export function trend_scale(points: readonly TrendPoint[]): TrendScale {
    const means = points.flatMap(({ mean }) => mean === null ? [] : [mean]);
    let low = means.length ? Math.min(...means) : 0;
    let high = means.length ? Math.max(...means) : 1;
    if (high - low < span_min) {
        const middle = (high + low) / 2;
        low = middle - span_min / 2;
        high = middle + span_min / 2;
        if (high > 1) [low, high] = [1 - span_min, 1];
        if (low < 0) [low, high] = [0, span_min];
    }
    low = Math.max(0, Math.floor(low * 20 + 1e-9) / 20);
    high = Math.min(1, Math.ceil(high * 20 - 1e-9) / 20);
    const label = (value: number) => value.toFixed(2);
    return { top: high, bottom: low - (high - low) * counts_share / (1 - counts_share),
             top_label: label(high), bottom_label: label(low) };
}
