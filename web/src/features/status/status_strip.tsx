/// status_strip.tsx: whether the server lives, what arrived, what waits; more of it when opened. And
/// the warnings that everyone must see, under the bar.
import { Popover, Progress } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Refusal } from "../../api/client";
import { status_query } from "../../api/queries";
import { Notice } from "../../components/notice";
import { format_count, format_short } from "../../lib/format";
import { build_status_data, type StatusData } from "./build_status_data";
import style from "./status.module.css";

function use_status_data(): StatusData {
    const { data, error } = useQuery(status_query());
    const asks_for_key = error instanceof Refusal && (error.status === 401 || error.status === 403);
    return build_status_data(data, error !== null && !asks_for_key);
}

export function StatusStrip() {
    const data = use_status_data();
    const [open, set_open] = useState(false);
    return (
        <Popover opened={open} onChange={set_open} position="bottom-end" width="min(640px, 94vw)">
            <Popover.Target>
                <button className={`plain_button ${style.strip} numbers`} onClick={() => set_open(!open)} aria-expanded={open} aria-label={`Status: ${data.state_word}. Show details`}>
                    <span className={`${style.dot} ${style[data.state]}`} aria-hidden="true" />
                    <b>{data.state_word}</b>
                    <span className={style.more}>
                        <Figure value={data.spans} word="spans" />
                        {data.rejected > 0 && <Figure value={data.rejected} word="rejected" loud />}
                        <Figure value={data.backlog} word="waiting" loud={data.backlog > 5000} />
                        <Figure value={data.open_traces} word="open" />
                    </span>
                </button>
            </Popover.Target>
            <Popover.Dropdown>
                <div className={style.details}>
                    {data.details.map(({ title, facts }) => (
                        <section key={title}>
                            <h3 className="label">{title}</h3>
                            <dl className={style.facts}>{facts.map(({ label, value }) => <div key={label}><dt>{label}</dt><dd className="numbers">{value}</dd></div>)}</dl>
                        </section>
                    ))}
                    {data.details.length === 0 && <p className="muted">Nothing is known of the server yet.</p>}
                </div>
            </Popover.Dropdown>
        </Popover>
    );
}

function Figure({ value, word, loud = false }: { value: number; word: string; loud?: boolean }) {
    return <span className={loud ? style.loud : ""} title={`${format_count(value)} ${word}`}>{format_short(value)} <i>{word}</i></span>;
}

export function StatusWarnings() {
    const { warnings } = use_status_data();
    if (warnings.length === 0) return null;
    return (
        <div className={style.warnings}>
            {warnings.slice(0, 4).map(({ tone, title, says, done }) => (
                <Notice key={title} tone={tone} title={title}>{says}
                    {done !== null && <Progress value={done * 100} size="sm" mt={6} maw={420} aria-label={title} />}</Notice>
            ))}
            {warnings.length > 4 && <p className="small faint">and {warnings.length - 4} more, see <code>/api/v1/status</code></p>}
        </div>
    );
}
