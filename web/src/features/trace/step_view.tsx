/// step_view.tsx: everything about one step: what went in, what came out, what was called and found,
/// what it cost, and where each of these was read from.
import { TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { step_query } from "../../api/queries";
import type { Step } from "../../api/types";
import { CopyButton } from "../../components/copy_button";
import { Facts } from "../../components/facts";
import { Chevron, KindIcon } from "../../components/icons";
import { JsonBlock } from "../../components/json_block";
import { MessageView } from "../../components/message_view";
import { ErrorNotice, Notice } from "../../components/notice";
import { Untrusted, UntrustedBlock } from "../../components/untrusted";
import { format_count, plural } from "../../lib/format";
import { readable_value } from "../../lib/pretty_json";
import { build_step_data, retriever_score, type AttributeRow } from "./build_step_data";
import { folded_messages, type StepMark } from "./build_trace_page_data";
import style from "./trace.module.css";

/// `marks`: what evaluators say of this step's output.
export function StepView({ trace, revision, step: listed, marks }: { trace: string; revision: number; step: Step; marks: readonly StepMark[] }) {
    // The list may be light; the raw attributes only come with the step by itself.
    const { data: full, error } = useQuery({ ...step_query(trace, listed.id, revision), placeholderData: undefined });
    const step: Step = full ? { ...listed, ...full, light: false } : listed;
    const data = build_step_data(step);
    return (
        <div className={style.stack}>
            <header className={style.step_head}>
                <KindIcon kind={step.kind} size={18} />
                <h2><Untrusted text={data.title} /></h2>
                <span className="faint small">{data.kind}</span>
                {data.failed && <span className={style.failed}>failed</span>}
            </header>
            {data.error && (
                <Notice tone="fail" title={data.error.type ? "" : "Failed."}>
                    {data.error.type && <strong><Untrusted text={data.error.type} /></strong>}
                    {data.error.message && <UntrustedBlock text={data.error.message} />}
                </Notice>
            )}
            <Facts facts={data.facts} />
            {data.tokens.length > 0 && (
                <p className={`${style.tokens} numbers`}><span className="label">Tokens</span>
                    {data.tokens.map(({ label, value }) => <span key={label}><b>{value}</b> <span className="faint">{label}</span></span>)}
                    {step.counts_tokens === false && <span className="faint" title="Another span of this trace states the same tokens; they count once.">not counted again</span>}
                </p>
            )}
            {data.content_says && <Notice tone="warn" title="Content is not whole.">{data.content_says}</Notice>}
            {error && <ErrorNotice error={error} />}
            {data.light && !error && <p className="faint small" aria-busy="true">Loading the content of this step …</p>}
            <Content step={step} marks={marks} />
            {data.parameters.length > 0 && <Part title="Parameters"><Facts facts={data.parameters} table /></Part>}
            {(step.tools ?? []).length > 0 && <Tools tools={step.tools!} />}
            {full && <Attributes rows={data.attributes} others={data.other_sources} />}
            {!data.has_content && !data.light && full && <p className="faint small">This span carries no content: no messages, arguments or documents.</p>}
        </div>
    );
}

function Content({ step, marks }: { step: Step; marks: readonly StepMark[] }) {
    return (
        <>
            {step.query && <Part title="Query"><UntrustedBlock text={step.query} /></Part>}
            {step.tool_arguments && <Part title="Arguments"><JsonBlock text={step.tool_arguments} label="the arguments" /></Part>}
            {step.tool_result && <Part title="Result"><JsonBlock text={step.tool_result} label="the result" /></Part>}
            {step.system && <Part title="System prompt" folded={step.system.length > 200} beside={`${format_count(step.system.length)} characters`} copy={step.system}><UntrustedBlock text={step.system} /></Part>}
            {(step.input ?? []).length > 0 && <Input messages={step.input!} />}
            {(step.output ?? []).length > 0 && (
                <Part title="Output">{step.output!.map((message, index) => <MessageView key={index} message={message} marks={marks.filter((mark) => mark.message === index)} />)}</Part>
            )}
            {(step.documents ?? []).length > 0 && <Documents documents={step.documents!} />}
        </>
    );
}

/// A part of a step under its heading; long and seldom read ones begin folded.
function Part({ title, beside, folded, copy, children }: { title: string; beside?: string; folded?: boolean; copy?: string; children: ReactNode }) {
    const [open, set_open] = useState(!folded);
    return (
        <section className={style.part}>
            <div className={style.part_head}>
                <h3>{folded === undefined ? title : (
                    <button className={`plain_button ${style.part_toggle}`} aria-expanded={open} onClick={() => set_open(!open)}>
                        <Chevron size={12} className={open ? style.turned : ""} /> {title}</button>
                )}</h3>
                {beside && <span className="faint small numbers">{beside}</span>}
                {copy !== undefined && open && <CopyButton text={copy} label={`Copy: ${title}`} />}
            </div>
            {open && <div className={style.part_body}>{children}</div>}
        </section>
    );
}

function Input({ messages }: { messages: NonNullable<Step["input"]> }) {
    const [open, set_open] = useState(false);
    const { folded, label } = folded_messages(messages.length);
    const from = open ? 0 : folded;
    return (
        <Part title="Input" beside={messages.length > 1 ? plural(messages.length, "message") : undefined}>
            {from > 0 && <button className={`plain_button ${style.earlier}`} onClick={() => set_open(true)}>{label}</button>}
            {messages.slice(from).map((message, index) => <MessageView key={from + index} message={message} />)}
        </Part>
    );
}

function Documents({ documents }: { documents: NonNullable<Step["documents"]> }) {
    return (
        <Part title="Documents" beside={String(documents.length)}>
            <ol className={style.documents}>
                {documents.map((document, index) => (
                    <li key={index} className={style.document}>
                        <div className={style.document_head}>
                            <span className="faint numbers">{index + 1}</span>
                            <code className="ellipsis"><Untrusted text={document.id || "no id"} /></code>
                            {retriever_score(document.score) && <span className="numbers small" title="The retriever's own score">{retriever_score(document.score)}</span>}
                        </div>
                        {document.text ? <UntrustedBlock text={document.text} /> : <p className="faint small">Only its id was sent.</p>}
                        {document.metadata_json && document.metadata_json !== "{}" && <JsonBlock text={document.metadata_json} label="the metadata" />}
                    </li>
                ))}
            </ol>
        </Part>
    );
}

function Tools({ tools }: { tools: NonNullable<Step["tools"]> }) {
    return (
        <Part title="Tools offered" beside={String(tools.length)} folded={true}>
            {tools.map((tool, index) => (
                <div key={index} className={style.tool}>
                    <p><code><b><Untrusted text={tool.name} /></b></code> {tool.description && <span className="muted"><Untrusted text={tool.description} /></span>}</p>
                    {tool.parameters_json ? <JsonBlock text={tool.parameters_json} label="the schema" /> : <p className="faint small">No schema was sent.</p>}
                </div>
            ))}
        </Part>
    );
}

function Attributes({ rows, others }: { rows: AttributeRow[]; others: AttributeRow[] }) {
    const [text, set_text] = useState("");
    const all = [...rows, ...others];
    const wanted = text.toLowerCase();
    const shown = all.filter(({ key, json, became }) => !wanted || `${key} ${json} ${became}`.toLowerCase().includes(wanted));
    if (all.length === 0) return null;
    return (
        <Part title="Attributes as sent" beside={String(rows.length)} folded={true}>
            {all.length > 8 && <TextInput size="xs" placeholder="Filter by key, value or field" aria-label="Filter attributes" value={text} onChange={(event) => set_text(event.currentTarget.value)} />}
            <table className={style.attributes}>
                <thead><tr><th scope="col">Key</th><th scope="col">Value</th><th scope="col">Became</th></tr></thead>
                <tbody>
                    {shown.slice(0, 300).map(({ key, json, became }, index) => (
                        <tr key={index}>
                            <th scope="row"><code><Untrusted text={key} /></code></th>
                            <td>{json ? <UntrustedBlock text={readable_value(json)} mono /> : <span className="faint">not an attribute of this span</span>}</td>
                            <td className="small">{became ? <Untrusted text={became} /> : <span className="faint">kept as it is</span>}</td>
                        </tr>
                    ))}
                </tbody>
            </table>
            {shown.length > 300 && <p className="faint small">{format_count(shown.length - 300)} more: filter to see them.</p>}
        </Part>
    );
}
