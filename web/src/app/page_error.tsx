import { useRouteError } from "react-router-dom";
import { ErrorNotice } from "../components/notice";

/// A fault of ours in one page; the rest of the tool stays.
export function PageError() {
    const error = useRouteError();
    return (
        <main id="main" className="page">
            <ErrorNotice error={error} />
            <p style={{ marginTop: 12 }}><a href="/">Back to the scorecard</a></p>
        </main>
    );
}
