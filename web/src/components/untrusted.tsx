/// untrusted.tsx: the only way text of a trace gets on the page. It is shown letter by letter: never
/// markup, never a link, never fetched; what would act is shown as a mark (lib/visible.ts); each
/// text keeps its own direction, so that it cannot turn its neighbours around.
import { useMemo, useState } from "react";
import { format_count } from "../lib/format";
import { visible_pieces } from "../lib/visible";
import style from "./untrusted.module.css";

export function Untrusted({ text, className }: { text: string; className?: string }) {
    const pieces = useMemo(() => visible_pieces(text), [text]);
    return (
        <bdi dir="auto" className={className}>
            {pieces.map((piece, index) => "text" in piece ? piece.text
                : <span key={index} className={style.mark} title={piece.says}>{piece.mark}</span>)}
        </bdi>
    );
}

const letters_first = 1_600;
const lines_first = 18;
const letters_more = 100_000;

/// A longer text: its line breaks kept, clamped with "Show all". Very long texts come in stretches,
/// since laying out megabytes at once would stop the page.
export function UntrustedBlock({ text, mono = false, clamp = true }: { text: string; mono?: boolean; clamp?: boolean }) {
    const short = useMemo(() => first_part(text), [text]);
    const [shown, set_shown] = useState(0);
    const length = shown || (clamp ? short : Math.min(text.length, letters_more));
    const more = length < text.length;
    return (
        <div>
            <div className={`${style.block} ${mono ? style.mono : ""}`} tabIndex={mono ? 0 : undefined}>
                <Untrusted text={more ? text.slice(0, length) : text} />
                {more && <span className={style.cut} aria-hidden="true"> …</span>}
            </div>
            {more && (
                <button className={`plain_button ${style.more}`} onClick={() => set_shown(length === short ? Math.min(text.length, letters_more) : length + letters_more)}>
                    {text.length - length > letters_more && length !== short
                        ? `Show ${format_count(letters_more)} more of ${format_count(text.length)} characters`
                        : `Show all ${format_count(text.length)} characters`}
                </button>
            )}
            {!more && shown > 0 && clamp && (
                <button className={`plain_button ${style.more}`} onClick={() => set_shown(0)}>Show less</button>
            )}
        </div>
    );
}

/// Where to cut: at so many letters or lines, but not for the sake of a few more.
function first_part(text: string): number {
    let end = Math.min(text.length, letters_first);
    let at = -1;
    for (let line = 0; line < lines_first; ++line) {
        at = text.indexOf("\n", at + 1);
        if (at < 0 || at >= end) break;
        if (line === lines_first - 1) end = at;
    }
    return text.length - end < 240 ? text.length : end;
}
