import {
  type Foreseen,
  foreseenIn,
  type GateOutlook,
  nextGateIn,
  type Outlook,
} from '@veinledger/domain';
import type { TherapyTrace } from '../reads/therapy-lists.js';
import { type Obstacle, obstaclesOf } from './obstacles.js';

/** How many doses came to what. */
export type Doses = Readonly<Record<'given' | 'interrupted' | 'not-started', number>>;

/** How a therapy stands: what is in its way now, and what was refused on the way. */
export interface Verdict {
  /** whether something stops the therapy itself, or only things in it, or nothing, or nothing that the reader sees */
  readonly blocked: 'wholly' | 'partly' | 'not' | 'unseen';
  /** the gate that the therapy comes to next; undefined after the last, and where the reader does not see it */
  readonly next: GateOutlook | undefined;
  readonly obstacles: readonly Obstacle[];
  readonly foreseen: readonly Foreseen[];
  /** whether the reader does not see all that counts */
  readonly partial: boolean;
  readonly refused: number;
  readonly lateEntries: number;
  /** undefined where the reader sees no doses */
  readonly doses: Doses | undefined;
}

/** The verdict at a glance: what the next gates would say, and what nobody has settled; nothing is decided anew. */
export function verdictOf(trace: TherapyTrace, outlook: Outlook): Verdict {
  const { therapy, records } = trace;
  const name = `therapy ${therapy.coi}`;
  const obstacles = obstaclesOf(trace);
  const foreseen = foreseenIn(outlook);
  const partial = outlook.partial === true;
  const wholly =
    obstacles.some(({ stops }) => stops.includes(name)) ||
    foreseen.some(({ refused }) => refused.some(({ subject }) => subject === name));
  const partly = obstacles.length > 0 || foreseen.length > 0;
  return {
    blocked: wholly ? 'wholly' : partly ? 'partly' : partial ? 'unseen' : 'not',
    next: nextGateIn(outlook),
    obstacles,
    foreseen,
    partial,
    refused: records.filter(({ decision }) => decision === 'refused').length,
    lateEntries: records.filter(({ lateEntry }) => lateEntry).length,
    doses: dosesIn(outlook),
  };
}

function dosesIn({ things, partial }: Outlook): Doses | undefined {
  const doses = things.filter(({ subject }) => subject.startsWith('dose '));
  if (partial && doses.length === 0) return undefined;
  const count = (state: keyof Doses) => doses.filter((dose) => dose.state === state).length;
  return {
    given: count('given'),
    interrupted: count('interrupted'),
    'not-started': count('not-started'),
  };
}
