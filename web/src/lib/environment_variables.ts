/// environment_variables.ts: what one sets so that any OpenTelemetry SDK sends here.
import type { Status } from "../api/types";

export function environment_variables(endpoints: Status["endpoints"]): { http: string; grpc: string } {
    const block = (endpoint: string, protocol: string) =>
        `export OTEL_EXPORTER_OTLP_ENDPOINT=http://${endpoint}\nexport OTEL_EXPORTER_OTLP_PROTOCOL=${protocol}`;
    return { http: block(endpoints.http, "http/protobuf"), grpc: block(endpoints.grpc, "grpc") };
}
