import type { Reader } from '../commands/reader.js';
import { readUseByFact, type UseByFact } from '../consent/fact.js';
import type { NamedItem } from '../nouns/named-item.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import { isHalted, type Therapy } from '../nouns/therapy.js';
import { basesIn, carrying, purposeAskedBy } from './disposal-basis.js';

/** What a disposal that quality decided on is held against when it is done. */
export interface DecidedDisposal {
  readonly definition: Pick<ProcessDefinition, 'disposalBases'>;
  /** the patient's consent to it, where its basis asks for that */
  readonly use: UseByFact;
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
  const carried = carrying(basesIn(definition, therapy), { ...disposal, kind }, therapy);
  const purpose = purposeAskedBy(carried);
  const use = await readUseByFact(reader, therapy.patient, {
    purposes: purpose === undefined ? [] : [purpose],
    dataClasses: ['sample'],
    to: holder.organisation,
  });
  return { definition, use };
}
