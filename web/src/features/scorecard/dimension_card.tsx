/// dimension_card.tsx: one dimension: its mean with interval, counts, trend, owner; and, opened, each
/// of its evaluators.
import { Tooltip } from "@mantine/core";
import { Link } from "react-router-dom";
import { Chevron, Up } from "../../components/icons";
import { ScoreGauge } from "../../components/score_gauge";
import { TrendChart } from "../../components/trend_chart";
import { format_count } from "../../lib/format";
import type { Counts, Delta, DimensionRow, EvaluatorRow } from "./build_scorecard_page_data";
import { Standing } from "./standing";
import style from "./scorecard.module.css";

interface DimensionCardProps {
    row: DimensionRow;
    step_s: number;
    scheme: string;
    open: boolean;
    toggle: () => void;
}

export function DimensionCard({ row, step_s, scheme, open, toggle }: DimensionCardProps) {
    const body = `evaluators-${row.name}`;
    return (
        <section className={`card ${style.card}`} aria-label={row.title}>
            <div className={style.row}>
                <div className={style.who}>
                    <h2><button className={`plain_button ${style.toggle}`} aria-expanded={open} aria-controls={body} onClick={toggle}>
                        <Chevron size={14} className={open ? style.turned : style.turn} /><span className={style.title}>{row.title}</span>
                    </button></h2>
                    <p className="muted small">{row.says}</p>
                    <p className="faint small">{row.owner || "no owner"}{row.on_call && <> · on call <b className={style.on_call}>{row.on_call}</b></>}</p>
                    <Standing dimension={row.name} />
                </div>
                <div className={style.mean}>
                    <div className={style.figure}>
                        <span className={`${style.big} numbers`}>{row.mean_text}</span>
                        {row.delta && <DeltaTag delta={row.delta} />}
                    </div>
                    <Tooltip label={row.interval_method || "No interval"}>
                        <span className={`faint small numbers ${style.interval}`} tabIndex={0}>{row.interval_text}</span>
                    </Tooltip>
                    <ScoreGauge mean={row.mean} interval={row.interval} previous={row.previous_mean} label={row.title} scale />
                </div>
                <div className={style.trend}><TrendChart points={row.trend} step_s={step_s} label={row.title} height={76} scheme={scheme} /></div>
                <CountsColumn counts={row.counts} low_link={row.low_link} title={row.title} />
            </div>
            {open && (
                <div className={style.evaluators} id={body}>
                    <p className="small"><Link to={`/dimensions/${row.name}`}>Over time, by evaluator and slice</Link></p>
                    {row.evaluators.map((evaluator) => <Evaluator key={evaluator.name} evaluator={evaluator} />)}
                    {row.evaluators.length === 0 && <p className="faint small">No evaluators.</p>}
                </div>
            )}
        </section>
    );
}

function DeltaTag({ delta }: { delta: Delta }) {
    return (
        <Tooltip label={delta.says}>
            <span className={`${style.delta} ${delta.outside ? (delta.direction === "down" ? style.worse : style.better) : ""} numbers`} tabIndex={0}>
                {delta.direction !== "same" && <Up size={11} className={delta.direction === "down" ? style.down : ""} />}{delta.text}
            </span>
        </Tooltip>
    );
}

function Reasons({ counts }: { counts: Counts }) {
    if (counts.reasons.length === 0) return <>Every interaction was scored by every evaluator.</>;
    return (
        <table className={`${style.reasons} numbers`}>
            <caption>Unscored, by reason{counts.reasons.length > 1 ? " (sums over evaluators)" : ""}</caption>
            <tbody>{counts.reasons.map(({ reason, count }) => <tr key={reason}><th scope="row">{reason}</th><td>{format_count(count)}</td></tr>)}</tbody>
        </table>
    );
}

function CountsColumn({ counts, low_link, title }: { counts: Counts; low_link: string; title: string }) {
    return (
        <div className={`${style.counts} numbers`}>
            <Tooltip label={<Reasons counts={counts} />}>
                <div tabIndex={0} className={style.count_table}>
                    <b>{format_count(counts.scored)}</b><span className="faint">scored</span>
                    <b className={counts.unscored ? "" : style.zero}>{format_count(counts.unscored)}</b><span className="faint">unscored</span>
                    <span className={style.share} aria-hidden="true"><i style={{ width: `${(counts.share_scored ?? 0) * 100}%` }} /></span>
                </div>
            </Tooltip>
            <Link to={low_link} className="small" aria-label={`Interactions below 1 in ${title}`}>Below 1 →</Link>
        </div>
    );
}

function Evaluator({ evaluator }: { evaluator: EvaluatorRow }) {
    return (
        <div className={style.evaluator}>
            <div className={style.evaluator_name}>
                <span>{evaluator.name}</span>
                <code className="faint ellipsis" title={evaluator.version}>{evaluator.version}</code>
            </div>
            <div className={style.evaluator_mean}>
                <b className="numbers">{evaluator.mean_text}</b>
                <span className="faint small numbers">{evaluator.interval_text}</span>
            </div>
            <ScoreGauge mean={evaluator.mean} interval={evaluator.interval} label={evaluator.name} />
            <div className={`small numbers ${style.evaluator_counts}`}>
                <span>{format_count(evaluator.counts.scored)} scored</span>
                {evaluator.labelled_text && <span>{evaluator.labelled_text}</span>}
                {evaluator.naive_text && <span className="faint">{evaluator.naive_text}</span>}
                {evaluator.counts.reasons.map(({ reason, count }) => <span key={reason} className="faint">{format_count(count)} {reason}</span>)}
                {evaluator.counts.reasons.length === 0 && evaluator.counts.unscored > 0 && <span className="faint">{format_count(evaluator.counts.unscored)} unscored</span>}
            </div>
            <Link to={evaluator.low_link} className="small" aria-label={`Interactions below 1 by ${evaluator.name}`}>Below 1 →</Link>
        </div>
    );
}
