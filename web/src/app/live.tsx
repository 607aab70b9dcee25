/// live.tsx: keeps the page true. When the generation moves, everything that depends on it is asked
/// again while the old figures stay on screen. A slow answer is waited for, never cancelled: on a
/// busy server each second's question would otherwise kill the last.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { status_query } from "../api/queries";

export function Live() {
    const client = useQueryClient();
    const { data, dataUpdatedAt } = useQuery(status_query());
    const seen = useRef<number | undefined>(undefined);
    useEffect(() => {
        if (!data || data.generation === seen.current) return;
        if (seen.current === undefined) {  // The page's own first questions are as new as this.
            seen.current = data.generation;
            return;
        }
        if (client.isFetching({ queryKey: ["live"] }) > 0) return;  // Next second.
        seen.current = data.generation;
        void client.invalidateQueries({ queryKey: ["live"] }, { cancelRefetch: false });
    }, [data, dataUpdatedAt, client]);
    return null;
}
