import type { GatewayConfig } from '../config/config.js';
import type { Tracing } from './tracing.js';

/** Traces to the configured collector; where there is none, nothing is loaded. */
export async function openTracing({
  telemetry,
}: Pick<GatewayConfig, 'telemetry'>): Promise<Tracing | undefined> {
  if (telemetry === undefined) return undefined;
  const { OtlpTracing } = await import('./otlp.js');
  return new OtlpTracing(telemetry);
}
