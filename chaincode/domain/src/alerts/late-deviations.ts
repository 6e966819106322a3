import type { Ancestry } from '../graph/ancestry.js';
import { evidenceOf } from '../graph/evidence.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { AlertCause } from '../nouns/alert.js';
import type { Blocker } from '../nouns/blockable.js';
import type { Signed } from '../nouns/signed.js';
import { classOf, type DeviationCode } from '../values/deviation-codes.js';
import { isBefore, milliseconds } from '../values/time.js';
import type { Learnt } from './failures.js';

/** Deviations that one command opened. */
export type LateDeviations = Extract<AlertCause, { readonly kind: 'deviation' }>;

/** What came to light is held against this of a dose. */
export interface Given {
  /** when it was authorised, RFC 3339; where nobody did, everything counts that stands against it */
  readonly decided: string | undefined;
  /** when something was last given of it, RFC 3339 */
  readonly until: string;
  /** the commands that reported so, whose own deviations their signer knows */
  readonly commands: readonly string[];
}

/**
 * What stops anything that an ancestry holds, or its tests, and came to light after a decision that could not know it (C3):
 * deviations that quality has not settled, or has settled against a use, or whose settling was an error; and records
 * entered in error. Slips of the record itself put nothing in doubt, and a condition that began after the last was given
 * did not reach it (D1).
 */
export function deviationsAfter(
  whole: WholeTherapy,
  ancestry: Ancestry,
  { decided, until, commands }: Given,
): readonly Learnt<LateDeviations>[] {
  const { items, attempts, datasets, designs, batches } = ancestry;
  const tests = evidenceOf(whole, ancestry);
  const found = new Map<string, { readonly by: Signed; readonly codes: Set<DeviationCode> }>();
  for (const { blockers } of [...items, ...attempts, ...datasets, ...designs, ...batches, ...tests])
    for (const blocker of blockers) {
      const { by, code } = openedBy(whole, blocker) ?? {};
      if (!by || !code || classOf(code) === 'record') continue;
      if (commands.includes(by.command)) continue;
      if (decided !== undefined && isBefore(by.time, decided)) continue;
      if (blocker.since !== undefined && milliseconds(blocker.since) >= milliseconds(until))
        continue;
      const { codes } = found.get(by.command) ?? { codes: [] };
      found.set(by.command, { by, codes: new Set([...codes, code]) });
    }
  return [...found.values()].map(({ by, codes }) => {
    const { command } = by;
    return { cause: { kind: 'deviation' as const, codes: [...codes].sort(), command }, by };
  });
}

/** Whose word placed a blocker; a hold is a decision of its own, which names who lifts it. */
function openedBy(
  { deviations, annulments }: WholeTherapy,
  { kind, id }: Blocker,
): { readonly by: Signed | undefined; readonly code: DeviationCode } | undefined {
  switch (kind) {
    case 'deviation':
    case 'rejected': {
      const deviation = deviations.get(id);
      if (!deviation) return undefined;
      const { opened, reopened = opened, code } = deviation;
      return { by: reopened, code };
    }
    case 'annulled': {
      const annulment = annulments.find(({ command }) => id === `A.${command}`);
      return { by: annulment?.annulled, code: 'ENTERED_IN_ERROR' };
    }
    case 'hold':
    case 'halt':
      return undefined;
  }
}
