/// window_picker.tsx: which stretch of time. Custom times are typed in the reader's own zone.
import { Button, Popover, SegmentedControl, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Filter, Window } from "../lib/filter";
import { Calendar } from "./icons";
import { format_time } from "../lib/time";
import style from "./window_picker.module.css";

const words: [Window, string][] = [["1h", "1 h"], ["24h", "24 h"], ["7d", "7 d"], ["4w", "4 w"], ["all", "All"]];

export function WindowPicker({ filter, set_filter }: { filter: Filter; set_filter: (filter: Filter) => void }) {
    const [open, set_open] = useState(false);
    const custom = filter.window === "custom";
    return (
        <div className={style.picker}>
            <SegmentedControl size="xs" aria-label="Time window" value={custom ? "" : filter.window}
                              data={words.map(([value, label]) => ({ value, label }))}
                              onChange={(value) => set_filter({ ...filter, window: value as Window, from: "", to: "" })} />
            <Popover opened={open} onChange={set_open} position="bottom-end" trapFocus>
                <Popover.Target>
                    <Button size="compact-sm" h={30} variant={custom ? "light" : "default"} onClick={() => set_open(!open)}
                            leftSection={<Calendar size={14} />} aria-label="Custom time window">
                        {custom ? `${filter.from ? format_time(filter.from, Date.now()) : "…"} – ${filter.to ? format_time(filter.to, Date.now()) : "now"}` : "Custom"}
                    </Button>
                </Popover.Target>
                <Popover.Dropdown>
                    <Custom filter={filter} apply={(from, to) => {
                        set_open(false);
                        set_filter(from || to ? { ...filter, window: "custom", from, to } : { ...filter, window: "all", from: "", to: "" });
                    }} />
                </Popover.Dropdown>
            </Popover>
        </div>
    );
}

function Custom({ filter, apply }: { filter: Filter; apply: (from: string, to: string) => void }) {
    const [from, set_from] = useState(to_local(filter.from));
    const [to, set_to] = useState(to_local(filter.to));
    const wrong = from && to && from >= to ? "Must be after the beginning." : null;
    return (
        <form className={style.custom} onSubmit={(event) => {
            event.preventDefault();
            if (!wrong) apply(to_utc(from), to_utc(to));
        }}>
            <TextInput type="datetime-local" label="From" size="xs" value={from} onChange={(event) => set_from(event.currentTarget.value)} />
            <TextInput type="datetime-local" label="To (empty: until now)" size="xs" value={to} error={wrong}
                       onChange={(event) => set_to(event.currentTarget.value)} />
            <Button type="submit" size="xs">Apply</Button>
        </form>
    );
}

function to_local(time: string): string {
    const at = new Date(time);
    if (Number.isNaN(at.getTime())) return "";
    return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function to_utc(local: string): string {
    return local ? new Date(local).toISOString() : "";
}
