/// dimension_page.tsx: one dimension over time: each evaluator with its band, versions marked; a slice at a
/// choice; what was found about it.
import { useComputedColorScheme } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { Link, useParams, useSearchParams } from "react-router-dom";
import { dimensions_query, facets_query, series_query } from "../../api/queries";
import { BandChart } from "../../components/band_chart";
import { ErrorNotice, Nothing } from "../../components/notice";
import { Untrusted } from "../../components/untrusted";
import { Moment } from "../../components/when";
import { plural, words } from "../../lib/format";
import { figure } from "../../lib/measure";
import { build_charts, slice_choices, type ChartData } from "./build_dimension_data";
import style from "./dimension.module.css";

const steps = { 1: "hours", 24: "days", 168: "weeks" } as const;

export function DimensionPage() {
    const name = useParams().name ?? "";
    const [address, set_address] = useSearchParams();
    const scheme = useComputedColorScheme();
    const step = Number(address.get("step") ?? 24);
    const [attribute, value] = (address.get("slice") ?? "").split("=", 2);
    const dimensions = useQuery(dimensions_query());
    const facets = useQuery(facets_query("all of it", () => ({})));
    const { data, error } = useQuery(series_query(name, { step_hours: step, ...(attribute && value !== undefined ? { [`attr.${attribute}`]: value } : {}) }));
    const dimension = dimensions.data?.dimensions.find((one) => one.name === name);
    const choices = slice_choices(facets.data, dimensions.data?.slices ?? []);
    const choose = (key: string, chosen: string) => {
        const next = new URLSearchParams(address);
        if (chosen) next.set(key, chosen);
        else next.delete(key);
        set_address(next, { replace: true });
    };
    const charts = build_charts(data?.series ?? []);
    return (
        <main id="main" className="page">
            <p className="small"><Link to="/">Scorecard</Link></p>
            <h1 className={style.title}>{words(name)}</h1>
            {dimension && <p className="muted">{dimension.says}</p>}
            <div className={style.bar}>
                <label className="small">Slice <select value={address.get("slice") ?? ""} onChange={({ target }) => choose("slice", target.value)}>
                    <option value="">all traffic</option>
                    {choices.map((one) => <option key={`${one.attribute}=${one.value}`} value={`${one.attribute}=${one.value}`}>{one.attribute} = {one.value}</option>)}
                </select></label>
                <label className="small">In <select value={step} onChange={({ target }) => choose("step", target.value)}>
                    {Object.entries(steps).map(([hours, word]) => <option key={hours} value={hours}>{word}</option>)}
                </select></label>
                {data && <span className="faint small">until <Moment time={data.until} /></span>}
            </div>
            {error && <ErrorNotice error={error} />}
            {data && charts.length === 0 && <Nothing title="Nothing is counted here yet">Series appear once an hour of traffic is over.</Nothing>}
            <div className={style.charts}>{charts.map((one) => <Card key={one.key} data={one} step_s={step * 3600} scheme={scheme} />)}</div>
        </main>
    );
}

function Card({ data: { title, where, state, chart }, step_s, scheme }: { data: ChartData; step_s: number; scheme: string }) {
    const written = useCallback((value: number) => figure(value, chart.measure), [chart.measure]);
    return (
        <section className={`card ${style.card}`} aria-label={`${title}, ${where}`}>
            <div className={style.line}><h2><Untrusted text={title} /> <span className="faint small">{chart.measure}</span></h2>
                <span className="muted small"><Untrusted text={where} /></span></div>
            <BandChart points={chart.points} events={chart.events} step_s={step_s} label={`${title}, ${where}`} height={170} scheme={scheme} figure={written} />
            <p className="small muted">{state}{chart.findings.length > 0 && <> · <Link to={`/alerts/${chart.findings[0]!}`}>{plural(chart.findings.length, "finding")}</Link></>}
                <span className="faint"> · reference <Moment time={chart.reference_from} /> to <Moment time={chart.reference_to} /></span></p>
        </section>
    );
}
