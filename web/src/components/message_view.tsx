/// message_view.tsx: one message: who, and its parts as they are.
import type { Message, Part } from "../api/types";
import { JsonBlock } from "./json_block";
import { MarkedText } from "./marked_text";
import { Untrusted, UntrustedBlock } from "./untrusted";
import { words } from "../lib/format";
import type { TextMark } from "../lib/marks";
import style from "./message_view.module.css";

export type PartMark = TextMark & { part: number };

/// `marks` are of the message's parts, which they name.
export function MessageView({ message, marks = [] }: { message: Message; marks?: readonly PartMark[] }) {
    const role = ["system", "user", "assistant", "tool"].includes(message.role) ? message.role : "other";
    return (
        <article className={`${style.message} ${style[`role_${role}`]}`}>
            <header className={style.message_head}>
                <span className={style.role}><Untrusted text={message.role === "other" ? message.role_sent || "other" : message.role} /></span>
                {message.role_sent && message.role_sent !== message.role && message.role !== "other" && <span className="faint">sent as <Untrusted text={message.role_sent} /></span>}
                {message.name && <Untrusted text={message.name} className="faint" />}
                {message.finish_reason && <span className={`faint ${style.finish}`}>finished by <Untrusted text={words(message.finish_reason)} /></span>}
            </header>
            {message.parts.length === 0 && <p className="faint small">empty</p>}
            {message.parts.map((part, index) => <PartView key={index} part={part} marks={marks.filter((mark) => mark.part === index)} />)}
        </article>
    );
}

function PartView({ part, marks }: { part: Part; marks: readonly PartMark[] }) {
    switch (part.kind) {
        case "text":
            return marks.length > 0 ? <MarkedText text={part.text ?? ""} marks={marks} /> : <UntrustedBlock text={part.text ?? ""} />;
        case "reasoning":
            return <div className={style.reasoning}><span className="label">Reasoning</span><UntrustedBlock text={part.text ?? ""} /></div>;
        case "tool_call":
            return (
                <div className={style.call}>
                    <p className={style.call_head}><span className="label">Calls</span> <code><b><Untrusted text={part.name || "a tool without a name"} /></b></code> {part.id && <code className="faint"><Untrusted text={part.id} /></code>}</p>
                    {part.json ? <JsonBlock text={part.json} label="the arguments" marks={marks} /> : <p className="faint small">no arguments</p>}
                    {!part.json && marks.map(({ why }) => <p key={why} className={style.failed}><Untrusted text={why} /></p>)}
                </div>
            );
        case "tool_result":
            return (
                <div className={style.call}>
                    <p className={style.call_head}><span className="label">Result</span> {part.name && <code><b><Untrusted text={part.name} /></b></code>} {part.id && <code className="faint"><Untrusted text={part.id} /></code>}
                        {part.is_error && <span className={style.failed}>error</span>}</p>
                    {part.text ? <JsonBlock text={part.text} label="the result" /> : <p className="faint small">no content</p>}
                </div>
            );
        default:
            return (
                <div className={style.call}>
                    <p className={style.call_head}><span className="label">{part.kind === "media" ? "Media, not fetched" : "Other"}</span></p>
                    <JsonBlock text={part.json || part.text || ""} label="the part" />
                </div>
            );
    }
}
