/// evaluators_page.tsx: what is evaluated and by which checks; every check with its sentence, its
/// parameters and its example, read off the same descriptors as the command line's help.
import { useQuery } from "@tanstack/react-query";
import { catalogue_query, dimensions_query } from "../../api/queries";
import { CopyButton } from "../../components/copy_button";
import { ErrorNotice } from "../../components/notice";
import { ScoreChip } from "../../components/score_mark";
import { words } from "../../lib/format";
import { score_tone } from "../../lib/score_tone";
import { build_evaluators_page_data, type CheckCard, type DimensionCard } from "./build_evaluators_page_data";
import { JudgesSection, OverlapSection } from "./judges_section";
import { TrustSection } from "./trust_section";
import style from "./evaluators.module.css";

export function EvaluatorsPage() {
    const catalogue = useQuery(catalogue_query());
    const configured = useQuery(dimensions_query());
    const error = catalogue.error ?? configured.error;
    const data = catalogue.data && configured.data && build_evaluators_page_data(catalogue.data, configured.data);
    return (
        <main id="main" className="page">
            <h1>Evaluators</h1>
            {error && <ErrorNotice error={error} />}
            <TrustSection />
            <JudgesSection />
            <OverlapSection />
            {data && (
                <div className={style.columns}>
                    <section aria-labelledby="dimensions">
                        <h2 id="dimensions" className={style.heading}>Dimensions <span className="faint numbers">{data.dimensions.length}</span></h2>
                        <div className={style.list}>{data.dimensions.map((one) => <Dimension key={one.name} dimension={one} />)}</div>
                        {data.slices.length > 0 && <p className={`small muted ${style.slices}`}>Sliced by {data.slices.map((slice, index) => <span key={slice}>{index > 0 && ", "}<code>{slice}</code></span>)}</p>}
                    </section>
                    <section aria-labelledby="checks">
                        <h2 id="checks" className={style.heading}>Checks <span className="faint numbers">{data.used.length + data.unused.length}</span></h2>
                        <div className={style.list}>
                            {data.used.map((check) => <Check key={check.name} check={check} />)}
                            {data.unused.length > 0 && <p className={`label ${style.unused}`}>Not used yet</p>}
                            {data.unused.map((check) => <Check key={check.name} check={check} />)}
                        </div>
                    </section>
                </div>
            )}
        </main>
    );
}

function Dimension({ dimension }: { dimension: DimensionCard }) {
    return (
        <article className={`card ${style.card}`} id={`dimension-${dimension.name}`}>
            <h3 className={style.name}>{dimension.title}</h3>
            <p className="muted">{dimension.says}</p>
            <p className="small faint">{dimension.owner || "no owner"}{dimension.rotation.length > 0 && ` · ${dimension.rotation.join(", ")}`}{dimension.notify.length > 0 && ` · notified by ${dimension.notify.join(", ")}`}</p>
            <ul className={style.evaluators}>
                {dimension.evaluators.map((evaluator) => (
                    <li key={evaluator.name}>
                        <div className={style.evaluator_head}><b>{evaluator.name}</b>{evaluator.check !== evaluator.name && <a href={`#check-${evaluator.check}`} className="small">{evaluator.check}</a>}
                            <code className={`faint ${style.version}`}>{evaluator.version}</code></div>
                        {evaluator.parameters && <pre className={style.parameters}>{evaluator.parameters}</pre>}
                        {evaluator.where && <p className="small faint">only where {evaluator.where}</p>}
                    </li>
                ))}
            </ul>
        </article>
    );
}

function Check({ check }: { check: CheckCard }) {
    return (
        <article className={`card ${style.card}`} id={`check-${check.name}`}>
            <div className={style.evaluator_head}>
                <h3 className={style.code_name}><code>{check.name}</code></h3>
                <span className="faint small">version {check.version}</span>
                <span className={style.uses}>{check.used_by.map(({ dimension, evaluator }) => <a key={`${dimension}/${evaluator}`} href={`#dimension-${dimension}`} className={style.use}>{words(dimension)}</a>)}</span>
            </div>
            <p className="muted">{check.says}</p>
            {check.takes.length > 0 && (
                <table className={style.takes}>
                    <thead className="only_read"><tr><th>Parameter</th><th>What it is</th><th>Example</th></tr></thead>
                    <tbody>{check.takes.map((one) => (
                        <tr key={one.name}><th scope="row"><code>{one.name}</code>{one.required && <span className={style.required} title="required">required</span>}</th>
                            <td>{one.says}</td><td><code className="faint">{one.example}</code></td></tr>
                    ))}</tbody>
                </table>
            )}
            <details className={style.example}>
                <summary>Example</summary>
                <div className={style.example_body}>
                    <div className={style.line}><pre>{check.configured}</pre><CopyButton text={check.configured} label="Copy for plimsoll.yaml" /></div>
                    <p className="small faint">on the interaction</p>
                    <pre>{check.example_interaction}</pre>
                    <p className="small">scores <ScoreChip tone={score_tone(Number(check.example_score))} text={Number(check.example_score).toFixed(2)} title="" /></p>
                </div>
            </details>
        </article>
    );
}
