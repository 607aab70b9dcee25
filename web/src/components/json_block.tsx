/// json_block.tsx: JSON laid out for reading, or what was sent if it is none; clamped when long.
import { useMemo } from "react";
import { pretty_json } from "../lib/pretty_json";
import type { TextMark } from "../lib/marks";
import { CopyButton } from "./copy_button";
import style from "./json_block.module.css";
import { MarkedJson } from "./marked_text";
import { UntrustedBlock } from "./untrusted";

export function JsonBlock({ text, label, marks = [] }: { text: string; label: string; marks?: readonly TextMark[] }) {
    const pretty = useMemo(() => pretty_json(text), [text]);
    return (
        <div className={style.box}>
            <div className={style.copy}><CopyButton text={text} label={`Copy ${label} as sent`} /></div>
            {marks.length > 0 ? <MarkedJson text={text} marks={marks} /> : <UntrustedBlock text={pretty.text} mono />}
        </div>
    );
}
