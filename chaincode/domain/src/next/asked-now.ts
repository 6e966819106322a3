import { missingOf, signersOf } from '../annulling/signers.js';
import { Things } from '../annulling/things.js';
import { COMMANDS } from '../catalogue.js';
import type { Reader } from '../commands/reader.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Annulment } from '../nouns/annulment.js';
import { SLIP_HOURS } from '../nouns/process-definition.js';
import { principalOf } from '../nouns/signed.js';

/**
 * Half-signed annulments with who is missing now: whom that takes depends on how old the record is, on whether anything was
 * built on it, and on whether its signer and their organisation still act.
 * @param at RFC 3339
 */
export function askedNow(
  reader: Reader,
  whole: WholeTherapy,
  annulments: readonly Annulment[],
  at: string,
): Promise<readonly Annulment[]> {
  const { definition } = whole;
  const decider = whole.therapy.quality;
  const things = thingsOf(whole);
  return Promise.all(
    annulments.map(async (annulment) => {
      const record = await reader.record(annulment.command);
      const type = COMMANDS.find((each) => each.type === annulment.type);
      if (annulment.annulled || !record || !type || type.annulling === 'never') return annulment;
      const signer = await reader.get('actor', { id: principalOf(record) });
      const asked = signersOf(type.annulling.signedBy, {
        record,
        reason: annulment.reason,
        builtOn: type.annulling.builtOn?.(record, things) ?? false,
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

function thingsOf({ items, attempts, verifications, doses, readings }: WholeTherapy): Things {
  const named = [items, attempts, verifications, doses].flatMap((each) => [...each.values()]);
  return new Things([...named, ...readings]);
}
