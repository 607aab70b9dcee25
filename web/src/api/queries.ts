/// queries.ts: what a page may ask, each as the options of one query. Keys begin with "live" where
/// the answer changes as traces arrive; those are asked again when the generation moves.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { Refusal, get, post, type Query } from "./client";
import type {
    AlertList, AlertStory, Catalogue, Dimensions, Facets, Finding, FindingList, InteractionList, JudgeWork, Label, LabelQueue, LabelsPut, Overlap, RunRecord,
    Scorecard, SeriesList, Status, Step, Trace, TrustPage,
} from "./types";

export const rows_per_page = 50;

export const status_query = () => queryOptions({
    queryKey: ["status"],
    queryFn: ({ signal }) => get<Status>("/status", {}, signal),
    refetchInterval: 1000,
    refetchIntervalInBackground: false,
    retry: false,
});

export const catalogue_query = () => queryOptions({
    queryKey: ["catalogue"],
    queryFn: ({ signal }) => get<Catalogue>("/catalogue", {}, signal),
    staleTime: Infinity,
});

export const dimensions_query = () => queryOptions({
    queryKey: ["dimensions"],
    queryFn: ({ signal }) => get<Dimensions>("/dimensions", {}, signal),
    staleTime: Infinity,
});

/// `identity` says which question this is; `query` is computed when it is asked, since "the last
/// hour" is another hour each time.
export const scorecard_query = (identity: string, query: () => Query) => queryOptions({
    queryKey: ["live", "scorecard", identity],
    queryFn: ({ signal }) => get<Scorecard>("/scorecard", query(), signal),
    placeholderData: keepPreviousData,
});

export const facets_query = (identity: string, query: () => Query) => queryOptions({
    queryKey: ["live", "facets", identity],
    queryFn: ({ signal }) => get<Facets>("/facets", query(), signal),
    placeholderData: keepPreviousData,
});

/// A trace changes only by late spans, so it is asked again by itself while it is young, a long one
/// seldom. One that is not there yet may still be on its way.
export const trace_query = (id: string) => queryOptions({
    queryKey: ["trace", id],
    queryFn: ({ signal }) => get<Trace>(`/interactions/${encodeURIComponent(id)}`, {}, signal),
    refetchInterval: ({ state }) => {
        if (!state.data) return state.error instanceof Refusal && state.error.status === 404 ? 2_000 : false;
        const { start, duration_ms } = state.data.interaction;
        if (Date.now() - Date.parse(start) - duration_ms > 600_000) return false;
        return state.data.steps.length > 500 ? 15_000 : 2_000;
    },
    // Comparing 10,000 steps one by one would cost more than drawing them.
    structuralSharing: (old, next) => same_trace(old as Trace | undefined, next as Trace) ? old : next,
});

function same_trace(old: Trace | undefined, next: Trace): boolean {
    return old !== undefined && old.interaction.revision === next.interaction.revision &&
        old.steps.length === next.steps.length && old.interaction.configuration === next.interaction.configuration &&
        JSON.stringify(old.verdicts) === JSON.stringify(next.verdicts);
}

export const step_query = (trace: string, step: string, revision: number) => queryOptions({
    queryKey: ["step", trace, step, revision],
    queryFn: ({ signal }) => get<Step>(
        `/interactions/${encodeURIComponent(trace)}/steps/${encodeURIComponent(step)}`, {}, signal),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
});

/// Not "live": asking all loaded pages again for every new row would cost more the further one has
/// scrolled. The first page alone is asked again and merged (lib/live_rows.ts).
export const interactions_query = (identity: string, query: () => Query) => infiniteQueryOptions({
    queryKey: ["interactions", identity],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => get<InteractionList>(
        "/interactions", { ...query(), limit: rows_per_page, before: pageParam }, signal),
    getNextPageParam: (last: InteractionList) => last.next ?? undefined,
    staleTime: Infinity,
});

export const newest_interactions = (query: Query, signal?: AbortSignal) =>
    get<InteractionList>("/interactions", { ...query, limit: rows_per_page }, signal);

