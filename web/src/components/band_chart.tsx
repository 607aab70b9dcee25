/// band_chart.tsx: a figure over time with its 95% intervals, the band in which no change is seen, and the
/// moments at which a version appeared. Charts of one page share their cursor.
import { useEffect, useRef, useState } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { SeriesPoint, VersionEvent } from "../api/types";
import { plural } from "../lib/format";
import { format_moment } from "../lib/time";
import style from "./band_chart.module.css";

interface BandChartProps {
    points: SeriesPoint[];
    events: VersionEvent[];
    step_s: number;
    label: string;
    height: number;
    scheme: string;
    figure: (value: number) => string;
}

export function BandChart({ points, events, step_s, label, height, scheme, figure }: BandChartProps) {
    const place = useRef<HTMLDivElement>(null);
    const [at, set_at] = useState<number | null>(null);
    useEffect(() => {
        const element = place.current;
        if (!element) return;
        const colour = (name: string) => getComputedStyle(element).getPropertyValue(name).trim();
        const none = { show: false };
        const data: uPlot.AlignedData = [
            points.map(({ time }) => Date.parse(time) / 1000),
            points.map(({ expected_low }) => expected_low), points.map(({ expected_high }) => expected_high),
            points.map(({ low }) => low), points.map(({ high }) => high), points.map(({ value }) => value),
        ];
        const plot = new uPlot({
            width: Math.max(80, element.clientWidth), height, pxAlign: 0, legend: none, padding: [8, 4, 0, 0],
            cursor: { y: false, drag: { x: false, y: false }, sync: { key: "bands" } },
            scales: { x: { time: true } },
            axes: [{ stroke: colour("--ink-3"), font: "11px Inter", grid: none, ticks: none, size: 22, space: 70, values: (_self, ticks) => ticks.map((tick) => format_moment(tick * 1000, step_s)) },
                { stroke: colour("--ink-3"), font: "11px Inter", grid: { stroke: colour("--line"), width: 1 }, ticks: none, size: 58, values: (_self, ticks) => ticks.map(figure) }],
            bands: [{ series: [2, 1], fill: colour("--sunk") }, { series: [4, 3], fill: colour("--accent-soft") }],
            series: [{}, { stroke: colour("--line-strong"), dash: [3, 3], points: none }, { stroke: colour("--line-strong"), dash: [3, 3], points: none },
                { points: none }, { points: none },
                { stroke: colour("--accent"), width: 1.8, points: { show: points.length < 60, size: 4, fill: colour("--accent") } }],
            hooks: {
                setCursor: [(self) => set_at(self.cursor.idx ?? null)],
                drawClear: [(self) => events.forEach(({ time }) => draw_event(self, time, colour("--warn-line")))],
            },
        }, data, element);
        const watch = new ResizeObserver(() => plot.setSize({ width: Math.max(80, element.clientWidth), height }));
        watch.observe(element);
        return () => { watch.disconnect(); plot.destroy(); };
    }, [points, events, step_s, height, scheme, figure]);
    const point = at === null ? undefined : points[at];
    const near = point && events.filter(({ time }) => Math.abs(Date.parse(time) - Date.parse(point.time)) < step_s * 1000);
    const last = points.at(-1);
    return (
        <div className={style.chart}>
            <div ref={place} style={{ height }} role="img" aria-label={`${label}: ${last ? `${figure(last.value)} at the end, ${plural(points.length, "point")}` : "nothing yet"}`} />
            <p className={`${style.caption} numbers`} aria-hidden="true">
                {point ? <><span>{format_moment(point.time, step_s)}</span> <b>{figure(point.value)}</b> <span>[{figure(point.low)}, {figure(point.high)}]</span> <span>{plural(point.sessions, "session")}</span>
                    {near?.map((event, index) => <span key={index} className={style.event}>{event.element} {event.to}</span>)}</>
                    : events.length > 0 && <span>{events.map(({ element, to }) => `${element} ${to}`).slice(0, 6).join(" · ")}</span>}
            </p>
        </div>
    );
}

function draw_event(plot: uPlot, time: string, colour: string): void {
    const x = plot.valToPos(Date.parse(time) / 1000, "x", true);
    if (x < plot.bbox.left || x > plot.bbox.left + plot.bbox.width) return;
    plot.ctx.save();
    plot.ctx.fillStyle = colour;
    plot.ctx.fillRect(x - 1, plot.bbox.top, 2, plot.bbox.height);
    plot.ctx.restore();
}
