/// interactions_page.tsx: the list, newest first; only the rows one sees are drawn.
import { Checkbox, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type CSSProperties } from "react";
import { useMediaQuery } from "@mantine/hooks";
import { dimensions_query, status_query } from "../../api/queries";
import { FilterBar } from "../../components/filter_bar";
import { Search, Up } from "../../components/icons";
import { ErrorNotice, Nothing } from "../../components/notice";
import { SendTraces } from "../../components/send_traces";
import { use_filter } from "../../components/use_filter";
import { cleared, with_value, type Filter } from "../../lib/filter";
import { plural, words } from "../../lib/format";
import { build_interactions_page_data } from "./build_interactions_page_data";
import { InteractionLine } from "./interaction_line";
import style from "./interactions.module.css";
import { use_live_interactions } from "./use_live_interactions";

const no_names: string[] = [];

export function InteractionsPage() {
    const [filter, set_filter] = use_filter();
    const query = use_live_interactions(filter);
    const status = useQuery(status_query());
    const configured = useQuery(dimensions_query());
    const dimensions = useMemo(() => configured.data?.dimensions.map(({ name }) => name) ?? no_names, [configured.data]);
    const ever = status.data?.facts;
    const pages = query.data?.pages;
    const data = useMemo(() => pages && build_interactions_page_data(pages, dimensions, filter, ever), [pages, dimensions, filter, ever]);
    if (data?.state === "never") return <main id="main" className="page"><SendTraces /></main>;
    return (
        <main id="main" className={style.page}>
            <div className={style.head}>
                <h1>Interactions</h1>
                {data && <span className="muted numbers">{data.caption}</span>}
            </div>
            <FilterBar filter={filter} set_filter={set_filter} first={<TextFilter filter={filter} set_filter={set_filter} />}
                       more={<ScoreFilter filter={filter} set_filter={set_filter} dimensions={dimensions} />} />
            {query.error && <ErrorNotice error={query.error} />}
            {data?.state === "none_here" && (
                <Nothing title="No interaction matches">
                    <button className={`plain_button ${style.link}`} onClick={() => set_filter({ ...cleared(filter), window: "all", from: "", to: "" })}>Show all</button>
                </Nothing>
            )}
            {data?.state === "some" && (
                <Rows key={JSON.stringify(filter)} rows={data.rows} dimensions={dimensions} has_more={query.hasNextPage} fetching={query.isFetchingNextPage}
                      fetch_more={() => { if (!query.isFetchingNextPage) void query.fetchNextPage({ cancelRefetch: false }); }} />
            )}
            {!data && !query.error && <div className={`card ${style.list}`} aria-busy="true" aria-label="Loading" />}
        </main>
    );
}

type Rows = NonNullable<ReturnType<typeof build_interactions_page_data>>["rows"];

