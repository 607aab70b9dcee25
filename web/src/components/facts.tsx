/// facts.tsx: names and values, as a list that reads like a line of text or like a small table.
import { Untrusted } from "./untrusted";
import style from "./facts.module.css";

interface FactsProps {
    facts: { label: string; value: string; says?: string }[];
    table?: boolean;
}

export function Facts({ facts, table = false }: FactsProps) {
    return (
        <dl className={table ? style.table : style.line}>
            {facts.map(({ label, value, says }) => (
                <div key={label} title={says}>
                    <dt><Untrusted text={label} /></dt>
                    <dd className={/^[$<−\d]/.test(value) ? "numbers" : undefined}><Untrusted text={value} />{says && <span className="faint"> ({says})</span>}</dd>
                </div>
            ))}
        </dl>
    );
}
