/// scorecard_page.tsx: one row per dimension, opening into its evaluators.
import { useComputedColorScheme } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router-dom";
import { scorecard_query, status_query } from "../../api/queries";
import { FilterBar } from "../../components/filter_bar";
import { ErrorNotice, Nothing } from "../../components/notice";
import { SendTraces } from "../../components/send_traces";
import { use_filter } from "../../components/use_filter";
import { Moment } from "../../components/when";
import { cleared, filters_set, identity, to_query, trend_step_s } from "../../lib/filter";
import { format_step, plural } from "../../lib/format";
import { build_scorecard_page_data } from "./build_scorecard_page_data";
import { DimensionCard } from "./dimension_card";
import style from "./scorecard.module.css";

export function ScorecardPage() {
    const [filter, set_filter] = use_filter();
    const status = useQuery(status_query());
    const range = status.data?.time_range ?? null;
    const { data: scorecard, error, isPlaceholderData } = useQuery({
        ...scorecard_query(identity(filter), () => {
            const now = Date.now();
            return { ...to_query(filter, now), step: trend_step_s(filter, now, range) };
        }),
        enabled: filter.window !== "all" || status.data !== undefined,
    });
    const [open, set_open] = useState<ReadonlySet<string>>(new Set());
    const scheme = useComputedColorScheme();
    const toggle = (name: string) => {
        const next = new Set(open);
        if (!next.delete(name)) next.add(name);
        set_open(next);
    };
    const data = scorecard && build_scorecard_page_data(scorecard, filter, status.data?.facts);
    if (data?.state === "never") return <main id="main" className="page"><SendTraces /></main>;
    return (
        <main id="main" className="page">
            <div className={style.head}>
                <h1>Scorecard</h1>
                {data && (
                    <p className="muted numbers" aria-live="off">
                        <Link to={data.interactions_link}>{data.caption}</Link>
                        {data.failed > 0 && <>, <Link to={data.failed_link} className={style.failed}>{plural(data.failed, "failure")}</Link></>}
                        <span className="faint"> · <Moment time={data.from} /> to <Moment time={data.to} /> · one point per {format_step(data.step_s)}</span> · <Link to="/compare">compare versions</Link>
                    </p>
                )}
            </div>
            <FilterBar filter={filter} set_filter={set_filter} />
            {error && <div className={style.notice}><ErrorNotice error={error} /></div>}
            {data?.state === "none_here" && (
                <Nothing title={filters_set(filter) > 0 ? "No interaction matches" : "No interactions in this window"}>
                    {range && <>There is data from <Moment time={range.from} /> to <Moment time={range.to} />. </>}
                    <button className={`plain_button ${style.link}`} onClick={() => set_filter({ ...cleared(filter), window: "all", from: "", to: "" })}>
                        Show all of it
                    </button>
                </Nothing>
            )}
            {data?.state === "some" && (
                <div className={`${style.rows} ${isPlaceholderData ? style.old : ""}`}>
                    {data.rows.length === 0 && <Nothing title="No dimensions are configured">Add them under <code>dimensions:</code> in the configuration.</Nothing>}
                    {data.rows.map((row) => (
                        <DimensionCard key={row.name} row={row} step_s={data.step_s} scheme={scheme}
                                       open={open.has(row.name)} toggle={() => toggle(row.name)} />
                    ))}
                </div>
            )}
            {!data && !error && <div className={style.rows} aria-busy="true" aria-label="Loading">
                {[0, 1, 2, 3].map((at) => <div key={at} className={`card ${style.ghost}`} />)}</div>}
        </main>
    );
}
