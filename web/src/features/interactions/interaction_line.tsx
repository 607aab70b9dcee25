/// interaction_line.tsx: one row of the list. The whole row is one link.
import { memo } from "react";
import { Link } from "react-router-dom";
import { ScoreChip, ScoreMark } from "../../components/score_mark";
import { Untrusted } from "../../components/untrusted";
import { When } from "../../components/when";
import type { ListRow } from "./build_interactions_page_data";
import style from "./interactions.module.css";

interface InteractionLineProps {
    row: ListRow;
    top: number;
    height: number;
    narrow: boolean;
    position: number;
    total: number;
    fresh: boolean;
}

export const InteractionLine = memo(function InteractionLine({ row, top, height, narrow, position, total, fresh }: InteractionLineProps) {
    const place = { transform: `translateY(${top}px)`, height };
    const remarks = (
        <>{row.failed && <span className={style.failed}>failed</span>}
            {row.remarks.map((remark) => <span key={remark} className={style.remark}>{remark}</span>)}</>
    );
    const marks = <span className={style.marks}>{row.marks.map((mark) => <ScoreMark key={mark.dimension} {...mark} />)}<span className="only_read">Scores: {row.marks_say}</span></span>;
    return (
        <article style={place} className={`${style.article} ${fresh ? style.fresh : ""}`} aria-posinset={position} aria-setsize={total}>
            <Link to={`/interactions/${row.id}`} className={`${style.line} ${row.failed ? style.line_failed : ""}`}>
                {narrow ? (
                    <>
                        <span className={style.meta}><When time={row.start} /> · {row.duration} · {row.cost} {remarks}</span>
                        <span className={`ellipsis ${style.question}`}><Untrusted text={row.question} /></span>
                        <span className="ellipsis muted small"><Untrusted text={row.answer} /></span>
                        {marks}
                    </>
                ) : (
                    <>
                        <When time={row.start} className={style.time} />
                        <span className={style.words}>
                            <span className={`ellipsis ${style.question}`}>{remarks}<Untrusted text={row.question} /></span>
                            <span className="ellipsis muted small"><Untrusted text={row.answer} /></span>
                        </span>
                        <span className={style.made}>
                            <span className="ellipsis"><Untrusted text={row.model} /></span>
                            <span className="ellipsis faint small"><Untrusted text={`${row.prompt} · ${row.service}`} /></span>
                        </span>
                        <span className={`${style.right} numbers`}>{row.duration}</span>
                        <span className={`${style.right} numbers`} title={row.tokens_says}>{row.tokens}</span>
                        <span className={`${style.right} numbers`}>{row.cost}</span>
                        <span className={style.scores}>
                            {marks}
                            <span className={style.low} aria-hidden="true">{row.low.slice(0, 1).map((mark) => <ScoreChip key={mark.dimension} {...mark} />)}</span>
                        </span>
                    </>
                )}
            </Link>
        </article>
    );
});
