/// trace_page.tsx: one interaction: its facts, its spans as a tree with a waterfall, the chosen step,
/// the verdicts. Which step and which side one looks at stand in the address.
import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useDeferredValue, useEffect, useMemo, useState } from "react";
import { Link, useParams, useSearchParams } from "react-router-dom";
import { dimensions_query, trace_query } from "../../api/queries";
import type { Trace } from "../../api/types";
import { CopyButton } from "../../components/copy_button";
import { Facts } from "../../components/facts";
import { ErrorNotice } from "../../components/notice";
import { ScoreChip } from "../../components/score_mark";
import { Untrusted } from "../../components/untrusted";
import { When } from "../../components/when";
import { build_span_tree, first_choice } from "../../lib/span_tree";
import { plural } from "../../lib/format";
import { build_trace_page_data, marks_of_step, type TracePageData } from "./build_trace_page_data";
import { SpanTreeView } from "./span_tree_view";
import { StepView } from "./step_view";
import { Verdicts } from "./verdicts";
import style from "./trace.module.css";

export function TracePage() {
    const { id = "" } = useParams();
    const { data, error } = useQuery(trace_query(id));
    return (
        <main id="main" className={style.page}>
            {error && !data && <ErrorNotice error={error} />}
            {data && <TraceView key={id} trace={data} />}
            {!data && !error && <div className={style.waiting} aria-busy="true">Loading the trace …</div>}
        </main>
    );
}

function TraceView({ trace }: { trace: Trace }) {
    const [address, set_address] = useSearchParams();
    const dimensions = useQuery(dimensions_query()).data?.dimensions;
    const data = useMemo(() => build_trace_page_data(trace, (dimensions ?? []).map(({ name }) => name)), [trace, dimensions]);
    const tree = useMemo(() => build_span_tree(trace.steps), [trace]);
    const [step, set_step] = useState(address.get("step") ?? "");
    const asked = tree.index_of.get(step);
    const chosen = asked ?? first_choice(tree, trace.interaction.failed);
    const side = address.get("side") ?? "step";
    const put = useCallback((name: string, value: string) => set_address((old) => {
        const next = new URLSearchParams(old);
        next.set(name, value);
        return next;
    }, { replace: true, preventScrollReset: true }), [set_address]);
    const choose = useCallback((id: string) => {
        set_step(id);
        if (side !== "step") put("side", "step");
    }, [put, side]);
    useEffect(() => {  // Not on each key: browsers refuse an address that changes too often.
        if (!step || step === address.get("step")) return;
        const timer = setTimeout(() => put("step", step), 200);
        return () => clearTimeout(timer);
    }, [step, address, put]);
    const node = useDeferredValue(tree.nodes[chosen]);
    return (
        <>
            <Head data={data} />
            <div className={style.split}>
                <SpanTreeView tree={tree} chosen={chosen} choose={choose} />
                <section className={`card ${style.side}`} aria-label="Details">
                    <Tabs value={side} onChange={(value) => put("side", value ?? "step")} keepMounted={false} className={style.tabs}>
                        <Tabs.List>
                            <Tabs.Tab value="step">Step</Tabs.Tab>
                            <Tabs.Tab value="verdicts">Verdicts{data.failing > 0 && <span className={`${style.bubble} numbers`} title={plural(data.failing, "verdict") + " below 1"}>{data.failing}</span>}</Tabs.Tab>
                            <Tabs.Tab value="about">Versions and attributes</Tabs.Tab>
                        </Tabs.List>
                        <Tabs.Panel value="step" className={style.panel}>
                            {node ? <StepView key={node.step.id} trace={data.id} revision={trace.interaction.revision} step={node.step} marks={marks_of_step(trace, node.step.id)} /> : <p className="muted">This trace has no spans.</p>}
                        </Tabs.Panel>
                        <Tabs.Panel value="verdicts" className={style.panel}><Verdicts groups={data.groups} /></Tabs.Panel>
                        <Tabs.Panel value="about" className={style.panel}><About data={data} configuration={trace.interaction.configuration ?? ""} /></Tabs.Panel>
                    </Tabs>
                </section>
            </div>
        </>
    );
}

function Head({ data }: { data: TracePageData }) {
    return (
        <header className={style.head}>
            <p className="small faint">
                <Link to="/interactions">Interactions</Link> <span aria-hidden="true">/</span> <code className={style.id}>{data.id}</code>
                <CopyButton text={data.id} label="Copy the trace id" />
            </p>
            <h1 className={style.title} title="The last words of the user"><Untrusted text={data.title} /></h1>
            <div className={style.facts}>
                {data.remarks.map((remark) => <span key={remark} className={remark === "failed" ? style.failed : style.remark}>{remark}</span>)}
                <When time={data.start} className="muted small" />
                <Facts facts={data.facts} />
                {data.session_link && <Link to={data.session_link} className="small" title="All interactions of this conversation">
                    <span className="faint">Session </span><Untrusted text={data.session} /></Link>}
            </div>
            <div className={style.chips} aria-label="Scores">{data.groups.map((group) => <ScoreChip key={group.dimension} tone={group.tone} text={group.score} title={group.title} />)}</div>
        </header>
    );
}

function About({ data, configuration }: { data: TracePageData; configuration: string }) {
    return (
        <div className={style.stack}>
            <section><h3>Version tuple</h3><Facts facts={data.versions} table />
                {configuration && <p className="faint small">Scored under configuration <code>{configuration}</code></p>}</section>
            <section><h3>Attributes to slice by</h3>{data.attributes.length ? <Facts facts={data.attributes} table /> : <p className="faint small">None.</p>}</section>
            <section><h3>Resource</h3>{data.resource.length ? <Facts facts={data.resource} table /> : <p className="faint small">None.</p>}</section>
        </div>
    );
}
