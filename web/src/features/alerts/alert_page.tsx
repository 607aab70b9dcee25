/// alert_page.tsx: one change as a story: what, where, since when, why, how sure; the interactions that
/// show it; who was asked; what to do, and the command that shows it again elsewhere.
import { useComputedColorScheme } from "@mantine/core";
import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent, type ReactNode } from "react";
import { Link, useParams } from "react-router-dom";
import { Refusal } from "../../api/client";
import { acknowledge_alert, alert_query, alerts_query, decide_alert, finding_query, scorecard_query, trace_query } from "../../api/queries";
import type { AlertStory, Finding } from "../../api/types";
import { CopyButton } from "../../components/copy_button";
import { ErrorNotice } from "../../components/notice";
import { TrendChart } from "../../components/trend_chart";
import { Untrusted, UntrustedBlock } from "../../components/untrusted";
import { Moment, When } from "../../components/when";
import { format_count, format_score, words } from "../../lib/format";
import { signed } from "../../lib/measure";
import { Where } from "./alerts_page";
import { change_row, title_of, two_spans, where_of } from "./build_alerts_data";
import style from "./alerts.module.css";

/// Of an alert's id, or of a finding's that nobody is told of.
export function AlertPage() {
    const id = useParams().id ?? "";
    const list = useQuery({ ...alerts_query(), retry: false });
    const is_alert = list.data?.alerts.some((one) => one.id === id) ?? false;
    const none = !is_alert && (list.data !== undefined || (list.error instanceof Refusal && list.error.status === 503));
    const alert = useQuery({ ...alert_query(id), enabled: is_alert });
    const finding = useQuery({ ...finding_query(id), enabled: none });
    const findings = alert.data?.findings ?? (finding.data ? [finding.data] : []);
    const lead = findings[0];
    const error = none ? finding.error : alert.error ?? list.error;
    return (
        <main id="main" className="page">
            <p className="small"><Link to="/alerts">Alerts</Link></p>
            {error && <ErrorNotice error={error} />}
            {lead && <>
                <div className={style.head}>
                    <h1><Untrusted text={alert.data?.headline ?? title_of(lead)} /></h1>
                    {alert.data && <span className={`${style.state} ${style[alert.data.state]}`}>{words(alert.data.state)}</span>}
                </div>
                <Where parts={where_of(lead.service, lead.slice)} />
                <div className={style.columns}>
                    <div className={style.column}>
                        <Story finding={lead} alert={alert.data} />
                        <Trend finding={lead} />
                        {lead.causes.length > 0 && <Causes finding={lead} />}
                        {findings.length > 1 && <Others findings={findings.slice(1)} />}
                    </div>
                    <div className={style.column}>
                        {alert.data && <Act alert={alert.data} />}
                        <Command text={alert.data?.story.command || `plimsoll reproduce ${lead.id} --out evidence`} />
                        {alert.data && <Events alert={alert.data} />}
                    </div>
                </div>
                <Worst finding={lead} />
            </>}
            {!lead && !error && <div className={`card ${style.ghost}`} aria-busy="true" aria-label="Loading" />}
        </main>
    );
}

function Panel({ title, children }: { title: string; children: ReactNode }) {
    return <section className={`card ${style.panel}`} aria-label={title}><h2>{title}</h2>{children}</section>;
}

function Story({ finding, alert }: { finding: Finding; alert: AlertStory | undefined }) {
    const row = change_row(finding);
    const { before, after } = two_spans(finding);
    const told = alert?.story;
    return (
        <Panel title="What changed">
            <p><Untrusted text={told?.what || finding.says || row.title} /></p>
            <div className={style.spans} role="img" aria-label={`Before ${row.before}, after ${row.after}`}>
                {([["Before", before, row.before, finding.sessions_before, ""], ["After", after, row.after, finding.sessions_after, finding.worse ? style.worse : style.better]] as const).map(([name, span, value, sessions, tone]) => (
                    <div key={name} className={style.span}>
                        <span className="faint small">{name}</span>
                        <span className={style.track}><i style={{ left: `${span.low}%`, width: `${Math.max(0.5, span.high - span.low)}%` }} /><b style={{ left: `${span.at}%` }} className={tone} /></span>
                        <span className="numbers"><b>{value}</b> <span className="faint small">{format_count(sessions)} sessions</span></span>
                    </div>))}
            </div>
            <dl className={style.facts}>
                <dt>Change</dt><dd className="numbers">{row.change} <span className="faint">95%, {finding.measure}</span></dd>
                <dt>Since</dt><dd><Moment time={finding.since} /> <span className="faint">between <Moment time={finding.since_earliest} /> and <Moment time={finding.since_latest} /></span></dd>
                <dt>Why</dt><dd><Untrusted text={told?.why || row.cause} /></dd>
                <dt>How sure</dt><dd><Untrusted text={told?.how_sure || `evidence at ${format_score(finding.level, 2)} of its threshold when found`} /></dd>
                {finding.evaluator && <><dt>Seen by</dt><dd><Untrusted text={finding.evaluator} /> <span className="faint mono"><Untrusted text={finding.version} /></span></dd></>}
                {finding.ended && <><dt>Over</dt><dd>since <Moment time={finding.ended} /></dd></>}
                {told?.to_do && <><dt>To do</dt><dd><Untrusted text={told.to_do} /></dd></>}
            </dl>
        </Panel>
    );
}

