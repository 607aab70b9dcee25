// A tracer provider that sends each span as it ends, by one of the three OTLP transports.
import { OTLPTraceExporter as OverGrpc } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as OverJson } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as OverProtobuf } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
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

export function startTelemetry(transport, service) {
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      'service.name': service,
      'deployment.environment.name': 'test',
    }),
    spanProcessors: [new BatchSpanProcessor(exporters[transport](), { scheduledDelayMillis: 50 })],
  });
  provider.register(); // The AI SDK finds parents through the global context manager.
  return provider;
}
