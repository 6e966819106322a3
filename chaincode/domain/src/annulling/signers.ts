import type { GatheredSignature, SignerAskedFor } from '../nouns/gathered.js';
import type { Organisation } from '../nouns/organisation.js';
import type { CommandRecord } from '../nouns/record.js';
import { principalOf } from '../nouns/signed.js';
import type { Role } from '../values/roles.js';
import { milliseconds } from '../values/time.js';
import type { ReasonOfError } from '../values/words.js';

/**
 * Who signs that a record was entered in error (G3): of a slip of time, amount or place on which nothing was built, its
 * signer and a colleague while it is fresh; of custody, quality where it was stated and the quality that decides; of what
 * says whose a thing is and how it was made and tested, the same with a release person; of an administration, who gave
 * it, who counted the containers, and the quality that decides.
 */
export type SignersOfAnnulment = 'slip' | 'custody' | 'identity' | 'administration';

/** What the choice of signers depends on. */
export interface Stated {
  readonly record: CommandRecord;
  readonly reason: ReasonOfError;
  /** whether something was built on it since */
  readonly builtOn: boolean;
  /** the roles that may sign the record's type */
  readonly roles: readonly Role[];
  /** where it was stated */
  readonly origin: Organisation | undefined;
  /** whose quality decides: the therapy's, or the owner of what is shared */
  readonly decider: string;
  readonly deciding: Organisation | undefined;
  /** who signed it signs nothing any more */
  readonly gone: boolean;
  /** hours within which a slip is put right by its signer and a colleague */
  readonly slipHours: number;
  readonly transactionTime: string;
}

/** Everybody who has to sign. */
export function signersOf(signedBy: SignersOfAnnulment, stated: Stated): readonly SignerAskedFor[] {
  const quality = qualityThatDecides(stated);
  switch (signedBy) {
    case 'slip':
      return isSlip(stated) ? [signer(stated), colleague(stated)] : signersOf('custody', stated);
    case 'custody':
      return [quality, qualityOfOrigin(stated)];
    case 'identity': {
      const { organisation } = quality;
      const release = stated.deciding?.grantable.includes('release-person');
      const first = release ? { organisation, roles: ['release-person' as const] } : quality;
      return [first, qualityOfOrigin(stated)];
    }
    case 'administration': {
      const giver = stated.gone ? colleague(stated) : signer(stated);
      const counted = isThere(stated.origin, 'pharmacist')
        ? { organisation: stated.record.organisation, roles: ['pharmacist' as const] }
        : quality;
      return [giver, counted, quality];
    }
  }
}

/** Those of the signers for whom nobody has signed yet; nobody signs for two. */
export function missingOf(
  asked: readonly SignerAskedFor[],
  signatures: readonly GatheredSignature[],
): readonly SignerAskedFor[] {
  const [first, ...rest] = asked;
  if (!first) return [];
  const without = [first, ...missingOf(rest, signatures)];
  return signatures
    .filter((signature) => isOf(first, signature))
    .map((used) =>
      missingOf(
        rest,
        signatures.filter((each) => each !== used),
      ),
    )
    .reduce((best, found) => (found.length <= best.length ? found : best), without);
}

function isOf(asked: SignerAskedFor, signature: GatheredSignature): boolean {
  if (asked.organisation !== signature.organisation) return false;
  if (asked.person !== undefined) return asked.person === principalOf(signature);
  return asked.roles.some((role) => signature.roles.includes(role));
}

/** What a slip is one of; whatever else was wrong, says of another thing or of another event what is not so. */
const SLIPS: readonly ReasonOfError[] = ['wrong-time', 'wrong-amount', 'wrong-place'];

function isSlip(stated: Stated): boolean {
  return SLIPS.includes(stated.reason) && !stated.builtOn && isFresh(stated);
}

function isFresh({ record, gone, origin, slipHours, transactionTime }: Stated): boolean {
  if (gone || origin?.standing !== 'active') return false;
  const age = milliseconds(transactionTime) - milliseconds(record.transactionTime);
  return age <= slipHours * 3_600_000;
}

function signer({ record }: Stated): SignerAskedFor {
  return { organisation: record.organisation, roles: [], person: principalOf(record) };
}

function colleague({ record, roles }: Stated): SignerAskedFor {
  return { organisation: record.organisation, roles };
}

/** The quality that decides; of a lot or a run whose owner has none, who may register it there. */
function qualityThatDecides({ decider, deciding, roles }: Stated): SignerAskedFor {
  const none = deciding !== undefined && !isThere(deciding, 'quality');
  return { organisation: decider, roles: none ? roles : ['quality'] };
}

/** Quality where it was stated; in a hospital its pharmacist; else a second person of the quality that decides. */
function qualityOfOrigin(stated: Stated): SignerAskedFor {
  const { origin } = stated;
  for (const role of ['quality', 'pharmacist'] as const)
    if (origin && isThere(origin, role)) return { organisation: origin.id, roles: [role] };
  return qualityThatDecides(stated);
}

function isThere(organisation: Organisation | undefined, role: Role): boolean {
  return organisation?.standing === 'active' && organisation.grantable.includes(role);
}

/** Those who are asked for, in words: `quality of LabMSP`. */
export function namesOfSigners(asked: readonly SignerAskedFor[]): string {
  return asked
    .map(({ organisation, roles, person }) => `${person ?? roles.join(' or ')} of ${organisation}`)
    .join(', ');
}
