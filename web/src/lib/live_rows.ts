/// live_rows.ts: the newest page put on top of the pages one has scrolled through, so that new rows
/// appear and changed ones change without asking for everything again.
///
///   pages   [ d c b a ][ … ]      newest [ f e d' c ]      ──▶   [ f e d' c b a ][ … ]
import type { InteractionList, InteractionRow } from "../api/types";

export interface Merged {
    pages: InteractionList[];
    added: number;
    /// More arrived at once than one page holds, so what lies between is unknown: the older pages
    /// were let go and come back as one scrolls.
    gap: boolean;
}

export function merge_newest(pages: readonly InteractionList[], newest: InteractionList): Merged {
    const first = pages[0];
    const known = pages.flatMap((page) => page.interactions);
    const old_ids = new Set(known.map((row) => row.id));
    const added = newest.interactions.filter((row) => !old_ids.has(row.id)).length;
    // The newest page covers everything: it is the whole truth.
    if (!first || known.length === 0 || newest.next === null) {
        return { pages: [newest], added, gap: false };
    }
    const new_ids = new Set(newest.interactions.map((row) => row.id));
    // Below the lowest row that both know, the old pages still hold; above it, only the newest.
    let overlap = -1;
    known.forEach((row, index) => { if (new_ids.has(row.id)) overlap = index; });
    if (overlap < 0) return { pages: [newest], added, gap: true };

    const keep = (rows: readonly InteractionRow[], from: number) =>
        rows.filter((row, index) => from + index > overlap && !new_ids.has(row.id));
    let from = 0;
    const merged = pages.map((page, index) => {
        const kept = keep(page.interactions, from);
        from += page.interactions.length;
        return { ...page, total: newest.total,
                 interactions: index === 0 ? [...newest.interactions, ...kept] : kept };
    });
    return { pages: merged, added, gap: false };
}
