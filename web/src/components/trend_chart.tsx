/// trend_chart.tsx: a mean over the window with the counts it stands on: a line above, scored and
/// unscored as bars below. A step without a score is a gap, never a zero. Charts of one page share
/// their cursor, so that one sees what else happened at that hour.
import { useEffect, useMemo, useRef, useState } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { TrendPoint } from "../api/types";
import { format_count, format_score } from "../lib/format";
import { format_moment } from "../lib/time";
import { trend_scale } from "../lib/trend_scale";
import style from "./trend_chart.module.css";

interface TrendChartProps {
    points: TrendPoint[];
    step_s: number;
    label: string;
    height: number;
    /// Changes when the colours change, so that the canvas is drawn anew.
    scheme: string;
    /// When something changed: its likeliest moment, and between which two it was.
    change?: { at: string; from: string; to: string } | undefined;
}

export function TrendChart({ points, step_s, label, height, scheme, change }: TrendChartProps) {
    const place = useRef<HTMLDivElement>(null);
    const chart = useRef<uPlot | null>(null);
    const [at, set_at] = useState<number | null>(null);
    const scale = useMemo(() => trend_scale(points), [points]);
    const now_shown = useRef(scale);
    now_shown.current = scale;

    const data = useMemo((): uPlot.AlignedData => [
        points.map(({ time }) => Date.parse(time) / 1000),
        points.map(({ scored, unscored }) => scored + unscored),
        points.map(({ scored }) => scored),
        points.map(({ mean }) => mean),
    ], [points]);

    useEffect(() => {
        const element = place.current;
        if (!element) return;
        const colour = (name: string) => getComputedStyle(element).getPropertyValue(name).trim();
        const bars = uPlot.paths.bars!({ size: [0.8, 28], align: 1 });
        const line = uPlot.paths.linear!();
        const plot = new uPlot({
            width: Math.max(80, element.clientWidth), height, pxAlign: 0, legend: { show: false },
            padding: [5, 2, 0, 2],
            cursor: { y: false, drag: { x: false, y: false }, sync: { key: "trends" },
                      points: { size: 6, show: (self, index) => index === 3 ? default_point(self) : document.createElement("i") } },
            scales: {
                x: { time: true, range: (self, from, to) => [from, to + step_of(self)] },
                mean: { range: () => [now_shown.current.bottom, now_shown.current.top] },
                count: { range: (_self, _from, to) => [0, Math.max(1, to) * 4] },
            },
            axes: [{ show: false }, { show: false }],
            series: [
                {},
                { scale: "count", paths: bars, fill: colour("--line"), points: { show: false } },
                { scale: "count", paths: bars, fill: colour("--line-strong"), points: { show: false } },
                { scale: "mean", paths: line, stroke: colour("--accent"), width: 1.6, spanGaps: false,
                  points: { show: true, filter: dotted, size: 3.4, stroke: colour("--accent"), fill: colour("--accent") } },
            ],
            hooks: { setCursor: [(self) => set_at(self.cursor.idx ?? null)],
                     drawClear: change ? [(self) => draw_change(self, change, colour("--warn-soft"), colour("--warn"))] : [] },
        }, data, element);
        chart.current = plot;
        const watch = new ResizeObserver(() => plot.setSize({ width: Math.max(80, element.clientWidth), height }));
        watch.observe(element);
        return () => {
            watch.disconnect();
            plot.destroy();
            chart.current = null;
        };
        // The data is handed over below; building the chart anew each second would make it flicker.
        // eslint-disable-next-line react-hooks/exhaustive-deps
    }, [height, scheme, change?.at, change?.from, change?.to]);

    useEffect(() => chart.current?.setData(data), [data]);

    const scored = points.filter(({ mean }) => mean !== null);
    const says = scored.length === 0 ? `${label}: no scores in this window`
        : `${label}: mean per step from ${format_score(Math.min(...scored.map(({ mean }) => mean!)))} to ` +
          `${format_score(Math.max(...scored.map(({ mean }) => mean!)))} over ${points.length} steps`;
    const point = at === null ? undefined : points[at];
    return (
        <div className={style.chart}>
            <div className={style.drawing} role="img" aria-label={says}>
                <div ref={place} style={{ height }} />
                <span className={`${style.bound} ${style.top} numbers`} aria-hidden="true">{scale.top_label}</span>
                <span className={`${style.bound} ${style.bottom} numbers`} aria-hidden="true">{scale.bottom_label}</span>
            </div>
            <div className={`${style.caption} numbers`} aria-hidden="true">
                {point ? <><span>{format_moment(point.time, step_s)}</span><b>{format_score(point.mean)}</b>
                    <span>{format_count(point.scored)} scored{point.unscored > 0 && `, ${format_count(point.unscored)} unscored`}</span></>
                    : points.length > 0 && <><span>{format_moment(points[0]!.time, step_s)}</span>
                        <span className={style.end}>{format_moment(points.at(-1)!.time, step_s)}</span></>}
            </div>
        </div>
    );
}

/// Every point where there is room, else those that have no neighbour and so no line.
function dotted(plot: uPlot): number[] {
    const means = plot.data[3] ?? [];
    const here = (at: number) => means[at] !== null && means[at] !== undefined;
    return Array.from(means, (_, at) => at).filter((at) => here(at) && (means.length < 40 || (!here(at - 1) && !here(at + 1))));
}

/// The stretch in which it changed, and a line where it likeliest did; behind the data.
function draw_change(plot: uPlot, { at, from, to }: { at: string; from: string; to: string }, soft: string, strong: string): void {
    const x = (time: string) => plot.valToPos(Date.parse(time) / 1000, "x", true);
    const { top, height } = plot.bbox;
    plot.ctx.save();
    plot.ctx.fillStyle = soft;
    plot.ctx.fillRect(x(from), top, Math.max(2, x(to) - x(from)), height);
    plot.ctx.fillStyle = strong;
    plot.ctx.fillRect(x(at) - 1, top, 2, height);
    plot.ctx.restore();
}

function step_of(plot: uPlot): number {
    const times = plot.data[0];
    return times && times.length > 1 ? times[1]! - times[0]! : 60;
}

function default_point(plot: uPlot): HTMLElement {
    const dot = document.createElement("div");
    const stroke = plot.series[3]!.stroke;
    dot.style.background = typeof stroke === "function" ? String(stroke(plot, 3)) : String(stroke);
    dot.style.width = dot.style.height = "7px";
    dot.style.marginLeft = dot.style.marginTop = "-3.5px";
    return dot;
}
