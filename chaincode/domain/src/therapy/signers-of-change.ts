import type { GatheredSignature } from '../nouns/gathered.js';
import type { Therapy } from '../nouns/therapy.js';

/** Who has to sign that other members take part: the quality that decides, and a physician of a party. */
export type SignerOfChange = 'quality' | 'clinician';

/** As which of the two somebody may sign, the physician first. */
export function signsAs(
  { parties, quality }: Pick<Therapy, 'parties' | 'quality'>,
  { organisation, roles }: Pick<GatheredSignature, 'organisation' | 'roles'>,
): readonly SignerOfChange[] {
  return [
    ...(roles.includes('clinician') && parties.includes(organisation)
      ? (['clinician'] as const)
      : []),
    ...(roles.includes('quality') && organisation === quality ? (['quality'] as const) : []),
  ];
}

/** Who has still to sign; nobody signs as both. */
export function missingOfChange(
  therapy: Pick<Therapy, 'parties' | 'quality'>,
  signatures: readonly GatheredSignature[],
): readonly SignerOfChange[] {
  const both: readonly SignerOfChange[] = ['clinician', 'quality'];
  const [first, second] = signatures.map((each) => signsAs(therapy, each));
  if (!first) return both;
  if (!second) return first.length === 1 ? both.filter((each) => !first.includes(each)) : both;
  return first.some((one) => second.some((other) => one !== other))
    ? []
    : both.filter((each) => !first.includes(each));
}
