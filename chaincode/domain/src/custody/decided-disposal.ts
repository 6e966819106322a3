import type { Reader } from '../commands/reader.js';
import { readUseByFact, type UseByFact } from '../consent/fact.js';
import { reasonsOfAuthority } from '../gates/authority.js';
import { readWholeTherapy } from '../graph/whole-therapy.js';
import type { NamedItem } from '../nouns/named-item.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { isHalted, type Therapy } from '../nouns/therapy.js';
import { carrying, purposeAskedBy } from './disposal-basis.js';

/** What a disposal that quality decided on is held against when it is done. */
export interface DecidedDisposal {
  readonly definition: Pick<ProcessDefinition, 'disposalBases'>;
  /** the patient's consent to it, where its basis asks for that */
  readonly use: UseByFact;
}

/** Why a thing is kept for an authority; what is none of this therapy's is not asked about. */
export async function readHeld(
  reader: Reader,
  coi: string,
  named: NamedItem,
): Promise<readonly Reason[]> {
  if (named.known !== 'own') return [];
  return reasonsOfAuthority(await readWholeTherapy(reader, coi), named.item);
}

/** Of a thing that goes on, or of which nothing was decided, there is none, and nothing more is read. */
export async function readDecided(
  reader: Reader,
  therapy: Therapy,
  named: NamedItem,
): Promise<DecidedDisposal | undefined> {
  if (!isHalted(therapy) || named.known !== 'own') return undefined;
  const { disposal, kind, holder } = named.item;
  if (!disposal) return undefined;
  const { definition } = await reader.processOf(therapy);
  const purpose = purposeAskedBy(carrying(definition, therapy, { ...disposal, kind }));
  const use = await readUseByFact(reader, therapy.patient, {
    purposes: purpose === undefined ? [] : [purpose],
    dataClasses: ['sample'],
    to: holder.organisation,
  });
  return { definition, use };
}
