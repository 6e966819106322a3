import type { GatewayConfig } from '../config/config.js';
import type { Tracing } from './tracing.js';

/**
 * Traces to the configured collector; where there is none, nothing is loaded.
 * @throws Error when the file of headers cannot be read, or holds none
 */
export async function openTracing({
  telemetry,
}: Pick<GatewayConfig, 'telemetry'>): Promise<Tracing | undefined> {
  if (telemetry === undefined) return undefined;
  const { OtlpTracing } = await import('./otlp.js');
  const { headers: file, ...options } = telemetry;
  if (file === undefined) return new OtlpTracing(options);
  const { readCollectorHeaders } = await import('./collector-headers.js');
  return new OtlpTracing({ ...options, headers: await readCollectorHeaders(file) });
}
