import { Session } from 'node:inspector/promises';

/** What CPU time is spent on. */
export const PARTS = ['verify', 'contract', 'store', 'http', 'collector', 'other'] as const;
export type Part = (typeof PARTS)[number];

const SAMPLE_MICROSECONDS = 500;

/** Whose code a frame is, by its file; the first that fits. Frames of others count as their caller's. */
const PATHS: readonly (readonly [Part, RegExp])[] = [
  ['verify', /\/chaincode\/dist\/crypto\//],
  ['contract', /\/chaincode\/dist\/|\/node_modules\/fabric-(?:shim|contract-api)\//],
  ['store', /\/gateway\/dist\/ledger\/|\/node_modules\/(?:classic|abstract)-level\//],
  ['http', /\/gateway\/dist\/|^node:(?:_http|net|http)|\/node_modules\/(?:express|pino|jose)/],
];

interface Frame {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[] | undefined;
}

/** Samples where this thread spends its CPU time. */
export class CpuProfile {
  readonly #session = new Session();

  async start(): Promise<void> {
    this.#session.connect();
    await this.#session.post('Profiler.enable');
    await this.#session.post('Profiler.setSamplingInterval', { interval: SAMPLE_MICROSECONDS });
    await this.#session.post('Profiler.start');
  }

  /** Milliseconds of this thread's time by part; idle time is left out. */
  async stop(): Promise<Readonly<Record<Part, number>>> {
    const { profile } = await this.#session.post('Profiler.stop');
    this.#session.disconnect();
    const partOf = partsByFrame(profile.nodes);
    const spent = { verify: 0, contract: 0, store: 0, http: 0, collector: 0, other: 0 };
    const deltas = profile.timeDeltas ?? [];
    (profile.samples ?? []).forEach((id, index) => {
      const part = partOf.get(id);
      if (part !== undefined) spent[part] += (deltas[index] ?? 0) / 1000;
    });
    return spent;
  }
}

function partsByFrame(nodes: readonly Frame[]): ReadonlyMap<number, Part> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parts = new Map<number, Part>();
  const walk = (node: Frame, inherited: Part): void => {
    const { functionName, url } = node.callFrame;
    if (functionName === '(idle)') return;
    const own = PATHS.find(([, path]) => path.test(url))?.[0];
    const part = functionName === '(garbage collector)' ? 'collector' : (own ?? inherited);
    parts.set(node.id, part);
    for (const id of node.children ?? []) {
      const child = byId.get(id);
      if (child) walk(child, part);
    }
  };
  const [root] = nodes;
  if (root) walk(root, 'other');
  return parts;
}
