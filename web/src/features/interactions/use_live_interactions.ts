/// use_live_interactions.ts: the pages one has scrolled through, with the newest put on top each time
/// the generation moves (lib/live_rows.ts says how).
import { useInfiniteQuery, useQuery, useQueryClient, type InfiniteData } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { interactions_query, newest_interactions, status_query } from "../../api/queries";
import type { InteractionList } from "../../api/types";
import { identity, to_query, type Filter } from "../../lib/filter";
import { merge_newest } from "../../lib/live_rows";

export function use_live_interactions(filter: Filter) {
    const client = useQueryClient();
    const name = identity(filter);
    const options = interactions_query(name, () => to_query(filter, Date.now()));
    const query = useInfiniteQuery(options);
    const generation = useQuery(status_query()).data?.generation;
    const asked = useRef<{ name: string; generation: number | undefined; busy: boolean }>({ name: "", generation: undefined, busy: false });

    useEffect(() => {
        if (generation === undefined || !query.data || query.isFetchingNextPage) return;
        const last = asked.current;
        if (last.name !== name) {  // Just fetched by this question itself.
            asked.current = { name, generation, busy: false };
            return;
        }
        if (last.busy || last.generation === generation) return;
        asked.current = { name, generation, busy: true };
        newest_interactions(to_query(filter, Date.now())).then((newest) => {
            client.setQueryData<InfiniteData<InteractionList, string>>(options.queryKey, (old) => {
                if (!old) return old;
                const { pages } = merge_newest(old.pages, newest);
                return { pages, pageParams: old.pageParams.slice(0, pages.length) };
            });
        }).catch(() => undefined).finally(() => {
            if (asked.current.name === name) asked.current.busy = false;
        });
    }, [generation, name, query.data, query.isFetchingNextPage, client, filter, options.queryKey]);

    return query;
}
