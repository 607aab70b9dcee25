/// trust_section.tsx: every evaluator with what it may do, and on what grounds: agreement with people,
/// its confusion matrix, its weeks, where it is useless, and its misses beside what people said.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router-dom";
import { labels_of_query, trace_query, trust_query } from "../../api/queries";
import { ErrorNotice } from "../../components/notice";
import { Untrusted } from "../../components/untrusted";
import { When } from "../../components/when";
import { build_trust_data, type TrustCard } from "./build_trust_data";
import style from "./trust.module.css";

export function TrustSection() {
    const { data, error } = useQuery(trust_query());
    const trust = data && build_trust_data(data);
    return (
        <section aria-labelledby="trust" className={style.section}>
            <h2 id="trust">Trust {trust && <span className="faint small">{trust.counts}</span>}</h2>
            {error && <ErrorNotice error={error} />}
            {trust && <div className={style.cards}>{trust.cards.map((card) => <Card key={card.key} card={card} />)}</div>}
            {trust && trust.events.length > 0 && (
                <div className={`card ${style.events}`}>
                    <h3>What changed</h3>
                    <ol>{trust.events.slice(0, 20).map((event, index) => <li key={index}><When time={event.time} className="faint small" /> <span><Sign trust={event.trust} /> {event.text}</span></li>)}</ol>
                </div>
            )}
        </section>
    );
}

/// A shape for each state, so that colour is never alone.
function Sign({ trust }: { trust: TrustCard["trust"] }) {
    return <span className={`${style.sign} ${style[trust]}`} aria-hidden="true">{{ open: "●", provisional: "◐", closed: "○" }[trust]}</span>;
}

function Card({ card }: { card: TrustCard }) {
    const [open, set_open] = useState(false);
    return (
        <article className={`card ${style.card} ${open ? style.wide : ""}`} aria-label={`${card.dimension}, ${card.evaluator}`}>
            <header className={style.head}>
                <h3><span className={style.dimension}>{card.dimension}</span> <span className="muted">{card.evaluator}</span></h3>
                {card.kind && <span className="faint small">{card.kind}</span>}
                <span className={`${style.state} ${style[card.trust]}`} title={card.says}><Sign trust={card.trust} /> {card.trust}</span>
            </header>
            <p className={style.figure}><b className="numbers">{card.agreement}</b> {card.interval && <span className="muted numbers">{card.interval}</span>} <span className="faint small numbers">{card.matrix && card.labels}</span></p>
            {card.scale && <Scale scale={card.scale} />}
            <p className="small muted">{card.why}. {card.says}</p>
            <dl className={style.facts}>
                <dt>Missing</dt><dd>{card.needed}</dd>
                {card.matrix && <><dt>People</dt><dd>{card.people}</dd><dt>Due</dt><dd className="numbers">{card.due}</dd></>}
            </dl>
            {card.slices.filter(({ useless }) => useless).map((slice) => <p key={slice.name} className={style.useless}>Useless where <Untrusted text={slice.name} />: {slice.agreement}</p>)}
            {card.matrix && <button className={`plain_button ${style.more}`} aria-expanded={open} onClick={() => set_open(!open)}>{open ? "Less" : "Matrix, weeks, slices, misses"}</button>}
            {open && <More card={card} />}
        </article>
    );
}

/// Agreement from 0 to 1, its interval, and the line it must be above.
function Scale({ scale }: { scale: NonNullable<TrustCard["scale"]> }) {
    const at = (share: number) => `${(100 * share).toFixed(1)}%`;
    return (
        <div className={style.scale} aria-hidden="true">
            <span className={style.range} style={{ left: at(scale.low), width: at(scale.high - scale.low) }} />
            <span className={style.value} style={{ left: at(scale.value) }} />
            <span className={style.threshold} style={{ left: at(scale.threshold) }} title={`threshold ${scale.threshold}`} />
        </div>
    );
}

