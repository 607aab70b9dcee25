/// alerts_page.tsx: what changed, and who is to act: open alerts first, then what is withheld for want of
/// trust, then all else that was found.
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router-dom";
import { Refusal } from "../../api/client";
import { alerts_query, findings_query } from "../../api/queries";
import { ErrorNotice, Nothing } from "../../components/notice";
import { Untrusted } from "../../components/untrusted";
import { Moment, When } from "../../components/when";
import { plural, words } from "../../lib/format";
import { build_alerts_data, type AlertRow, type ChangeRow } from "./build_alerts_data";
import style from "./alerts.module.css";

export function AlertsPage() {
    const found = useQuery(findings_query());
    const alerts = useQuery(alerts_query());
    const data = build_alerts_data(found.data, alerts.data);
    // A server that only watches has no alerts; what it found is shown all the same.
    const error = found.error ?? (alerts.error instanceof Refusal && alerts.error.status === 503 ? null : alerts.error);
    const waits = !found.data && !alerts.data && !error;
    return (
        <main id="main" className="page">
            <div className={style.head}>
                <h1>Alerts</h1>
                {data.until && <p className="muted small numbers">{data.watched}<span className="faint"> · looked at until <Moment time={data.until} /></span></p>}
            </div>
            {error && <ErrorNotice error={error} />}
            {waits && <div className={style.list} aria-busy="true" aria-label="Loading"><div className={`card ${style.ghost}`} /></div>}
            {!waits && !error && <>
                <section aria-labelledby="open" className={style.section}>
                    <h2 id="open">Open <span className="faint small">{data.open.length || ""}</span></h2>
                    {data.open.length === 0 && <Nothing title="Nothing waits for anybody">Whoever owns a dimension is told when it changes, if its evaluator agrees with people.</Nothing>}
                    <div className={style.list}>{data.open.map((row) => <AlertCard key={row.alert.id} row={row} />)}</div>
                </section>
                {data.withheld.length > 0 && <section aria-labelledby="withheld" className={style.section}>
                    <h2 id="withheld">Withheld <span className="faint small">found, but the evaluator is not trusted</span></h2>
                    <div className={style.list}>{data.withheld.map((row) => (
                        <article key={row.id} className={`card ${style.card}`}>
                            <ChangeLine row={row} />
                            <p className="small"><span className={style.held}>Withheld</span> <Untrusted text={row.why} />{row.missing && <> <Link to={row.label_link}>{row.missing} would release it</Link></>}</p>
                        </article>))}</div>
                </section>}
                {data.others.length > 0 && <section aria-labelledby="others" className={style.section}>
                    <h2 id="others">Also found <span className="faint small">improvements, moves of traffic, and what is over: nobody is woken for it</span></h2>
                    <div className={style.list}>{data.others.map((row) => <article key={row.id} className={`card ${style.card}`}><ChangeLine row={row} /></article>)}</div>
                </section>}
                {data.closed.length > 0 && <section aria-labelledby="closed" className={style.section}>
                    <h2 id="closed">Closed</h2>
                    <div className={style.list}>{data.closed.map((row) => <AlertCard key={row.alert.id} row={row} />)}</div>
                </section>}
                {data.not_yet.length > 0 && <details className={style.not_yet}>
                    <summary>{plural(data.not_yet.length, "series", "series")} cannot be watched yet</summary>
                    <table className={style.table}>
                        <thead><tr><th>Series</th><th>Sessions</th><th>Why</th><th>Ready</th></tr></thead>
                        <tbody>{data.not_yet.slice(0, 100).map((one, index) => (
                            <tr key={index}><td>{words(one.dimension)} {one.evaluator && <span className="faint">{one.evaluator}</span>} <Untrusted text={[one.service, one.attribute && `${one.attribute} = ${one.value}`].filter(Boolean).join(", ")} /></td>
                                <td className="numbers">{one.sessions}</td><td>{one.why}</td><td>{one.ready ? <Moment time={one.ready} /> : <span className="faint">not at this rate</span>}</td></tr>))}</tbody>
                    </table>
                </details>}
            </>}
        </main>
    );
}

function AlertCard({ row: { alert, state, where } }: { row: AlertRow }) {
    return (
        <article className={`card ${style.card} ${alert.state === "open" ? style.waits : ""}`}>
            <div className={style.line}>
                <h3><Link to={`/alerts/${alert.id}`}><Untrusted text={alert.headline} /></Link></h3>
                <span className={`${style.state} ${style[alert.state]}`}>{state}</span>
            </div>
            <Where parts={where} />
            <p className="small muted">{alert.urgency}{alert.critical && ", critical"} · owner <b>{alert.owner}</b> · opened <When time={alert.opened} />{alert.findings_count > 1 && ` · ${plural(alert.findings_count, "series", "series")} of the same change`}</p>
        </article>
    );
}

function ChangeLine({ row }: { row: ChangeRow }) {
    return (
        <>
            <div className={style.line}>
                <h3><Link to={`/alerts/${row.id}`}>{row.title}</Link></h3>
                <span className="numbers">{row.before} → <b className={row.worse ? style.worse : style.better}>{row.after}</b></span>
            </div>
            <Where parts={row.where} />
            <p className="small muted">since <When time={row.since} /> · <span className="numbers">{row.change}</span> · <Untrusted text={row.cause} />{row.others > 0 && ` · also in ${plural(row.others, "other series", "other series")}`}{row.ended && <> · over since <When time={row.ended} /></>}</p>
        </>
    );
}

export function Where({ parts }: { parts: string[] }) {
    return <p className={style.where}>{parts.map((part) => <span key={part}><Untrusted text={part} /></span>)}</p>;
}
