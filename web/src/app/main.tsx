/// main.tsx: what the page stands on: the query cache, the routes, the theme.
import "@mantine/core/styles.css";
import "./tokens.css";
import "./base.css";
import { MantineProvider, localStorageColorSchemeManager } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Link, RouterProvider, createBrowserRouter } from "react-router-dom";
import { Refusal } from "../api/client";
import { Nothing } from "../components/notice";
import { AlertPage } from "../features/alerts/alert_page";
import { AlertsPage } from "../features/alerts/alerts_page";
import { ComparePage } from "../features/compare/compare_page";
import { DimensionPage } from "../features/dimension/dimension_page";
import { EvaluatorsPage } from "../features/evaluators/evaluators_page";
import { InteractionsPage } from "../features/interactions/interactions_page";
import { LabellingPage } from "../features/labelling/labelling_page";
import { RecordsPage } from "../features/records/records_page";
import { ScorecardPage } from "../features/scorecard/scorecard_page";
import { TracePage } from "../features/trace/trace_page";
import { PageError } from "./page_error";
import { Shell } from "./shell";
import { theme, variables } from "./theme";

const client = new QueryClient({
    defaultOptions: {
        queries: {
            // What was refused with a reason will be refused again; a silent server may come back.
            retry: (count, error) => count < 30 && error instanceof Refusal && (error.status === 0 || error.status >= 500),
            retryDelay: (count) => Math.min(1000 * 2 ** count, 5000),
            staleTime: 5_000,
            refetchOnWindowFocus: false,
        },
    },
});

const router = createBrowserRouter([{
    path: "/",
    element: <Shell />,
    errorElement: <PageError />,
    children: [{
        errorElement: <PageError />,
        children: [
            { index: true, element: <ScorecardPage /> },
            { path: "interactions", element: <InteractionsPage /> },
            { path: "interactions/:id", element: <TracePage /> },
            { path: "evaluators", element: <EvaluatorsPage /> },
            { path: "alerts", element: <AlertsPage /> },
            { path: "alerts/:id", element: <AlertPage /> },
            { path: "dimensions/:name", element: <DimensionPage /> },
            { path: "compare", element: <ComparePage /> },
            { path: "records", element: <RecordsPage /> },
            { path: "label", element: <LabellingPage /> },
            { path: "*", element: <main id="main" className="page"><Nothing title="There is no such page"><Link to="/">To the scorecard</Link></Nothing></main> },
        ],
    }],
}], { future: { v7_relativeSplatPath: true } });

createRoot(document.getElementById("root")!).render(
    <StrictMode>
        <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto"
                         colorSchemeManager={localStorageColorSchemeManager({ key: "plimsoll-scheme" })}>
            <QueryClientProvider client={client}>
                <RouterProvider router={router} future={{ v7_startTransition: true }} />
            </QueryClientProvider>
        </MantineProvider>
    </StrictMode>,
);
