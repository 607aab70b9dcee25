/// standing.tsx: at a glance beside a dimension: alerts that wait for somebody, what is withheld, and how
/// many of its evaluators have been shown to agree with people.
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router-dom";
import { alerts_query, trust_query } from "../../api/queries";
import { plural } from "../../lib/format";
import style from "./scorecard.module.css";

export function Standing({ dimension }: { dimension: string }) {
    const alerts = useQuery({ ...alerts_query(), retry: false }).data;
    const trust = useQuery({ ...trust_query(), retry: false }).data;
    const waiting = alerts?.alerts.filter((one) => one.dimension === dimension && (one.state === "open" || one.state === "acknowledged")) ?? [];
    const withheld = alerts?.withheld.filter(({ finding }) => finding.dimension === dimension && !finding.ended) ?? [];
    const evaluators = trust?.evaluators.filter((one) => one.dimension === dimension) ?? [];
    const open = evaluators.filter((one) => one.trust === "open").length;
    if (waiting.length + withheld.length + evaluators.length === 0) return null;
    return (
        <p className={`small ${style.standing}`}>
            {waiting.length > 0 && <Link to={waiting.length === 1 ? `/alerts/${waiting[0]!.id}` : "/alerts"} className={style.alert}>{plural(waiting.length, "alert")}</Link>}
            {withheld.length > 0 && <Link to="/alerts" className={style.held}>{withheld.length} withheld</Link>}
            {evaluators.length > 0 && <Link to="/evaluators" className="faint">{open === 0 ? "no evaluator is trusted yet" : `${open} of ${plural(evaluators.length, "evaluator")} trusted`}</Link>}
        </p>
    );
}
