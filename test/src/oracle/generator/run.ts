import type { Said } from '../account/said.js';
import { drawFaults, type Fault } from './faults/index.js';
import { type Finding, findingOf } from './finding.js';
import { DILIGENCE, type Diligence, type History, historyOf } from './history.js';
import { judgeAll, Theatre } from './play.js';
import { Random } from './random.js';
import { shrink } from './shrink.js';
import { openStage } from './stage.js';
import { Tally } from './tally.js';
import { tell } from './tell.js';

export interface RunOptions {
  readonly seed: number;
  /** clauses that are left out */
  readonly off?: readonly string[];
  /** whether another history is to be played after so many */
  readonly goOn: (played: number) => boolean;
  /** whether a finding is told as shortly as it can be; true when left out */
  readonly shrinks?: boolean;
  /** takes each finding of a new kind as it is found */
  readonly onFinding?: (text: string) => void;
}

export interface Run {
  readonly tally: Tally;
  /** by what they say, which those of one kind say alike */
  readonly findings: ReadonlyMap<string, Found>;
}

/** A kind of finding. */
export interface Found {
  readonly count: number;
  /** the first of it, as short as it can be told */
  readonly told: string;
}

/** Plays histories and compares what the ledger permits with what the oracle does. */
export async function run(options: RunOptions): Promise<Run> {
  const theatre = await Theatre.open(await openStage());
  const off = new Set(options.off);
  const tally = new Tally();
  const findings = new Map<string, Found>();
  for (let number = 0; options.goOn(number); number += 1) {
    const { faults, diligence, history } = drawHistory(theatre, options.seed, number);
    const said = await theatre.play(history);
    const asked = judgeAll(said, theatre.start(history), off);
    tally.add(asked);
    const finding = findingOf(said, asked, theatre.start(history), off);
    if (!finding) continue;
    const before = findings.get(finding.key);
    if (before) {
      findings.set(finding.key, { ...before, count: before.count + 1 });
      continue;
    }
    const origin = { seed: options.seed, number };
    const told =
      options.shrinks === false
        ? finding.key
        : await shortest(theatre, off, { faults, diligence, finding, origin });
    findings.set(finding.key, { count: 1, told });
    options.onFinding?.(told);
  }
  return { tally, findings };
}

interface Drawn {
  readonly faults: readonly Fault[];
  readonly diligence: Diligence;
  readonly history: History;
}

/** The history of a number under a seed. */
function drawHistory({ stage }: Theatre, seed: number, number: number): Drawn {
  const random = new Random(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b));
  const { plan, journeys } = stage;
  const faults = drawFaults({ random, stage, plan, journey: journeys[0] });
  const diligence = random.of(DILIGENCE);
  return { faults, diligence, history: historyOf(plan, faults, diligence) };
}

async function shortest(
  theatre: Theatre,
  off: ReadonlySet<string>,
  found: Omit<Drawn, 'history'> & {
    readonly finding: Finding;
    readonly origin: { readonly seed: number; readonly number: number };
  },
): Promise<string> {
  const { plan } = theatre.stage;
  const attempt = async (history: History) => {
    const said = await theatre.play(history);
    const start = theatre.start(history);
    return findingOf(said, judgeAll(said, start, off), start, off);
  };
  const { faults, history } = await shrink(
    plan,
    found.faults,
    found.diligence,
    found.finding.key,
    attempt,
  );
  const said = await theatre.play(history);
  const start = theatre.start(history);
  const finding = findingOf(said, judgeAll(said, start, off), start, off) ?? found.finding;
  const until: readonly Said[] = said.slice(start, finding.said.index + 1);
  return tell(theatre.stage, finding, { ...found.origin, faults }, until);
}
