import type { GatheredSignature } from '../nouns/gathered.js';
import type { Organisation } from '../nouns/organisation.js';
import type { Therapy } from '../nouns/therapy.js';
import { hasPhysicians } from './patients-hospital.js';

/** Who has to sign that other members take part: the quality that decides, and a physician of a party. */
export type SignerOfChange = 'quality' | 'clinician';

type Parties = Pick<Therapy, 'parties' | 'quality'>;

export interface Asked {
  /** the parties, as members */
  readonly members: readonly Organisation[];
  /** MSP id of the hospital that lets the patient go, whose physician it takes */
  readonly lettingGo: string | undefined;
}

/** As which of the two somebody may sign, the physician first. */
function signsAs(
  { parties, quality }: Parties,
  lettingGo: string | undefined,
  { organisation, roles }: Pick<GatheredSignature, 'organisation' | 'roles'>,
): readonly SignerOfChange[] {
  return [
    ...(roles.includes('clinician') &&
    parties.includes(organisation) &&
    (lettingGo === undefined || organisation === lettingGo)
      ? (['clinician'] as const)
      : []),
    ...(roles.includes('quality') && organisation === quality ? (['quality'] as const) : []),
  ];
}

/**
 * Who has still to sign; nobody signs as both. A patient who would be in the care of another hospital is let go by a physician
 * of the one that has them, and of no other party. Where no party is left whose physician could sign, the hospital having
 * gone from the consortium, a second person of that quality does (G3).
 */
export function missingOfChange(
  therapy: Parties,
  { members, lettingGo }: Asked,
  signatures: readonly GatheredSignature[],
): readonly SignerOfChange[] {
  const signed = signatures.map((each) => signsAs(therapy, lettingGo, each));
  return members.some(hasPhysicians) ? missingOfBoth(signed) : missingOfQuality(signed);
}

function missingOfBoth(signed: readonly (readonly SignerOfChange[])[]): readonly SignerOfChange[] {
  const both: readonly SignerOfChange[] = ['clinician', 'quality'];
  const [first, second] = signed;
  if (!first) return both;
  if (!second) return first.length === 1 ? both.filter((each) => !first.includes(each)) : both;
  return first.some((one) => second.some((other) => one !== other))
    ? []
    : both.filter((each) => !first.includes(each));
}

/** What a physician signed while their hospital acted still counts. */
function missingOfQuality(
  signed: readonly (readonly SignerOfChange[])[],
): readonly SignerOfChange[] {
  const counted = signed.filter((each) => each.length > 0).length;
  const two: readonly SignerOfChange[] = ['quality', 'quality'];
  return two.slice(Math.min(counted, two.length));
}
