import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Part, Told } from './part.js';
import { Tally } from './tally.js';

const PROCESS = fileURLToPath(new URL('part-process.js', import.meta.url));

/** What all parts came to together. */
export interface Together {
  readonly tally: Tally;
  /** how often each kind of finding was met */
  readonly findings: ReadonlyMap<string, number>;
  /** how often what is known to be open was met, by its name */
  readonly open: ReadonlyMap<string, number>;
}

/**
 * Plays the histories of one seed in as many processes as there are cores, each its own share of them.
 * @param onFinding takes each finding of a new kind as it is found
 * @throws Error when a process ends without having said what it came to
 */
export async function playSideBySide(
  asked: Omit<Part, 'first' | 'of'>,
  onFinding: (text: string) => void,
): Promise<Together> {
  const of = availableParallelism();
  const tally = new Tally();
  const findings = new Map<string, number>();
  const open = new Map<string, number>();
  const seen = new Set<string>();
  const take = (told: Told) => {
    if ('finding' in told) {
      if (!seen.has(told.finding.key)) onFinding(told.finding.told);
      seen.add(told.finding.key);
      return;
    }
    tally.addAll(told.counts);
    for (const [key, count] of told.findings) findings.set(key, (findings.get(key) ?? 0) + count);
    for (const [name, count] of told.open) open.set(name, (open.get(name) ?? 0) + count);
  };
  const parts = Array.from({ length: of }, (_, first) => playIn({ ...asked, first, of }, take));
  await Promise.all(parts);
  return { tally, findings, open };
}

function playIn(part: Part, take: (told: Told) => void): Promise<void> {
  return new Promise((done, failed) => {
    const child = fork(PROCESS, [JSON.stringify(part)]);
    let ended = false;
    child.on('message', (message) => {
      const told = message as Told;
      ended ||= 'counts' in told;
      take(told);
    });
    child.once('error', failed);
    child.once('exit', (code) => {
      if (ended && code === 0) done();
      else failed(new Error(`histories from ${part.first} on: the process ended with ${code}`));
    });
  });
}
