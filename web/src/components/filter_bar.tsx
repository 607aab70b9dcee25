/// filter_bar.tsx: what one filters by: a menu of the facets the server knows, and a chip for each
/// filter that is set.
import { Button, Popover, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { facets_query } from "../api/queries";
import { cleared, filters_set, identity, to_query, with_attribute, with_value, type Filter } from "../lib/filter";
import { format_count, words } from "../lib/format";
import { visible_text } from "../lib/visible";
import { Cross, Funnel } from "./icons";
import { Untrusted } from "./untrusted";
import { WindowPicker } from "./window_picker";
import style from "./filter_bar.module.css";

interface FilterBarProps {
    filter: Filter;
    set_filter: (filter: Filter) => void;
    /// What only this page filters by, left of the menu and inside of it.
    first?: ReactNode;
    more?: ReactNode;
}

const as_filter = { service: "service", environment: "environment", model: "model", prompt: "prompt" } as const;

export function FilterBar({ filter, set_filter, first, more }: FilterBarProps) {
    const [open, set_open] = useState(false);
    const { data } = useQuery({ ...facets_query(identity(cleared(filter)), () => to_query(cleared(filter), Date.now())), enabled: open });
    const facets = (data?.facets ?? []).flatMap(({ name, values }) => {
        if (name in as_filter) {
            const key = name as keyof typeof as_filter;
            return [{ name: words(name), values, value: filter.values[key] ?? null,
                      set: (value: string | null) => set_filter(with_value(filter, key, value)) }];
        }
        if (!name.startsWith("attributes.")) return [];
        const key = name.slice("attributes.".length);
        return [{ name: key, values, value: filter.attributes[key] ?? null,
                  set: (value: string | null) => set_filter(with_attribute(filter, key, value)) }];
    });
    return (
        <div className={style.bar} role="search" aria-label="Filters">
            {first}
            <Popover opened={open} onChange={set_open} position="bottom-start" width={340} trapFocus>
                <Popover.Target>
                    <Button size="compact-sm" h={30} variant="default" leftSection={<Funnel size={14} />} onClick={() => set_open(!open)}>
                        Filter
                    </Button>
                </Popover.Target>
                <Popover.Dropdown className={style.menu}>
                    {more}
                    {facets.filter(({ values, value }) => values.some((one) => one.value) || value).map(({ name, values, value, set }) => (
                        <Select key={name} size="xs" label={name} placeholder="any" searchable clearable value={value} onChange={set}
                                comboboxProps={{ withinPortal: false }} nothingFoundMessage="No such value"
                                data={options(values, value)} />
                    ))}
                    {data && facets.length === 0 && <p className="faint small">Nothing to filter by yet.</p>}
                </Popover.Dropdown>
            </Popover>
            <Chips filter={filter} set_filter={set_filter} has_text_field={first !== undefined} />
            <div className={style.window}><WindowPicker filter={filter} set_filter={set_filter} /></div>
        </div>
    );
}

function options(values: { value: string; count: number }[], chosen: string | null) {
    const shown = values.filter(({ value }) => value !== "").slice(0, 500)
        .map(({ value, count }) => ({ value, label: `${visible_text(value)}  (${format_count(count)})` }));
    if (chosen && !shown.some(({ value }) => value === chosen)) shown.unshift({ value: chosen, label: visible_text(chosen) });
    return shown;
}

function Chips({ filter, set_filter, has_text_field }: { filter: Filter; set_filter: (filter: Filter) => void; has_text_field: boolean }) {
    const chips = [
        ...Object.entries(filter.values).filter(([name]) => name !== "text" || !has_text_field).map(([name, value]) => ({
            key: name, name, value: value ?? "", without: with_value(filter, name as keyof Filter["values"], null) })),
        ...Object.entries(filter.attributes).map(([name, value]) => ({
            key: `attr.${name}`, name, value, without: with_attribute(filter, name, null) })),
    ];
    if (chips.length === 0) return null;
    return (
        <>
            {chips.map(({ key, name, value, without }) => (
                <span key={key} className={style.chip}>
                    <Untrusted text={chip_name(name)} className={style.name} />
                    {value !== "true" && <Untrusted text={name === "dimension" ? words(value) : value} className={style.value} />}
                    <button className={`plain_button ${style.remove}`} aria-label={`Remove the filter ${chip_name(name)}`} onClick={() => set_filter(without)}>
                        <Cross size={11} />
                    </button>
                </span>
            ))}
            {filters_set(filter) > 1 && (
                <button className={`plain_button ${style.clear}`} onClick={() => set_filter(cleared(filter))}>Clear</button>
            )}
        </>
    );
}

function chip_name(name: string): string {
    return name === "score_below" ? "score below" : words(name);
}
