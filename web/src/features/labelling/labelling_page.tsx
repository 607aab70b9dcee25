/// labelling_page.tsx: people say what is good, one interaction after the other, by keys. Verdicts are
/// not asked for, so they cannot be seen. Which dimension stands in the address; who labels, in this
/// browser.
import { Button, Progress, Select, TextInput, Textarea } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Link, useSearchParams } from "react-router-dom";
import { blind_trace_query, dimensions_query, give_label, label_queue_query } from "../../api/queries";
import type { LabelQueue } from "../../api/types";
import { MessageView } from "../../components/message_view";
import { ErrorNotice, Nothing, Notice } from "../../components/notice";
import { Untrusted, UntrustedBlock } from "../../components/untrusted";
import { words } from "../../lib/format";
import { build_labelled_item, build_progress, choice_of, choices_of, type Choice, type LabelledItem } from "./build_labelling_data";
import style from "./labelling.module.css";

const name_kept = "plimsoll-annotator";

export function LabellingPage() {
    const [address, set_address] = useSearchParams();
    const dimensions = useQuery(dimensions_query());
    const [annotator, set_annotator] = useState(() => localStorage.getItem(name_kept) ?? "");
    const names = (dimensions.data?.dimensions ?? []).map(({ name }) => name);
    const dimension = address.get("dimension") ?? names[0] ?? "";
    const queue = useQuery(label_queue_query(dimension, annotator));
    const keep = (name: string) => { localStorage.setItem(name_kept, name); set_annotator(name); };
    return (
        <main id="main" className={`page ${style.page}`}>
            <header className={style.head}>
                <h1>Label</h1>
                <Select aria-label="Dimension" size="xs" data={names.map((name) => ({ value: name, label: words(name) }))} value={dimension} allowDeselect={false}
                        onChange={(name) => name && set_address({ dimension: name })} />
                {annotator && <p className="small muted">as <b>{annotator}</b> <button className={`plain_button ${style.link}`} onClick={() => keep("")}>change</button></p>}
            </header>
            {(dimensions.error ?? queue.error) && <ErrorNotice error={dimensions.error ?? queue.error} />}
            {annotator === "" && <WhoLabels keep={keep} />}
            {annotator !== "" && queue.data && <Desk key={`${dimension} ${annotator} ${queue.dataUpdatedAt}`} queue={queue.data} annotator={annotator} />}
            {annotator !== "" && !queue.data && !queue.error && <p className="muted" aria-busy="true">Asking for the queue …</p>}
        </main>
    );
}

function WhoLabels({ keep }: { keep: (name: string) => void }) {
    const [name, set_name] = useState("");
    return (
        <form className={`card ${style.who}`} onSubmit={(event) => { event.preventDefault(); if (name.trim()) keep(name.trim()); }}>
            <h2>Who labels?</h2>
            <p className="muted">Your labels are kept under this name, and you are not asked twice about the same interaction. Three of ten go to two people; where they differ, a third decides.</p>
            <TextInput label="Name" value={name} onChange={(event) => set_name(event.currentTarget.value)} autoFocus autoComplete="username" maxLength={100} />
            <Button type="submit" disabled={name.trim() === ""}>Begin</Button>
        </form>
    );
}