const day = 86_400;

function Trend({ finding }: { finding: Finding }) {
    const scheme = useComputedColorScheme();
    const begin = Date.parse(finding.since) - 21 * day * 1000;
    const query = { from: new Date(begin).toISOString(), to: new Date(Math.max(Date.parse(finding.found), Date.parse(finding.since) + 7 * day * 1000)).toISOString(), service: finding.service, step: day,
                    ...Object.fromEntries(Object.entries(finding.slice).map(([key, value]) => [`attr.${key}`, value])) };
    const { data } = useQuery({ ...scorecard_query(`finding ${finding.id}`, () => query), enabled: finding.dimension !== "" });
    const trend = data?.dimensions.find(({ name }) => name === finding.dimension)?.trend;
    if (!trend?.length) return null;
    return <Panel title={`${words(finding.dimension)} by day`}>
        <p className="small"><Link to={`/dimensions/${finding.dimension}`}>All of it over time</Link></p>
        <TrendChart points={trend} step_s={day} label={finding.dimension} height={150} scheme={scheme} change={{ at: finding.since, from: finding.since_earliest, to: finding.since_latest }} />
    </Panel>;
}

function Causes({ finding }: { finding: Finding }) {
    return (
        <Panel title="What changed with it">
            <table className={style.table}>
                <thead><tr><th>Element</th><th>Versions</th><th>Its part, 95%</th><th>Probability</th></tr></thead>
                <tbody>{finding.causes.map((cause) => (
                    <tr key={cause.element}><td>{cause.element === "mix" ? "mix of traffic" : words(cause.element)}</td>
                        <td><Untrusted text={cause.from || cause.to ? `${cause.from || "?"} → ${cause.to || "?"}` : "–"} /></td>
                        <td className="numbers">{signed(cause.effect, finding.measure)} [{signed(cause.low, finding.measure)}, {signed(cause.high, finding.measure)}]</td>
                        <td className="numbers">{cause.probability === null ? "–" : format_score(cause.probability, 2)}</td></tr>))}</tbody>
            </table>
            {finding.replay.length > 0 && <p className="small">They changed together and cannot be told apart: replay {finding.replay.join(", ")} one by one.</p>}
        </Panel>
    );
}

function Others({ findings }: { findings: Finding[] }) {
    return (
        <Panel title="Also moved by it">
            <table className={style.table}><tbody>{findings.map((finding) => {
                const row = change_row(finding);
                return <tr key={finding.id}><td><Link to={`/alerts/${finding.id}`}>{row.title}</Link></td><td><Untrusted text={row.where.join(", ")} /></td><td className="numbers">{row.before} → {row.after}</td></tr>;
            })}</tbody></table>
        </Panel>
    );
}

function Command({ text }: { text: string }) {
    return <Panel title="Show it again"><div className={style.command}><code>{text}</code><CopyButton text={text} label="Copy the command" /></div>
        <p className="small muted">Writes the interactions, versions and recorded replies it rests on; <code>plimsoll replay</code> gives the same numbers anywhere, <code>plimsoll gate</code> tries a candidate on them.</p></Panel>;
}

const decisions = ["roll_back", "recalibrate", "revise_rubric", "accept_baseline", "not_a_problem"] as const;
const name_kept = "plimsoll-annotator";

