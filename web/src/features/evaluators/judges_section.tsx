/// judges_section.tsx: every judge with its cost, its queue, what had no score and why, and the watch
/// over it; and, below, which dimensions fail together.
import { useQuery } from "@tanstack/react-query";
import { judges_query, overlap_query } from "../../api/queries";
import { ErrorNotice } from "../../components/notice";
import { format_count } from "../../lib/format";
import { build_judges_data, type JudgeRow } from "./build_judges_data";
import { build_overlap_data } from "./build_overlap_data";
import style from "./judges.module.css";

export function JudgesSection() {
    const { data, error } = useQuery(judges_query());
    const rows = data && build_judges_data(data.judges);
    if (!error && (!rows || rows.length === 0)) return null;
    return (
        <section aria-labelledby="judges" className={style.section}>
            <h2 id="judges">Judges at work</h2>
            {error && <ErrorNotice error={error} />}
            <div className={style.cards}>{rows?.map((row) => <Judge key={row.name} row={row} />)}</div>
        </section>
    );
}

function Judge({ row }: { row: JudgeRow }) {
    return (
        <article className={`card ${style.card}`} aria-label={row.name}>
            <header className={style.head}><h3>{row.name}</h3><code className="faint small">{row.model}</code>{row.waits && <span className={style.waits}>{row.waits}</span>}</header>
            <dl className={`${style.facts} numbers`}>
                <dt>Cost today</dt><dd><b>{row.spent}</b> <span className="faint">{row.budget}</span></dd>
                <dt>Requests</dt><dd>{row.requests}</dd>
                <dt>Queue</dt><dd>{row.queue}</dd>
                <dt>Judged</dt><dd>{row.scored}</dd>
                {row.unscored.length > 0 && <><dt>Unscored</dt><dd><Reasons of={row.unscored} /></dd></>}
                {row.left_out.length > 0 && <><dt>Left out</dt><dd><Reasons of={row.left_out} /></dd></>}
                <dt>Sentinels</dt><dd className={row.alarm ? style.alarm : ""}>{row.sentinels}</dd>
            </dl>
        </article>
    );
}

function Reasons({ of }: { of: JudgeRow["unscored"] }) {
    return <>{of.map(({ reason, count }, index) => <span key={reason}>{index > 0 && ", "}{format_count(count)} {reason}</span>)}</>;
}

export function OverlapSection() {
    const { data, error } = useQuery(overlap_query());
    const overlap = data && build_overlap_data(data);
    return (
        <section aria-labelledby="overlap" className={style.section}>
            <h2 id="overlap">Dimensions that fail together {overlap && <span className="faint small">{overlap.summary}</span>}</h2>
            {error && <ErrorNotice error={error} />}
            {overlap && (
                <div className={`card ${style.card}`}>
                    <div className={style.scroll} tabIndex={0} role="region" aria-label="Correlation of failures">
                        <table className={`${style.matrix} numbers`}>
                            <thead><tr><td />{overlap.names.map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead>
                            <tbody>
                                {overlap.cells.map((row, index) => (
                                    <tr key={overlap.names[index]}><th scope="row">{overlap.names[index]}</th>
                                        {row.map((cell, column) => cell
                                            ? <td key={column} title={cell.title} style={{ background: `color-mix(in srgb, var(--accent) ${(cell.strength * 45).toFixed(0)}%, var(--sunk))` }}>{cell.text}</td>
                                            : <td key={column} className={style.self} aria-label="itself" />)}</tr>
                                ))}
                            </tbody>
                        </table>
                    </div>
                    {overlap.advice.map((advice) => <p key={advice} className={style.advice}>{advice}</p>)}
                    {overlap.advice.length === 0 && <p className="small faint">No two of them count the same failure, as far as 28 days show.</p>}
                </div>
            )}
        </section>
    );
}