function Desk({ queue, annotator }: { queue: LabelQueue; annotator: string }) {
    const client = useQueryClient();
    const [at, set_at] = useState(0);
    const [given, set_given] = useState<ReadonlyMap<string, Choice["score"]>>(new Map());
    const [note, set_note] = useState("");
    const [error, set_error] = useState<unknown>(null);
    const [sending, set_sending] = useState(false);
    const note_field = useRef<HTMLTextAreaElement>(null);
    const choices = useMemo(() => choices_of(queue.scale), [queue.scale]);
    const item = queue.items[at];
    const trace = useQuery(blind_trace_query(item?.interaction ?? ""));
    const next = queue.items[at + 1]?.interaction;
    useEffect(() => { if (next) void client.prefetchQuery(blind_trace_query(next)); }, [client, next]);

    const move = useCallback((to: number) => { set_at(Math.max(0, to)); set_note(""); set_error(null); scrollTo(0, 0); }, []);
    const give = useCallback(async (choice: Choice) => {
        if (!item || sending) return;
        set_sending(true);
        try {
            await give_label({ interaction: item.interaction, dimension: queue.dimension, annotator, score: choice.score, note });
            set_given((old) => new Map(old).set(item.interaction, choice.score));
            move(at + 1);
            if (at + 1 >= queue.items.length) await client.invalidateQueries({ queryKey: ["label-queue", queue.dimension, annotator] });
            void client.invalidateQueries({ queryKey: ["trust"] });
        } catch (failure) {
            set_error(failure);
        } finally {
            set_sending(false);
        }
    }, [item, sending, queue, annotator, note, at, move, client]);

    useEffect(() => {
        const listen = (event: KeyboardEvent) => {
            const target = event.target as HTMLElement | null;
            const choice = choice_of(choices, { ...pressed(event), target });
            if (choice) { event.preventDefault(); void give(choice); return; }
            if (event.key === "Escape" && target === note_field.current) { note_field.current?.blur(); return; }
            if (/^(INPUT|TEXTAREA)$/.test(target?.tagName ?? "") || event.ctrlKey || event.metaKey || event.altKey) return;
            if (event.key === "n") { event.preventDefault(); note_field.current?.focus(); }
            if (event.key === "s" || event.key === "ArrowRight") move(Math.min(at + 1, queue.items.length));
            if (event.key === "b" || event.key === "ArrowLeft") move(at - 1);
        };
        addEventListener("keydown", listen);
        return () => removeEventListener("keydown", listen);
    }, [give, move, at, choices, queue.items.length]);

    const progress = build_progress(queue, given.size);
    const said = item && given.get(item.interaction);
    return (
        <>
            <div className={style.progress}>
                <Progress value={100 * progress.share} size="sm" aria-label="Share of items done" />
                <p className="small muted numbers">{progress.text}</p>
                <p className="small faint numbers">{progress.people}</p>
            </div>
            {error !== null && <ErrorNotice error={error} />}
            <div className={style.desk}>
                <section className={`card ${style.item}`} aria-label="Interaction">
                    {trace.error && <ErrorNotice error={trace.error} />}
                    {item && trace.data && <Item key={item.interaction} item={build_labelled_item(trace.data)} split={item.split} />}
                    {item && !trace.data && !trace.error && <p className="muted" aria-busy="true">Loading …</p>}
                    {!item && <Nothing title={queue.items.length ? "That was all for now" : "Nothing to label"}>
                        {queue.progress.items === 0 ? "No interaction of this dimension was scored yet." : "What is open waits for other people, or for new traffic."} <Link to="/evaluators">To the evaluators</Link></Nothing>}
                </section>
                <aside className={style.side} aria-label="Rubric and choice">
                    <section className="card">
                        <h2>{words(queue.dimension)}</h2>
                        <p className="muted small">{queue.says}</p>
                        {queue.rubric.version && <p className="faint small">Rubric <code>{queue.rubric.version.slice(0, 12)}</code></p>}
                        {queue.rubric.text && queue.rubric.text !== queue.says && <div className={style.rubric}><Untrusted text={queue.rubric.text} /></div>}
                    </section>
                    <section className={`card ${style.choose}`} aria-label="Your label">
                        <div className={style.buttons}>
                            {choices.map((choice) => (
                                <button key={choice.name} className={`plain_button ${style.choice} ${said === choice.score ? style.said : ""}`} disabled={!item || sending}
                                        title={choice.says} onClick={() => void give(choice)}><b><Untrusted text={choice.name} /></b>{choice.key && <kbd>{choice.key}</kbd>}</button>
                            ))}
                        </div>
                        <Textarea ref={note_field} size="xs" label="Note" placeholder="Why, for other people" autosize minRows={2} maxRows={5} maxLength={1000}
                                  value={note} onChange={(event) => set_note(event.currentTarget.value)} disabled={!item} />
                        <p className={`faint small ${style.keys}`}><span><kbd>n</kbd> note</span><span><kbd>esc</kbd> back to the keys</span><span><kbd>s</kbd> skip</span><span><kbd>b</kbd> back, to change</span></p>
                        {queue.items.length > 0 && <p className="faint small numbers">{Math.min(at + 1, queue.items.length)} of {queue.items.length} at hand</p>}
                    </section>
                </aside>
            </div>
        </>
    );
}

const pressed = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) => ({ key, ctrlKey, metaKey, altKey });

function Item({ item, split }: { item: LabelledItem; split: boolean }) {
    const [open, set_open] = useState(false);
    const earlier = item.conversation.length > 4 && !open ? item.conversation.length - 3 : 0;
    return (
        <>
            {split && <Notice tone="info" title="Two people differ here.">Your word decides.</Notice>}
            {item.gap && <Notice tone="warn" title={item.gap}><Link to={`/interactions/${item.id}`}>The whole trace</Link> shows verdicts too: label before you open it.</Notice>}
            {item.system && <details className={style.system}><summary>System prompt</summary><UntrustedBlock text={item.system} /></details>}
            {earlier > 0 && <button className={`plain_button ${style.link}`} onClick={() => set_open(true)}>Show {earlier} earlier messages</button>}
            {item.conversation.slice(earlier).map((message, index) => <MessageView key={earlier + index} message={message} />)}
            {item.answer.length > 0 && <p className="label">The answer</p>}
            {item.answer.map((message, index) => <MessageView key={`answer ${index}`} message={message} />)}
            {item.documents.length > 0 && <p className="label">Documents it was given</p>}
            {item.documents.map((document, index) => (
                <details key={index} className={style.document} open={item.documents.length < 4}>
                    <summary><span className="faint numbers">{index + 1}</span> <code><Untrusted text={document.id || "no id"} /></code></summary>
                    {document.text ? <UntrustedBlock text={document.text} /> : <p className="faint small">Only its id was sent.</p>}
                </details>
            ))}
        </>
    );
}