function Rows({ rows, dimensions, has_more, fetching, fetch_more }: {
    rows: Rows; dimensions: readonly string[]; has_more: boolean; fetching: boolean; fetch_more: () => void }) {
    const place = useRef<HTMLDivElement>(null);
    const narrow = useMediaQuery("(max-width: 760px)") ?? false;
    const height = narrow ? 104 : 58;
    const virtualizer = useVirtualizer({
        count: rows.length, getScrollElement: () => place.current, estimateSize: () => height, overscan: 12,
        getItemKey: (index) => rows[index]!.id,
    });
    useLayoutEffect(() => virtualizer.measure(), [height, virtualizer]);

    // Rows that arrive above do not move what one is reading.
    const first = useRef<{ id: string; fresh: Set<string> }>({ id: rows[0]!.id, fresh: new Set() });
    const [above, set_above] = useState(0);
    useLayoutEffect(() => {
        const was = rows.findIndex(({ id }) => id === first.current.id);
        const element = place.current;
        if (was > 0 && element && element.scrollTop > height) {
            element.scrollTop += was * height;
            set_above((count) => count + was);
        }
        if (was > 0) first.current.fresh = new Set(rows.slice(0, was).map(({ id }) => id));
        first.current.id = rows[0]!.id;
    }, [rows, height]);

    const items = virtualizer.getVirtualItems();
    const last = items.at(-1)?.index ?? 0;
    useEffect(() => {
        if (has_more && !fetching && last >= rows.length - 20) fetch_more();
    });

    return (
        <div className={`card ${style.list}`} style={{ "--marks": Math.max(2, rows[0]!.marks.length) } as CSSProperties}>
            <div className={`${style.columns} label`} aria-hidden="true">
                <span>Time</span><span>Question and answer</span><span>Made by</span>
                <span className={style.right}>Duration</span><span className={style.right}>Tokens</span><span className={style.right}>Cost</span>
                <span className={style.marks_head} title={dimensions.map(words).join(", ")}>Scores</span>
            </div>
            {above > 0 && (
                <button className={`plain_button ${style.above}`} onClick={() => { place.current?.scrollTo({ top: 0, behavior: "smooth" }); set_above(0); }}>
                    <Up size={12} /> {plural(above, "new interaction")}
                </button>
            )}
            <div ref={place} className={style.scroller} role="feed" aria-busy={fetching} aria-label="Interactions, newest first"
                 onScroll={(event) => { if (above > 0 && event.currentTarget.scrollTop < height) set_above(0); }}>
                <div style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
                    {items.map(({ index, start, key }) => (
                        <InteractionLine key={key} row={rows[index]!} top={start} height={height} narrow={narrow} position={index + 1} total={has_more ? -1 : rows.length}
                                         fresh={first.current.fresh.has(rows[index]!.id)} />
                    ))}
                </div>
                <p className={`faint small ${style.end}`}>{fetching ? "Loading more …" : has_more ? "" : `All ${plural(rows.length, "interaction")}`}</p>
            </div>
        </div>
    );
}

function TextFilter({ filter, set_filter }: { filter: Filter; set_filter: (filter: Filter, how?: { replace: boolean }) => void }) {
    const [text, set_text] = useState(filter.values.text ?? "");
    const sent = useRef(filter.values.text ?? "");
    useEffect(() => {  // The address changed by itself: back, or a chip removed.
        if ((filter.values.text ?? "") !== sent.current) {
            sent.current = filter.values.text ?? "";
            set_text(sent.current);
        }
    }, [filter.values.text]);
    useEffect(() => {
        if (text === sent.current) return;
        const timer = setTimeout(() => {
            sent.current = text;
            set_filter(with_value(filter, "text", text.trim() || null), { replace: true });
        }, 250);
        return () => clearTimeout(timer);
    }, [text, filter, set_filter]);
    return <TextInput size="xs" className={style.text} leftSection={<Search size={14} />} placeholder="Search questions, answers and ids" aria-label="Search text"
                      type="search" value={text} onChange={(event) => set_text(event.currentTarget.value)} />;
}

function ScoreFilter({ filter, set_filter, dimensions }: { filter: Filter; set_filter: (filter: Filter) => void; dimensions: readonly string[] }) {
    const flag = (name: "failed" | "unscored" | "unrecognised", label: string) => (
        <Checkbox size="xs" label={label} checked={filter.values[name] === "true"}
                  onChange={(event) => set_filter(with_value(filter, name, event.currentTarget.checked ? "true" : null))} />
    );
    return (
        <>
            <div className={style.pair}>
                <Select size="xs" label="Dimension" placeholder="any" clearable comboboxProps={{ withinPortal: false }} value={filter.values.dimension ?? null}
                        data={dimensions.map((value) => ({ value, label: words(value) }))} onChange={(value) => set_filter(with_value(filter, "dimension", value))} />
                <Select size="xs" label="Score below" placeholder="any" clearable comboboxProps={{ withinPortal: false }} value={filter.values.score_below ?? null}
                        data={["1", "0.9", "0.75", "0.5", "0.25"]} onChange={(value) => set_filter(with_value(filter, "score_below", value))} />
            </div>
            <div className={style.flags}>{flag("failed", "Failed")}{flag("unscored", "Unscored")}{flag("unrecognised", "Not recognised")}</div>
        </>
    );
}
