/// records_page.tsx: the evidence trail, the newest link first: what was looked at, when, with which
/// versions, and what came of it.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { records_query, trail_query } from "../../api/queries";
import { JsonBlock } from "../../components/json_block";
import { ErrorNotice, Notice, Nothing } from "../../components/notice";
import { Untrusted } from "../../components/untrusted";
import { Moment, When } from "../../components/when";
import type { RunRecord } from "../../api/types";
import { format_count, words } from "../../lib/format";
import style from "./records.module.css";

const kinds = ["", "watch", "alert", "decision", "trust", "gate", "replay", "configuration", "erasure"];

export function RecordsPage() {
    const [kind, set_kind] = useState("");
    const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(records_query(kind));
    const trail = useQuery(trail_query());
    const records = data?.pages.flatMap((page) => page.records) ?? [];
    return (
        <main id="main" className="page">
            <div className={style.head}>
                <h1>Records</h1>
                {trail.data && <p className="muted small numbers">{format_count(trail.data.links)} links{trail.data.whole && trail.data.links > 0 && ", the chain is whole"}</p>}
            </div>
            {trail.data && !trail.data.whole && <Notice tone="fail" title={`The chain is broken at link ${trail.data.broken_at}.`}>{trail.data.why} What stands before it holds.</Notice>}
            {error && <ErrorNotice error={error} />}
            <div className={style.kinds} role="group" aria-label="Kind">{kinds.map((one) => (
                <button key={one} aria-pressed={one === kind} className={one === kind ? style.chosen : ""} onClick={() => set_kind(one)}>{one || "all"}</button>))}</div>
            {data && records.length === 0 && <Nothing title="No records of this kind">Each run of an analysis, each alert and each decision becomes one.</Nothing>}
            <ol className={style.list}>{records.map((record) => <Line key={record.seq} record={record} />)}</ol>
            {hasNextPage && <button className={style.more} disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>Older ones</button>}
        </main>
    );
}

function Line({ record }: { record: RunRecord }) {
    return (
        <li className="card">
            <details>
                <summary className={style.line}>
                    <span className="faint numbers">{record.seq}</span>
                    <When time={record.time} />
                    <b>{words(record.kind)}</b>
                    <span className={style.subject}><Untrusted text={record.subject} /></span>
                    <code className="faint">{record.hash.slice(0, 12)}</code>
                </summary>
                <dl className={style.facts}>
                    {record.from && record.to && <><dt>Window</dt><dd><Moment time={record.from} /> to <Moment time={record.to} /></dd></>}
                    <dt>Configuration</dt><dd><code>{record.configuration || "–"}</code></dd>
                    <dt>Inputs</dt><dd><code>{record.inputs || "–"}</code></dd>
                    <dt>Hash</dt><dd><code>{record.hash}</code></dd>
                    <dt>Link before</dt><dd><code>{record.previous || "the first"}</code></dd>
                    {([["Versions", record.tuple], ["Methods", record.methods], ["Result", record.result]] as const).map(([name, value]) => value !== null && (
                        <div key={name} className={style.json}><dt>{name}</dt><dd><JsonBlock text={JSON.stringify(value)} label={name.toLowerCase()} /></dd></div>))}
                </dl>
            </details>
        </li>
    );
}
