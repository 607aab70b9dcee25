/// icons.tsx: the few signs the page uses, drawn on a grid of 16.
import type { ReactNode } from "react";

interface IconProps {
    size?: number;
    className?: string;
}

const icon = (drawing: ReactNode) => function Icon({ size = 16, className }: IconProps) {
    return <svg width={size} height={size} viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5"
                strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" className={className}>{drawing}</svg>;
};

/// The load line: a ring, and the line that says how deep is safe.
export const Mark = icon(<><circle cx="8" cy="8" r="4.7" strokeWidth="1.7" /><path d="M.9 8h14.2" strokeWidth="1.7" /></>);
export const Chevron = icon(<path d="m6 3.5 4.5 4.5L6 12.5" />);
export const Sun = icon(<><circle cx="8" cy="8" r="2.8" /><path d="M8 1.2v1.3M8 13.5v1.3M1.2 8h1.3M13.5 8h1.3M3.2 3.2l.9.9M11.9 11.9l.9.9M3.2 12.8l.9-.9M11.9 4.1l.9-.9" /></>);
export const Moon = icon(<path d="M13.4 9.7A5.8 5.8 0 0 1 6.3 2.6a5.8 5.8 0 1 0 7.1 7.1Z" />);
export const Half = icon(<><circle cx="8" cy="8" r="5.8" /><path d="M8 2.2a5.8 5.8 0 0 1 0 11.6Z" fill="currentColor" stroke="none" /></>);
export const Search = icon(<><circle cx="7" cy="7" r="4.3" /><path d="m10.3 10.3 3.4 3.4" /></>);
export const Funnel = icon(<path d="M2 3.5h12M4.5 8h7M6.8 12.5h2.4" />);
export const Copy = icon(<><rect x="5.5" y="5.5" width="8" height="8" rx="1.5" /><path d="M3.5 10.5h-.2a1 1 0 0 1-1-1V3.3a1 1 0 0 1 1-1h6.2a1 1 0 0 1 1 1v.2" /></>);
export const Tick = icon(<path d="m3 8.5 3.4 3.4L13 4.8" />);
export const Cross = icon(<path d="m4 4 8 8M12 4l-8 8" />);
export const Warn = icon(<><path d="M8 2.2 14.4 13.3H1.6Z" /><path d="M8 6.4v3.2M8 11.4v.1" /></>);
export const Up = icon(<path d="M8 13V3.2M3.8 7.2 8 3l4.2 4.2" />);
export const Calendar = icon(<><rect x="2.2" y="3.2" width="11.6" height="10.4" rx="1.5" /><path d="M2.2 6.6h11.6M5.3 1.8v2.4M10.7 1.8v2.4" /></>);
export const Fold = icon(<path d="m4.5 6.2 3.5-3.5 3.5 3.5M4.5 9.8l3.5 3.5 3.5-3.5" />);

const kinds: Record<string, (props: IconProps) => ReactNode> = {
    model_call: icon(<path d="M8 1.8c.5 3.6 2.6 5.7 6.2 6.2-3.6.5-5.7 2.6-6.2 6.2-.5-3.6-2.6-5.7-6.2-6.2C5.4 7.5 7.5 5.4 8 1.800Z" />),
    tool_call: icon(<path d="M10.2 2.400a3.6 3.6 0 0 0-3.1 5.100L2.4 12.200a1 1 0 0 0 1.4 1.400l4.7-4.700a3.6 3.6 0 0 0 4.9-4.300l-2.1 2-1.9-.5-.5-1.900Z" />),
    retrieval: icon(<path d="M8 4c-1.3-1-3.3-1.3-5.5-1.200v9.400c2.2-.1 4.2.2 5.5 1.2 1.3-1 3.3-1.3 5.5-1.200V2.800C11.3 2.7 9.3 3 8 4Zm0 0v9.3" />),
    rerank: icon(<path d="M3 4h10M3 8h7M3 12h4" />),
    embedding: icon(<><circle cx="4" cy="11.5" r="1.3" /><circle cx="11.5" cy="10" r="1.3" /><circle cx="7.5" cy="4.5" r="1.3" /></>),
    agent: icon(<><circle cx="8" cy="5.2" r="2.7" /><path d="M2.8 13.600a5.2 5.2 0 0 1 10.4 0" /></>),
    workflow: icon(<><rect x="1.9" y="2.5" width="4.2" height="4.2" rx="1" /><rect x="9.9" y="9.3" width="4.2" height="4.2" rx="1" /><path d="M4 6.700v3.200a1.5 1.5 0 0 0 1.5 1.500h4.4" /></>),
    guardrail: icon(<path d="M8 1.9 13 3.800v4c0 3-2 5.2-5 6.3-3-1.1-5-3.3-5-6.300v-4Z" />),
    evaluator: icon(<path d="M2.5 12.500h11M4.5 12.500V8M8 12.500V3.500M11.5 12.500V6" />),
};
const Other = icon(<circle cx="8" cy="8" r="2.2" />);

/// The sign of a step's kind, in its colour.
export function KindIcon({ kind, size = 14 }: { kind: string; size?: number }) {
    const Drawing = kinds[kind] ?? Other;
    return <span style={{ color: kind_colour(kind), display: "inline-flex" }}><Drawing size={size} /></span>;
}

export function kind_colour(kind: string): string {
    return { model_call: "var(--kind-model)", embedding: "var(--kind-model)", tool_call: "var(--kind-tool)",
             retrieval: "var(--kind-retrieval)", rerank: "var(--kind-retrieval)", agent: "var(--kind-agent)",
             workflow: "var(--kind-agent)" }[kind] ?? "var(--kind-other)";
}
