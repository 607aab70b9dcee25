/// build_dimension_data.ts: one dimension over time, by evaluator and by slice, as the page says it.
import type { Facets, SeriesChart } from "../../api/types";
import { format_score } from "../../lib/format";

export interface SliceChoice {
    attribute: string;
    value: string;
}

/// The values to choose from: those of the configured attributes, most frequent first, five of each.
export function slice_choices(facets: Facets | undefined, slices: string[]): SliceChoice[] {
    return slices.flatMap((attribute) => {
        const facet = facets?.facets.find(({ name }) => name === attribute || name === `attr.${attribute}` || name === `attributes.${attribute}`);
        return (facet?.values ?? []).slice(0, 5).map(({ value }) => ({ attribute, value }));
    });
}

export interface ChartData {
    key: string;
    title: string;
    where: string;
    state: string;
    chart: SeriesChart;
}

export function build_charts(series: SeriesChart[]): ChartData[] {
    return series.map((chart) => ({
        key: [chart.evaluator, chart.version, chart.service, chart.attribute, chart.value, chart.measure].join("\n"),
        title: chart.evaluator || "The dimension as a whole",
        where: [chart.service, chart.attribute && `${chart.attribute} = ${chart.value}`].filter(Boolean).join(", "),
        state: state_of(chart), chart,
    }));
}

/// What the watch makes of it now.
export function state_of({ watched, why, level_worse, level_better, findings }: SeriesChart): string {
    if (!watched) return `Not watched yet: ${why}`;
    if (findings.length > 0) return "It changed";  // The detector begins anew after an alarm.
    const level = Math.max(level_worse, level_better);
    if (level >= 1) return level_worse >= level_better ? "It got worse" : "It got better";
    return `No change seen: evidence at ${format_score(level, 2)} of what would be told`;
}
