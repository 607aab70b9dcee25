/// verdicts.tsx: what each evaluator said, by dimension, with its reason.
import { ScoreChip } from "../../components/score_mark";
import { Untrusted } from "../../components/untrusted";
import type { VerdictGroup } from "./build_trace_page_data";
import style from "./trace.module.css";

export function Verdicts({ groups }: { groups: VerdictGroup[] }) {
    if (groups.length === 0) return <p className="muted">No evaluator looked at this interaction.</p>;
    return (
        <div className={style.stack}>
            {groups.map((group) => (
                <section key={group.dimension} className={style.group}>
                    <div className={style.group_head}><ScoreChip tone={group.tone} text={group.score} title={group.title} /></div>
                    {group.verdicts.map((verdict) => (
                        <div key={verdict.evaluator} className={style.verdict}>
                            <span className={`${style.verdict_score} ${style[`tone_${verdict.tone}`]} numbers`}>{verdict.score === "unscored" ? "–" : verdict.score}</span>
                            <div className={style.verdict_words}>
                                <p><b>{verdict.evaluator}</b> {verdict.reason && <span className={style.reason}>unscored: {verdict.reason}</span>}</p>
                                {verdict.explanation && <p className="muted"><Untrusted text={verdict.explanation} /></p>}
                                <p className="faint small"><code>{verdict.version}</code>{verdict.inclusion && ` · ${verdict.inclusion}`}</p>
                            </div>
                        </div>
                    ))}
                </section>
            ))}
        </div>
    );
}
