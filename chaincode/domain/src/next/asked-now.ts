import { missingOf, signersOf } from '../annulling/signers.js';
import { COMMANDS } from '../catalogue.js';
import type { Reader } from '../commands/reader.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Annulment } from '../nouns/annulment.js';
import { SLIP_HOURS } from '../nouns/process-definition.js';
import { principalOf } from '../nouns/signed.js';

/**
 * Half-signed annulments with who is missing now: whom that takes depends on how old the record is, and on whether its signer
 * and their organisation still act.
 * @param at RFC 3339
 */
export function askedNow(
  reader: Reader,
  { therapy: { quality: decider }, definition }: Pick<WholeTherapy, 'therapy' | 'definition'>,
  annulments: readonly Annulment[],
  at: string,
): Promise<readonly Annulment[]> {
  return Promise.all(
    annulments.map(async (annulment) => {
      const record = await reader.record(annulment.command);
      const type = COMMANDS.find((each) => each.type === annulment.type);
      if (annulment.annulled || !record || !type || type.annulling === 'never') return annulment;
      const signer = await reader.get('actor', { id: principalOf(record) });
      const asked = signersOf(type.annulling.signedBy, {
        record,
        roles: type.roles,
        origin: await reader.get('organisation', { id: record.organisation }),
        decider,
        deciding: await reader.get('organisation', { id: decider }),
        gone: signer?.revocation !== undefined,
        slipHours: definition.slipHours ?? SLIP_HOURS,
        transactionTime: at,
      });
      const missing = missingOf(asked, annulment.signatures);
      return missing.length > 0 ? { ...annulment, missing } : annulment;
    }),
  );
}
