/// span_tree_view.tsx: the tree with its waterfall. Only the rows one sees are drawn, so 10,000 spans
/// open as quickly as ten (e2e/run.mjs measures it). Keys as in any tree: arrows, Home, End; "f" goes
/// to the next failed step, "/" to the search.
import { ActionIcon, TextInput, Tooltip } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useCallback, useEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent } from "react";
import { Chevron, Fold, KindIcon, Search, Warn, kind_colour } from "../../components/icons";
import { Untrusted } from "../../components/untrusted";
import { format_count, format_duration, words } from "../../lib/format";
import { ancestors, find_steps, visible_rows, type SpanNode, type SpanTree } from "../../lib/span_tree";
import style from "./span_tree.module.css";

const row_height = 28;

interface SpanTreeViewProps {
    tree: SpanTree;
    chosen: number;
    choose: (step: string) => void;
}

export function SpanTreeView({ tree, chosen, choose }: SpanTreeViewProps) {
    const [collapsed, set_collapsed] = useState<ReadonlySet<string>>(new Set());
    const [text, set_text] = useState("");
    const place = useRef<HTMLDivElement>(null);
    const search = useRef<HTMLInputElement>(null);
    const rows = useMemo(() => visible_rows(tree, collapsed), [tree, collapsed]);
    const found = useMemo(() => find_steps(tree, text), [tree, text]);
    const found_set = useMemo(() => new Set(found), [found]);
    const failed = useMemo(() => tree.nodes.flatMap(({ step }, at) => step.failed ? [at] : []), [tree]);
    const virtualizer = useVirtualizer({ count: rows.length, getScrollElement: () => place.current,
                                         estimateSize: () => row_height, overscan: 16 });

    // Opens what hides it, chooses it, and brings it into sight.
    const go = useCallback((at: number) => {
        const node = tree.nodes[at];
        if (!node) return;
        const hiding = ancestors(tree, at).filter((id) => collapsed.has(id));
        if (hiding.length > 0) set_collapsed(new Set([...collapsed].filter((id) => !hiding.includes(id))));
        choose(node.step.id);
    }, [tree, collapsed, choose]);
    const chosen_row = useMemo(() => rows.indexOf(chosen), [rows, chosen]);
    const shown_once = useRef(false);
    useEffect(() => {
        if (chosen_row >= 0) virtualizer.scrollToIndex(chosen_row, { align: shown_once.current ? "auto" : "center" });
        shown_once.current = true;
    }, [chosen, chosen_row, virtualizer]);

    const toggle = useCallback((id: string) => set_collapsed((old) => {
        const next = new Set(old);
        if (!next.delete(id)) next.add(id);
        return next;
    }), []);
    const parents = useMemo(() => tree.nodes.filter(({ children }) => children > 0).map(({ step }) => step.id), [tree]);
    const all_folded = collapsed.size > 0 && collapsed.size >= parents.length - 1;
    const fold_all = () => set_collapsed(all_folded ? new Set() : new Set(parents.filter((id) => tree.nodes[tree.index_of.get(id)!]!.depth > 0)));

    const next_of = (list: number[], back: boolean) => {
        if (list.length === 0) return;
        const after = back ? [...list].reverse().find((at) => at < chosen) ?? list.at(-1)! : list.find((at) => at > chosen) ?? list[0]!;
        go(after);
    };
    const key = (event: KeyboardEvent) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const node = tree.nodes[chosen];
        const to_row = (row: number) => go(rows[Math.min(rows.length - 1, Math.max(0, row))]!);
        const page = Math.max(1, Math.floor((place.current?.clientHeight ?? 300) / row_height) - 1);
        const actions: Record<string, () => void> = {
            ArrowDown: () => to_row(chosen_row + 1), ArrowUp: () => to_row(chosen_row - 1),
            PageDown: () => to_row(chosen_row + page), PageUp: () => to_row(chosen_row - page),
            Home: () => to_row(0), End: () => to_row(rows.length - 1),
            ArrowRight: () => { if (node?.children) { if (collapsed.has(node.step.id)) toggle(node.step.id); else to_row(chosen_row + 1); } },
            ArrowLeft: () => { if (node?.children && !collapsed.has(node.step.id)) toggle(node.step.id); else if (node && node.parent >= 0) go(node.parent); },
            f: () => next_of(failed, false), F: () => next_of(failed, true),
            "/": () => search.current?.focus(),
        };
        const action = actions[event.key];
        if (!action) return;
        event.preventDefault();
        action();
    };
    const chosen_id = tree.nodes[chosen]?.step.id ?? "";
    return (
        <section className={`card ${style.tree}`} aria-label="Spans" style={{ "--rows": rows.length } as CSSProperties}>
            <div className={style.tools}>
                <TextInput ref={search} size="xs" className={style.search} leftSection={<Search size={13} />} placeholder="Find a step" aria-label="Find a step"
                           value={text} onChange={(event) => set_text(event.currentTarget.value)}
                           onKeyDown={(event) => {
                               if (event.key === "Enter") { event.preventDefault(); next_of(found, event.shiftKey); }
                               if (event.key === "Escape") { set_text(""); place.current?.focus(); }
                           }}
                           rightSectionWidth={64} rightSection={text && <span className="faint small numbers">{found.length ? format_count(found.length) : "none"}</span>} />
                {failed.length > 0 && (
                    <Tooltip label="Go to the next failed step (f)">
                        <button className={`plain_button ${style.to_failed} numbers`} onClick={() => next_of(failed, false)}><Warn size={13} /> {format_count(failed.length)} failed</button>
                    </Tooltip>
                )}
                <span className={`faint small numbers ${style.total}`}>{format_duration(tree.to_ms - tree.from_ms)}</span>
                <Tooltip label={all_folded ? "Open all" : "Fold all"}>
                    <ActionIcon variant="subtle" color="gray" size="sm" onClick={fold_all} aria-label={all_folded ? "Open all steps" : "Fold all steps"}><Fold size={14} /></ActionIcon>
                </Tooltip>
            </div>
            <div className={`${style.axis} numbers`} aria-hidden="true">
                <i /><div>{[0, 0.25, 0.5, 0.75].map((share) => (
                    <span key={share} style={{ left: `${share * 100}%` }}>{format_duration(tree.from_ms + share * (tree.to_ms - tree.from_ms))}</span>
                ))}</div>
            </div>
            <div ref={place} className={style.scroller} role="tree" aria-label="Steps of this interaction" tabIndex={0} onKeyDown={key}
                 aria-activedescendant={chosen_id ? `step-${chosen_id}` : undefined}>
                <div style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
                    {virtualizer.getVirtualItems().map(({ index, start }) => {
                        const at = rows[index]!;
                        const node = tree.nodes[at]!;
                        return <SpanRow key={at} node={node} top={start} chosen={at === chosen} found={found_set.has(at)} dimmed={found.length > 0 && !found_set.has(at)}
                                        collapsed={node.children > 0 && collapsed.has(node.step.id)} from_ms={tree.from_ms} whole_ms={tree.to_ms - tree.from_ms}
                                        choose={choose} toggle={toggle} />;
                    })}
                </div>
            </div>
        </section>
    );
}

