/// compare_page.tsx: two versions of a model or a prompt side by side, on the traffic that each had.
import { useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router-dom";
import { facets_query, scorecard_query } from "../../api/queries";
import { ErrorNotice, Nothing } from "../../components/notice";
import { Untrusted } from "../../components/untrusted";
import { plural } from "../../lib/format";
import { build_compare_rows } from "./build_compare_data";
import style from "./compare.module.css";

const elements = ["model", "prompt", "service", "environment"] as const;

export function ComparePage() {
    const [address, set_address] = useSearchParams();
    const of = address.get("of") ?? elements[0];
    const facets = useQuery(facets_query("all of it", () => ({})));
    const values = facets.data?.facets.find(({ name }) => name === of)?.values ?? [];
    const first = address.get("first") ?? values[1]?.value ?? "";
    const second = address.get("second") ?? values[0]?.value ?? "";
    const one = useQuery({ ...scorecard_query(`compare ${of} ${first}`, () => ({ [of]: first })), enabled: first !== "" });
    const other = useQuery({ ...scorecard_query(`compare ${of} ${second}`, () => ({ [of]: second })), enabled: second !== "" });
    const choose = (key: string, value: string) => {
        const next = new URLSearchParams(key === "of" ? {} : address);
        next.set(key, value);
        set_address(next, { replace: true });
    };
    const error = one.error ?? other.error;
    return (
        <main id="main" className="page">
            <p className="small"><Link to="/">Scorecard</Link></p>
            <h1>Compare</h1>
            <div className={style.bar}>
                <label className="small">By <select value={of} onChange={({ target }) => choose("of", target.value)}>{elements.map((name) => <option key={name}>{name}</option>)}</select></label>
                {(["first", "second"] as const).map((side) => (
                    <label key={side} className="small">{side === "first" ? "From" : "to"} <select value={side === "first" ? first : second} onChange={({ target }) => choose(side, target.value)}>
                        {values.map(({ value }) => <option key={value} value={value}>{value}</option>)}</select></label>))}
            </div>
            {error && <ErrorNotice error={error} />}
            {facets.data && values.length < 2 && <Nothing title={`There is only one ${of} so far`}>Two are needed to compare.</Nothing>}
            {one.data && other.data && first !== second && <>
                <div className={`card ${style.scroll}`}>
                    <table className={`${style.table} numbers`}>
                        <thead><tr><th>Dimension</th><th><Untrusted text={first} /> <span className="faint">{plural(one.data.interactions, "interaction")}</span></th>
                            <th><Untrusted text={second} /> <span className="faint">{plural(other.data.interactions, "interaction")}</span></th><th>Difference, 95%</th></tr></thead>
                        <tbody>{build_compare_rows(one.data, other.data).map((row) => (
                            <tr key={row.name}><th scope="row"><Link to={`/dimensions/${row.name}`}>{row.title}</Link></th><td>{row.first}</td><td>{row.second}</td>
                                <td className={row.certain ? style[row.certain] : ""}>{row.difference}{row.certain && <b> {row.certain}</b>}</td></tr>))}</tbody>
                    </table>
                </div>
                <p className="muted small">Each answered its own traffic, so a difference may be the traffic's. On the same inputs: <code>plimsoll gate</code> with a bundle or a dataset.</p>
            </>}
        </main>
    );
}
