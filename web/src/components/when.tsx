/// when.tsx: an instant in the reader's zone; UTC on hover, since logs speak UTC.
import { format_moment, format_time, format_utc } from "../lib/time";

/// Always with its day, without seconds: for the ends of a stretch.
export function Moment({ time }: { time: string }) {
    return <time dateTime={time} title={format_utc(time)} className="numbers">{format_moment(time, 0)}</time>;
}

export function When({ time, className }: { time: string; className?: string }) {
    return <time dateTime={time} title={format_utc(time)} className={`numbers ${className ?? ""}`}>{format_time(time, Date.now())}</time>;
}
