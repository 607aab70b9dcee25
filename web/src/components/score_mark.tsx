/// score_mark.tsx: one score as a small cell: a tick, a cross, the number in between, or a dot for
/// unscored. The shape says it too, so colour is never alone.
import type { Tone } from "../lib/score_tone";
import { Cross, Tick } from "./icons";
import style from "./score_mark.module.css";

interface ScoreMarkProps {
    tone: Tone;
    text: string;
    title: string;
}

export function ScoreMark({ tone, text, title }: ScoreMarkProps) {
    const whole = tone === "pass" || text === "0.00";
    return (
        <span className={`${style.mark} ${style[tone]} numbers`} title={`${title}: ${text}`} aria-hidden="true">
            {tone === "none" ? "·" : tone === "pass" ? <Tick size={12} /> : whole ? <Cross size={11} /> : text.replace(/^0/, "")}
        </span>
    );
}

/// With its name: for the head of a trace and the low ones of a row.
export function ScoreChip({ tone, text, title }: ScoreMarkProps) {
    return <span className={`${style.chip} ${style[tone]} numbers`}>{title} <b>{text === "unscored" ? "–" : text}</b>
        {text === "unscored" && <span className="only_read">unscored</span>}</span>;
}
