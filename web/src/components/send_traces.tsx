/// send_traces.tsx: what a newcomer sees: how to send the first trace.
import { useQuery } from "@tanstack/react-query";
import { status_query } from "../api/queries";
import { environment_variables } from "../lib/environment_variables";
import { CopyButton } from "./copy_button";
import { Mark } from "./icons";
import style from "./send_traces.module.css";

export function SendTraces() {
    const { data } = useQuery(status_query());
    if (!data) return null;
    const variables = environment_variables(data.endpoints);
    return (
        <section className={`card ${style.box}`} aria-labelledby="send-traces">
            <Mark size={40} className={style.sign} />
            <h1 id="send-traces">Ready for the first trace</h1>
            <p className="muted">Point any OpenTelemetry SDK or OpenInference instrumentation here. Its interactions appear
                on this page a few seconds after they end, scored on every dimension.</p>
            <Block title="OTLP over HTTP" text={variables.http} />
            <Block title="OTLP over gRPC" text={variables.grpc} />
            <p className="small faint">Answers and questions are shown only if your instrumentation sends content; many need a switch for that,
                for example <code>OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true</code>.</p>
        </section>
    );
}

function Block({ title, text }: { title: string; text: string }) {
    return (
        <div className={style.block}>
            <div className={style.head}><span className="label">{title}</span><CopyButton text={text} label={`Copy the variables for ${title}`} /></div>
            <pre tabIndex={0}>{text}</pre>
        </div>
    );
}
