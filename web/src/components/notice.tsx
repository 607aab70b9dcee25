/// notice.tsx: one thing the reader must know: what happened, and the mend.
import type { ReactNode } from "react";
import { Refusal } from "../api/client";
import { Warn } from "./icons";
import style from "./notice.module.css";

export function Notice({ tone, title, children }: { tone: "fail" | "warn" | "info"; title: string; children?: ReactNode }) {
    return (
        <div className={`${style.notice} ${style[tone]}`} role={tone === "fail" ? "alert" : "status"}>
            <Warn className={style.sign} />
            <div className={style.words}><strong>{title}</strong> {children}</div>
        </div>
    );
}

export function ErrorNotice({ error }: { error: unknown }) {
    const refusal = error instanceof Refusal ? error : null;
    return (
        <Notice tone="fail" title={refusal?.message ?? "This page failed."}>
            {refusal ? <>{refusal.mend} {refusal.where && <span className="faint">({refusal.where})</span>}</> : String(error)}
        </Notice>
    );
}

/// Where a list or a chart would stand, and nothing is there.
export function Nothing({ title, children }: { title: string; children?: ReactNode }) {
    return <div className={style.nothing}><h2>{title}</h2><div className="muted">{children}</div></div>;
}