export const trust_query = () => queryOptions({
    queryKey: ["trust"],
    queryFn: ({ signal }) => get<TrustPage>("/trust", {}, signal),
    refetchInterval: 60_000,
});

export const judges_query = () => queryOptions({
    queryKey: ["judges"],
    queryFn: ({ signal }) => get<{ judges: JudgeWork[] }>("/judges", {}, signal),
    refetchInterval: 10_000,
});

export const overlap_query = () => queryOptions({
    queryKey: ["overlap"],
    queryFn: ({ signal }) => get<Overlap>("/overlap", {}, signal),
    staleTime: 300_000,
});

/// Asked again when it runs low, not after each label: what one works on must not move.
export const label_queue_query = (dimension: string, annotator: string) => queryOptions({
    queryKey: ["label-queue", dimension, annotator],
    queryFn: ({ signal }) => get<LabelQueue>("/label-queue", { dimension, annotator, limit: 50 }, signal),
    enabled: dimension !== "" && annotator !== "",
    staleTime: Infinity,
});

/// Without verdicts and scores.
export const blind_trace_query = (id: string) => queryOptions({
    queryKey: ["trace", id, "blind"],
    queryFn: ({ signal }) => get<Trace>(`/interactions/${encodeURIComponent(id)}`, { blind: "true" }, signal),
    enabled: id !== "",
    staleTime: Infinity,
});

export const labels_of_query = (interaction: string, dimension: string) => queryOptions({
    queryKey: ["labels", interaction, dimension],
    queryFn: ({ signal }) => get<{ labels: Label[] }>("/labels", { interaction, dimension }, signal),
});

export interface GivenLabel {
    interaction: string;
    dimension: string;
    annotator: string;
    score: number | "unsure";
    note: string;
}

export const give_label = (label: GivenLabel) => post<LabelsPut>("/label-queue", label);

const minute = 60_000;

/// Everything that was found, also what nobody is told of.
export const findings_query = () => queryOptions({
    queryKey: ["findings"],
    queryFn: ({ signal }) => get<FindingList>("/findings", {}, signal),
    refetchInterval: minute,
});

export const alerts_query = () => queryOptions({
    queryKey: ["alerts"],
    queryFn: ({ signal }) => get<AlertList>("/alerts", {}, signal),
    refetchInterval: minute / 4,
});

export const alert_query = (id: string) => queryOptions({
    queryKey: ["alerts", id],
    queryFn: ({ signal }) => get<AlertStory>(`/alerts/${encodeURIComponent(id)}`, {}, signal),
    refetchInterval: minute / 4,
});

export const finding_query = (id: string) => queryOptions({
    queryKey: ["findings", id],
    queryFn: ({ signal }) => get<Finding>(`/findings/${encodeURIComponent(id)}`, {}, signal),
});

/// A dimension over time; a slice by `attr.NAME` in the query.
export const series_query = (dimension: string, query: Query) => queryOptions({
    queryKey: ["series", dimension, query],
    queryFn: ({ signal }) => get<SeriesList>("/series", { ...query, dimension }, signal),
    placeholderData: keepPreviousData,
});

export const acknowledge_alert = (id: string, by: string) => post<AlertStory>(`/alerts/${encodeURIComponent(id)}/acknowledge`, { by });

export interface GivenDecision {
    decision: string;
    by: string;
    reason: string;
    link: string;
}
export const decide_alert = (id: string, decision: GivenDecision) => post<AlertStory>(`/alerts/${encodeURIComponent(id)}/decide`, decision);

/// A page of the evidence trail, the newest first.
export const records_query = (kind: string) => infiniteQueryOptions({
    queryKey: ["records", kind],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) => get<{ records: RunRecord[]; next: number | null }>("/records", { kind, before: pageParam || undefined, limit: rows_per_page }, signal),
    getNextPageParam: (last) => last.next ?? undefined,
});

export const trail_query = () => queryOptions({
    queryKey: ["records", "verify"],
    queryFn: ({ signal }) => get<{ links: number; head: string | null; whole: boolean; broken_at: number | null; why: string }>("/chain", {}, signal),
});
