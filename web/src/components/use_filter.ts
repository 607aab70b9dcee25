/// use_filter.ts: the filter in the address, and how to change it. Changing replaces no history while
/// one types, and adds a step where one chooses.
import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router-dom";
import { read_filter, write_filter, type Filter } from "../lib/filter";

export function use_filter(): [Filter, (filter: Filter, how?: { replace: boolean }) => void] {
    const [address, set_address] = useSearchParams();
    const filter = useMemo(() => read_filter(address), [address]);
    const set_filter = useCallback((next: Filter, how = { replace: false }) =>
        set_address(write_filter(next), { ...how, preventScrollReset: true }), [set_address]);
    return [filter, set_filter];
}