function Act({ alert }: { alert: AlertStory }) {
    const client = useQueryClient();
    const [by, set_by] = useState(() => localStorage.getItem(name_kept) ?? "");
    const [decision, set_decision] = useState<string>(decisions[0]);
    const [reason, set_reason] = useState("");
    const [link, set_link] = useState("");
    const [error, set_error] = useState<unknown>(null);
    const send = (answer: Promise<AlertStory>) => answer.then((now) => {
        localStorage.setItem(name_kept, by);
        set_error(null);
        client.setQueryData(alert_query(alert.id).queryKey, now);
        return client.invalidateQueries({ queryKey: ["alerts"], exact: true });
    }).catch(set_error);
    const decide = (event: FormEvent) => {
        event.preventDefault();
        void send(decide_alert(alert.id, { decision, by, reason, link }));
    };
    if (alert.decided) return (
        <Panel title="Decided">
            <p><b>{words(alert.decided.decision)}</b> by <Untrusted text={alert.decided.by} />, <When time={alert.decided.time} /></p>
            <p className="muted"><Untrusted text={alert.decided.reason} /></p>
            {alert.decided.link && <p className="small"><Untrusted text={alert.decided.link} /></p>}
        </Panel>
    );
    return (
        <Panel title="Who acts">
            <p className="small"><Untrusted text={alert.story.who} /></p>
            <form onSubmit={decide} className={style.form}>
                <label>Your name<input value={by} onChange={({ target }) => set_by(target.value)} required autoComplete="name" /></label>
                {alert.state === "open" && <button type="button" className={style.button} disabled={!by.trim()} onClick={() => void send(acknowledge_alert(alert.id, by))}>I take it</button>}
                <label>Decision<select value={decision} onChange={({ target }) => set_decision(target.value)}>{decisions.map((one) => <option key={one} value={one}>{words(one)}</option>)}</select></label>
                <label>Reason<textarea value={reason} onChange={({ target }) => set_reason(target.value)} required rows={2} /></label>
                <label>Link<input value={link} onChange={({ target }) => set_link(target.value)} placeholder="issue, change or document" /></label>
                <button type="submit" className={`${style.button} ${style.strong}`} disabled={!by.trim() || !reason.trim()}>Decide</button>
            </form>
            {error !== null && <ErrorNotice error={error} />}
        </Panel>
    );
}

function Events({ alert }: { alert: AlertStory }) {
    return (
        <Panel title="What happened">
            <ol className={style.events}>{alert.events.map((event, index) => (
                <li key={index}><When time={event.time} className="faint small" /> <span><b>{words(event.step)}</b>{event.by && <> by <Untrusted text={event.by} /></>}: <Untrusted text={event.says} />{event.channels.length > 0 && <span className="faint"> → {event.channels.join(", ")}</span>}</span></li>))}</ol>
            {alert.notifications.length > 0 && <table className={style.table}>
                <thead><tr><th>Channel</th><th>Step</th><th>State</th><th>Tries</th></tr></thead>
                <tbody>{alert.notifications.map((one) => <tr key={one.id}><td>{one.channel}</td><td>{words(one.step)}</td><td>{words(one.state)}{one.error && <span className="faint"> <Untrusted text={one.error} /></span>}</td><td className="numbers">{one.attempts}</td></tr>)}</tbody>
            </table>}
        </Panel>
    );
}

const shown_at_once = 4;

/// Side by side: question, answer, and what the dimension said of them.
function Worst({ finding }: { finding: Finding }) {
    const ids = finding.worst.slice(0, shown_at_once);
    const traces = useQueries({ queries: ids.map((id) => trace_query(id)) });
    if (ids.length === 0) return null;
    return (
        <section aria-label="Interactions that show it" className={style.section}>
            <h2>Interactions that show it</h2>
            <div className={style.worst}>{ids.map((id, index) => {
                const trace = traces[index]?.data;
                const verdict = trace?.verdicts.find(({ dimension, score }) => dimension === finding.dimension && score !== null && score < 1);
                return (
                    <article key={id} className={`card ${style.card}`}>
                        <h3><Link to={`/interactions/${id}`}><code>{id.slice(0, 12)}</code></Link></h3>
                        {trace && <><p className="faint small">Asked</p><UntrustedBlock text={trace.interaction.question} /><p className="faint small">Answered</p><UntrustedBlock text={trace.interaction.answer} /></>}
                        {verdict && <p className="small"><b className="numbers">{format_score(verdict.score)}</b> <Untrusted text={verdict.explanation} /></p>}
                    </article>
                );
            })}</div>
        </section>
    );
}
