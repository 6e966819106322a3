import {
  type GateOutlook,
  hindrancesOf,
  type Outlook,
  type StatedReason,
  stateIn,
  type ThingState,
} from '@veinledger/domain';
import { readOutlook } from '@veinledger/domain/execution';
import { StateReader } from '@veinledger/chaincode/commands';
import type { Committed, TherapyJourney } from '#scripts';
import type { MemorySubmitter } from '../support/memory.js';

/** What a gate says of who asks, of how it is asked and of the bedside's minutes, which nobody can know beforehand. */
const OF_WHO_ASKS: ReadonlySet<string> = new Set([
  'ALREADY_APPROVED',
  'ALREADY_CERTIFIED',
  'ALREADY_REVIEWED',
  'IDENTITY_MISMATCH',
  'MAKER',
  'NOT_HOLDER',
  'NOT_REVIEWED',
  'NOT_VERIFIED',
  'SAME_PERSON',
  'TOKEN_NOT_READ',
  'VERIFICATION_USED',
]);

/** What a gate answered, and what had been foreseen of it at that very moment. */
export interface Compared {
  readonly answered: readonly string[];
  /** undefined where nothing was foreseen of the thing */
  readonly foreseen: readonly string[] | undefined;
  /** how the thing was said to stand */
  readonly word: ThingState | undefined;
  /** whether something was foreseen to stand in its way */
  readonly hindered: boolean;
  readonly outlook: Outlook;
}

/** Asks a gate, and looks up what was to be foreseen of it on the state that it was asked of. */
export async function compare(
  submitter: MemorySubmitter,
  { coi }: TherapyJourney,
  { subject, gate, step }: Pick<GateOutlook, 'subject' | 'gate' | 'step'>,
  ask: () => Promise<Committed>,
): Promise<Compared> {
  const before = submitter.fork();
  const { receipt } = await ask();
  const outlook = await readOutlook(new StateReader(before), coi, receipt.transactionTime);
  const found = outlook.gates.find(
    (each) => each.subject === subject && each.gate === gate && each.step === step,
  );
  return {
    outlook,
    answered: textsOf(receipt.reasons),
    foreseen: found && textsOf(found.reasons),
    word: stateIn(outlook, subject),
    hindered: found !== undefined && hindrancesOf(found).length > 0,
  };
}

/** Everything that an outlook says stands in the way. */
export function hindrancesIn({ gates }: Outlook): readonly string[] {
  return gates.flatMap((outlook) =>
    hindrancesOf(outlook).map(({ code }) => `${outlook.gate} of ${outlook.subject}: ${code}`),
  );
}

function textsOf(reasons: readonly StatedReason[]): readonly string[] {
  return reasons
    .filter(
      ({ code, subject = '' }) => !OF_WHO_ASKS.has(code) && !subject.startsWith('verification '),
    )
    .map(({ code, subject, expected, found }) => JSON.stringify([code, subject, expected, found]))
    .sort();
}
