// A tracer provider that sends each span as it ends, by one of the three OTLP transports.
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPTraceExporter as OverGrpc } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as OverJson } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as OverProtobuf } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

const need = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: ./run test starts a server and sets it`);
  return value;
};

const exporters = {
  grpc: () => new OverGrpc({ url: need('PLIMSOLL_GRPC') }),
  protobuf: () => new OverProtobuf({ url: `${need('PLIMSOLL_HTTP')}/v1/traces` }),
  json: () => new OverJson({ url: `${need('PLIMSOLL_HTTP')}/v1/traces` }),
  gzip: () => new OverProtobuf({ url: `${need('PLIMSOLL_HTTP')}/v1/traces`, compression: 'gzip' }),
};
export const transports = Object.keys(exporters);

const resourceOf = (service) =>
  resourceFromAttributes({ 'service.name': service, 'deployment.environment.name': 'test' });

/// Log records of that service, for instrumentations that tell content there.
export function startLogs(service) {
  const exporter = new OTLPLogExporter({ url: `${need('PLIMSOLL_HTTP')}/v1/logs` });
  return new LoggerProvider({ resource: resourceOf(service), processors: [new BatchLogRecordProcessor({ exporter })] });
}

export function startTelemetry(transport, service) {
  const provider = new NodeTracerProvider({
    resource: resourceOf(service),
    spanProcessors: [new BatchSpanProcessor(exporters[transport](), { scheduledDelayMillis: 50 })],
  });
  provider.register(); // The AI SDK finds parents through the global context manager.
  return provider;
}
