/// when.tsx: an instant in the reader's zone; UTC on hover, since logs speak UTC.
import { format_time, format_utc } from "../lib/time";

export function When({ time, className }: { time: string; className?: string }) {
    return <time dateTime={time} title={format_utc(time)} className={`numbers ${className ?? ""}`}>{format_time(time, Date.now())}</time>;
}
