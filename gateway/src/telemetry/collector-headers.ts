import { readFile } from 'node:fs/promises';
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { parseKeyPairsIntoRecord } from '@opentelemetry/core';

/**
 * Reads what a collector is shown with each batch: `name=value,…`, percent-encoded, as `OTEL_EXPORTER_OTLP_HEADERS` of
 * OpenTelemetry's specification has it. Values are secrets: no error quotes them.
 * @throws Error when the file cannot be read, or says something else
 */
export async function readCollectorHeaders(
  file: string,
): Promise<Readonly<Record<string, string>>> {
  const text = (await readFile(file, 'utf8')).trim();
  const headers = parseKeyPairsIntoRecord(text);
  const said = text.split(',').filter((each) => each.trim() !== '');
  if (said.length === 0 || said.length !== Object.keys(headers).length || !areHeaders(headers)) {
    throw new Error(`${file}: expected name=value, several apart by commas, percent-encoded`);
  }
  return headers;
}

function areHeaders(headers: Readonly<Record<string, string>>): boolean {
  try {
    for (const [name, value] of Object.entries(headers)) {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    }
    return true;
  } catch {
    return false;
  }
}
