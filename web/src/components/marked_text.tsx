/// marked_text.tsx: a text with the places marked that evaluators speak of, and the reasons below it.
/// Long texts are shown in full: what is marked must not be hidden.
import { useMemo } from "react";
import { marked_json, marked_pieces, type MarkedPiece, type TextMark } from "../lib/marks";
import { lay_out, pretty_json } from "../lib/pretty_json";
import { plural } from "../lib/format";
import { visible_text } from "../lib/visible";
import style from "./marked_text.module.css";
import { Untrusted } from "./untrusted";

export function MarkedText({ text, marks }: { text: string; marks: readonly TextMark[] }) {
    const pieces = useMemo(() => marked_pieces(text, marks), [text, marks]);
    return <Marked pieces={pieces} marks={marks} mono={false} />;
}

export function MarkedJson({ text, marks }: { text: string; marks: readonly TextMark[] }) {
    const pieces = useMemo(() => (pretty_json(text).is_json ? marked_json(text, marks, lay_out) : null) ?? marked_pieces(text, marks), [text, marks]);
    return <Marked pieces={pieces} marks={marks} mono />;
}

function Marked({ pieces, marks, mono }: { pieces: MarkedPiece[]; marks: readonly TextMark[]; mono: boolean }) {
    const reasons = new Map<string, number>();
    for (const { why } of marks) reasons.set(why, (reasons.get(why) ?? 0) + 1);
    return (
        <div className={style.box}>
            <div className={`${style.text} ${mono ? style.mono : ""}`} dir="auto">
                {pieces.map(({ text, why }, index) => why.length === 0 ? <Untrusted key={index} text={text} /> : (
                    <mark key={index} className={why.length > 1 ? style.again : style.once} title={visible_text(why.join("; "))}><Untrusted text={text} /></mark>))}
            </div>
            <ul className={style.reasons} aria-label="Why text is marked">
                {[...reasons].map(([why, count]) => <li key={why}><Untrusted text={why} />{count > 1 && <span className="faint"> {plural(count, "place")}</span>}</li>)}
            </ul>
        </div>
    );
}
