import type { Command } from '../commands/command.js';
import type { Context } from '../commands/decision.js';
import type { Reader } from '../commands/reader.js';
import type { EmergencyAccess } from '../nouns/emergency-access.js';
import { isOwnSignature, signedBy } from '../nouns/signed.js';

/** Reads what an emergency access or unblinding is decided by: the therapy, its process, and every one before it. */
export async function readOpened(reader: Reader, coi: string) {
  const therapy = await reader.therapy(coi);
  const { definition } = await reader.processOf(therapy);
  return { therapy, definition, accesses: await reader.range('emergency-access', { coi }) };
}

/** What is written of one, whatever it opens: who, why, and which of their own before it were not justified. */
export function openedBy(
  id: string,
  accesses: readonly EmergencyAccess[],
  command: Command<Pick<EmergencyAccess, 'coi' | 'reason'>>,
  context: Context,
): EmergencyAccess {
  const { coi, reason } = command.body;
  return {
    noun: 'emergency-access',
    ...{ coi, id, organisation: context.actor.organisation, reason },
    explanation: command.annex?.['explanation'] ?? '',
    opened: signedBy(command, context),
    ...repeatedIn(accesses, context),
  };
}

/** Of a therapy's emergency accesses those of who opens another, under whatever name, that a review found not justified. */
function repeatedIn(
  accesses: readonly EmergencyAccess[],
  context: Context,
): Pick<EmergencyAccess, 'repeats'> {
  const repeats = accesses
    .filter(({ reviewed, opened }) => {
      return reviewed?.finding === 'not-justified' && isOwnSignature(opened, context);
    })
    .map(({ id }) => id);
  return repeats.length > 0 ? { repeats } : {};
}
