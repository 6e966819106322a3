const ANSWER_MS = 2000;

/**
 * Reads one gauge of a node from its operations endpoint, Prometheus text format.
 * @returns undefined when the node does not answer or has no such gauge
 */
export async function readGauge(
  address: string,
  name: string,
  channel: string,
): Promise<number | undefined> {
  const text = await get(`http://${address}/metrics`);
  const start = `${name}{`;
  const line = text
    ?.split('\n')
    .find((each) => each.startsWith(start) && each.includes(`channel="${channel}"`));
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ') + 1));
}

async function get(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
    const text = await response.text();
    return response.ok ? text : undefined;
  } catch {
    return undefined;
  }
}
