/// score_gauge.tsx: a mean on the scale from 0 to 1, the way a load line is read: a band as wide as
/// the interval, a line at the mean, a hollow ring where the mean stood before.
import type { Interval } from "../api/types";
import { format_score } from "../lib/format";
import style from "./score_gauge.module.css";

interface ScoreGaugeProps {
    mean: number | null;
    interval: Interval | null;
    previous?: number | null;
    label: string;
    scale?: boolean;
}

const percent = (value: number) => `${Math.min(1, Math.max(0, value)) * 100}%`;

export function ScoreGauge({ mean, interval, previous = null, label, scale = false }: ScoreGaugeProps) {
    const says = mean === null ? `${label}: nothing scored`
        : `${label}: mean ${format_score(mean)}` +
          (interval ? `, interval ${format_score(interval[0])} to ${format_score(interval[1])}` : ", no interval") +
          (previous === null ? "" : `, before ${format_score(previous)}`);
    return (
        <div className={style.gauge} role="img" aria-label={says} title={says}>
            <div className={style.track}>
                {[0.25, 0.5, 0.75].map((at) => <span key={at} className={style.tick} style={{ left: percent(at) }} />)}
                {interval && <span className={style.band} style={{ left: percent(interval[0]), width: `${(interval[1] - interval[0]) * 100}%` }} />}
                {previous !== null && mean !== null && <span className={style.before} style={{ left: percent(previous) }} />}
                {mean !== null && <span className={style.mean} style={{ left: percent(mean) }} />}
            </div>
            {scale && <div className={`${style.scale} numbers`} aria-hidden="true"><span>0</span><span>0.5</span><span>1</span></div>}
        </div>
    );
}