function More({ card }: { card: TrustCard }) {
    return (
        <div className={style.details}>
            {card.matrix && (
                <table className={`${style.matrix} numbers`}>
                    <caption className="label">Items</caption>
                    <thead><tr><td /><th scope="col">it fails</th><th scope="col">it passes</th></tr></thead>
                    <tbody>
                        {card.matrix.map((row, people) => (
                            <tr key={people}><th scope="row">{people === 0 ? "people fail" : "people pass"}</th>
                                {row.map((cell, index) => <td key={index} className={people === index ? style.agree : cell.count > 0 ? style.differ : ""}><b>{cell.count}</b> <span className="faint small">{(100 * cell.share).toFixed(0)}%</span></td>)}</tr>
                        ))}
                    </tbody>
                </table>
            )}
            <div>
                {card.ceiling && <p className="small muted">{card.ceiling}</p>}
                {card.notes.map((note) => <p key={note} className="small faint">{note}</p>)}
                {card.earlier.map((earlier) => <p key={earlier.version} className="small faint">Before, <code>{earlier.version}</code>: {earlier.text}</p>)}
            </div>
            {card.weeks.length > 0 && (
                <table className={`${style.table} numbers`}>
                    <caption className="label">Weeks</caption>
                    <thead><tr><th scope="col">from</th><th scope="col">items</th><th scope="col">agreement</th><th scope="col">then</th></tr></thead>
                    <tbody>{card.weeks.slice(-12).map((week) => <tr key={week.begins} title={week.why}><th scope="row">{week.begins}</th><td>{week.labels}</td><td>{week.agreement}</td><td><Sign trust={week.trust} /> {week.trust}</td></tr>)}</tbody>
                </table>
            )}
            {card.slices.length > 0 && (
                <table className={`${style.table} numbers`}>
                    <caption className="label">Slices</caption>
                    <thead><tr><th scope="col">where</th><th scope="col">items</th><th scope="col">agreement</th></tr></thead>
                    <tbody>{card.slices.map((slice) => <tr key={slice.name} className={slice.useless ? style.bad : ""}><th scope="row"><Untrusted text={slice.name} /></th><td>{slice.labels}</td><td>{slice.agreement}{slice.useless && ", useless"}</td></tr>)}</tbody>
                </table>
            )}
            {card.misses.length > 0 && (
                <div className={style.misses}>
                    <p className="label">Misses, newest first</p>
                    {card.misses.slice(0, 12).map((miss) => <Miss key={miss.id} miss={miss} card={card} />)}
                </div>
            )}
        </div>
    );
}

function Miss({ miss, card }: { miss: TrustCard["misses"][number]; card: TrustCard }) {
    const [open, set_open] = useState(false);
    return (
        <div className={style.miss}>
            <button className={`plain_button ${style.miss_head}`} aria-expanded={open} onClick={() => set_open(!open)}>
                <span>{miss.missed_failure ? "missed a failure" : "false alarm"}</span>
                <span className="faint numbers">it {miss.evaluator}, people {miss.people}</span>
                <code className="faint ellipsis">{miss.id}</code>
            </button>
            {open && <Sides miss={miss} card={card} />}
        </div>
    );
}

/// What was said, what the evaluator makes of it, and what people do.
function Sides({ miss, card }: { miss: TrustCard["misses"][number]; card: TrustCard }) {
    const dimension = card.key.split(" ")[0]!;
    const trace = useQuery(trace_query(miss.id));
    const labels = useQuery(labels_of_query(miss.id, dimension));
    const verdict = trace.data?.verdicts.find((one) => one.dimension === dimension && one.evaluator === card.evaluator);
    return (
        <div className={style.sides}>
            {trace.error && <ErrorNotice error={trace.error} />}
            {trace.data && <div className={style.said}>
                <p className="small"><span className="faint">Question </span><Untrusted text={trace.data.interaction.question} /></p>
                <p className="small"><span className="faint">Answer </span><Untrusted text={trace.data.interaction.answer} /></p>
                <Link to={`/interactions/${miss.id}`} className="small">The whole trace</Link>
            </div>}
            <div><p className="label">It says {miss.evaluator}</p><p className="small"><Untrusted text={verdict?.explanation || "without a reason"} /></p></div>
            <div><p className="label">People say {miss.people}</p>
                {labels.data?.labels.map((label) => <p key={label.annotator} className="small"><b><Untrusted text={label.annotator} /></b> {label.score}{label.note && <>: <Untrusted text={label.note} /></>}</p>)}</div>
        </div>
    );
}
