import { isOf, type Said } from '../account/said.js';
import { unalertedAfter } from './alerted.js';
import { dependsOnArm } from './blinded.js';
import { type Asked, drawHistory, type Drawn } from './draw.js';
import { type Finding, findingOf } from './finding.js';
import { openBehind } from './found.js';
import type { History } from './history.js';
import { judgeAll, type Theatre } from './play.js';
import { unnamedAfter } from './named-next.js';
import { kept } from './replay.js';
import { shrink } from './shrink.js';
import { decideSigned } from './signed.js';
import { Tally } from './tally.js';
import { type Origin, tell } from './tell.js';
import { Theatres } from './theatres.js';
import { stuckAfter } from './way-on.js';

export interface RunOptions extends Asked {
  /** clauses that are left out */
  readonly off?: readonly string[];
  /** whether another history is to be played after so many */
  readonly goOn: (played: number) => boolean;
  /** whether a finding is told as shortly as it can be; true when left out */
  readonly shrinks?: boolean;
  /** the number of the first history; 0 when left out */
  readonly first?: number;
  /** the numbers of the histories, in the order in which they are played; all from the first on when left out */
  readonly numbers?: readonly number[];
  /** the id of the process that every history is of; of each alike when left out */
  readonly process?: string;
  /** takes each finding of a new kind as it is found */
  readonly onFinding?: (text: string) => void;
}

export interface Run {
  readonly tally: Tally;
  /** by what they say, which those of one kind say alike */
  readonly findings: ReadonlyMap<string, Kind>;
  /** how often what is known to be open was met, by its name */
  readonly open: ReadonlyMap<string, number>;
}

/** A kind of finding. */
export interface Kind {
  readonly count: number;
  /** the first of it, as short as it can be told */
  readonly told: string;
}

/** Plays histories and compares what the ledger permits with what the oracle does. */
export async function run(options: RunOptions): Promise<Run> {
  const theatres = new Theatres();
  const off = new Set(options.off);
  const tally = new Tally();
  const findings = new Map<string, Kind>();
  const open = new Map<string, number>();
  let played = 0;
  for (const number of options.numbers ?? numbersFrom(options.first ?? 0)) {
    if (!options.goOn(played)) break;
    played += 1;
    const theatre = await theatres.of(number, options.process);
    const drawn = drawHistory(theatre, options, number);
    const origin = { seed: options.seed, number, faults: drawn.faults };
    const player = await theatre.playOut(drawn.history);
    const asked = judgeAll(player.said, theatre.start(drawn.history), off);
    tally.add(asked);
    if (number % SIGNED_OF === SIGNED_AT) {
      const told = await toldOfSigning(theatre, player.said, origin);
      if (told !== undefined) note(findings, told, options.onFinding);
      tally.signed += 1;
    }
    const found: (readonly [Finding | undefined, Search])[] = [
      [findingOf(player.said, asked, theatre.start(drawn.history), off), disagreeing(theatre, off)],
    ];
    if (number % LED_ON_OF === LED_ON_AT && wasOrdered(theatre, player.said)) {
      tally.ledOn += 1;
      found.push(
        [await stuckAfter(theatre.stage, player), stuck(theatre)],
        [await unnamedAfter(theatre.stage, player), unnamed(theatre)],
      );
    }
    found.push([await unalertedAfter(theatre.stage, player), unalerted(theatre)]);
    found.push([await dependsOnArm(theatre, drawn.history), inArms(theatre)]);
    for (const [finding, search] of found) {
      if (!finding) continue;
      const known = openBehind(finding);
      for (const name of known ?? []) open.set(name, (open.get(name) ?? 0) + 1);
      if (known) continue;
      const key = JSON.stringify([theatre.stage.definition.id, finding.key]);
      const told =
        findings.has(key) || options.shrinks === false
          ? finding.key
          : await shortest(theatre, search, { ...drawn, finding, origin });
      note(findings, { key, told }, options.onFinding);
    }
  }
  return { tally, findings, open };
}

/** Whether there is a therapy that somebody can lead on. */
function wasOrdered({ stage }: Theatre, said: readonly Said[]): boolean {
  const [{ coi }] = stage.journeys;
  return said
    .filter((each) => isOf(each, 'therapy:OrderTherapy'))
    .some(({ body, answer }) => body.coi === coi && answer.outcome === 'permitted');
}

function* numbersFrom(first: number): Iterable<number> {
  for (let number = first; ; number += 1) yield number;
}

/** One history of so many is signed and decided by a ledger too: this one. */
const SIGNED_OF = 500;
const SIGNED_AT = 99;

/** From the end of one history of so many somebody must lead on: from this one's. */
const LED_ON_OF = 10;
const LED_ON_AT = 3;

/** Plays a history and gives what it finds. */
type Search = (history: History) => Promise<Finding | undefined>;

/** What the ledger and the oracle disagree about in a history. */
export function disagreeing(theatre: Theatre, off: ReadonlySet<string>): Search {
  return async (history) => {
    const said = await theatre.play(history);
    const start = theatre.start(history);
    return findingOf(said, judgeAll(said, start, off), start, off);
  };
}

/** What nobody can lead on from where a history ends. */
export function stuck(theatre: Theatre): Search {
  return async (history) => stuckAfter(theatre.stage, await theatre.playOut(history));
}

/** What stands still where a history ends, and names nobody. */
export function unnamed(theatre: Theatre): Search {
  return async (history) => unnamedAfter(theatre.stage, await theatre.playOut(history));
}

/** What was found of a run where a history ends, of which nobody is alerted. */
export function unalerted(theatre: Theatre): Search {
  return async (history) => unalertedAfter(theatre.stage, await theatre.playOut(history));
}

/** What is answered otherwise in another arm. */
export function inArms(theatre: Theatre): Search {
  return async (history) => dependsOnArm(theatre, history);
}

async function toldOfSigning(
  { stage }: Theatre,
  said: readonly Said[],
  origin: Origin,
): Promise<{ readonly key: string; readonly told: string } | undefined> {
  const difference = await decideSigned(stage, said);
  if (!difference) return undefined;
  const key = `${difference.said.type} decided otherwise when it was signed`;
  const finding = { key, points: [], said: difference.said };
  const told = [
    tell(stage, finding, origin, [difference.said]),
    `  played: ${JSON.stringify(difference.played)}`,
    `  signed: ${JSON.stringify(difference.decided)}`,
  ].join('\n');
  return { key, told };
}

function note(
  findings: Map<string, Kind>,
  { key, told }: { readonly key: string; readonly told: string },
  tellIt: RunOptions['onFinding'],
): void {
  const before = findings.get(key);
  findings.set(key, { told: before?.told ?? told, count: (before?.count ?? 0) + 1 });
  if (!before) tellIt?.(told);
}

async function shortest(
  theatre: Theatre,
  search: Search,
  found: Drawn & { readonly finding: Finding; readonly origin: Origin },
): Promise<string> {
  const { plan } = theatre.stage;
  const { key } = found.finding;
  const { faults, history } = await shrink(plan, found.faults, found.diligence, key, search);
  const said = await theatre.play(history);
  const finding = (await search(history)) ?? found.finding;
  const until: readonly Said[] = said.slice(theatre.start(history), finding.said.index + 1);
  return [
    tell(theatre.stage, finding, { ...found.origin, faults }, until),
    `  kept: ${JSON.stringify(kept(theatre.stage, finding.key, history))}`,
  ].join('\n');
}