interface SpanRowProps {
    node: SpanNode;
    top: number;
    chosen: boolean;
    found: boolean;
    dimmed: boolean;
    collapsed: boolean;
    from_ms: number;
    whole_ms: number;
    choose: (id: string) => void;
    toggle: (id: string) => void;
}

const indent_max = 16;  // Deeper than this, the name matters more than the depth.

const SpanRow = memo(function SpanRow({ node, top, chosen, found, dimmed, collapsed, from_ms, whole_ms, choose, toggle }: SpanRowProps) {
    const { step, depth, children, descendants, failed_below } = node;
    const left = (step.start_ms - from_ms) / whole_ms;
    const width = Math.max(0, step.duration_ms) / whole_ms;
    const failed = step.failed || (collapsed && failed_below);
    return (
        <div className={`${style.row} ${chosen ? style.chosen : ""} ${dimmed ? style.dimmed : ""} ${found ? style.found : ""}`} style={{ transform: `translateY(${top}px)` }}
             role="treeitem" id={`step-${step.id}`} aria-level={depth + 1} aria-selected={chosen} aria-expanded={children > 0 ? !collapsed : undefined}
             aria-label={`${words(step.kind)} ${step.name}, ${format_duration(step.duration_ms)}${step.failed ? ", failed" : ""}`} onClick={() => choose(step.id)}>
            <div className={style.name} style={{ paddingLeft: Math.min(depth, indent_max) * 14 }}>
                {children > 0 ? (
                    <span className={`${style.fold} ${collapsed ? "" : style.open}`} onClick={(event) => { event.stopPropagation(); toggle(step.id); }} aria-hidden="true"><Chevron size={12} /></span>
                ) : <span className={style.fold} />}
                {depth > indent_max && <span className={`${style.depth} numbers`} title={`depth ${depth}`}>{depth}</span>}
                <KindIcon kind={step.kind} />
                <span className={`ellipsis ${failed ? style.failed_name : ""}`}><Untrusted text={step.name || step.id} /></span>
                {collapsed && <span className={`${style.hidden} numbers`}>{format_count(descendants)}</span>}
                {failed && <Warn size={12} className={style.warn} />}
            </div>
            <div className={style.lane} aria-hidden="true">
                <span className={`${style.bar} ${step.failed ? style.bar_failed : ""}`} style={{ left: `${left * 100}%`, width: `max(2px, ${width * 100}%)`, background: step.failed ? undefined : kind_colour(step.kind) }} />
            </div>
            <span className={`${style.duration} numbers`} aria-hidden="true">{format_duration(step.duration_ms)}</span>
        </div>
    );
});
