import { z } from 'zod';
import type { Annulment } from '../nouns/annulment.js';
import type { CommandRecord } from '../nouns/record.js';
import type { Entity } from '../nouns/registry.js';
import { code, commandTypeName, digest, instant, organisationId } from '../values/identifiers.js';
import { effectiveOf } from '../nouns/signed.js';

/** The types of command by which steps of a process are attested. */
export const ATTESTING: ReadonlySet<string> = new Set([
  'therapy:OrderTherapy',
  'custody:CollectItem',
  'custody:ReceiveItem',
  'custody:DeriveItem',
  'manufacturing:ReportStep',
  'manufacturing:ApproveDesign',
  'manufacturing:ReviewBatch',
  'manufacturing:CertifyBatch',
  'care:VerifyBedside',
  'care:RecordAdministration',
  'care:RecordOutcome',
]);

export const attestationSchema = z.strictObject({
  type: commandTypeName,
  command: digest,
  /** when it happened, by its effective time */
  at: instant,
  /** MSP id of whose people signed it */
  organisation: organisationId,
  /** the step that was reported */
  step: code.exactOptional(),
  /** kinds of the items that were taken, made or received */
  kinds: z.array(z.string()),
  /** MSP id of who gave away what was received */
  from: organisationId.exactOptional(),
});

/** That something was done which may be a step of a process: by which organisation, when, on what. */
export interface Attestation extends Readonly<z.infer<typeof attestationSchema>> {}

type Recorded = Pick<
  CommandRecord,
  'type' | 'commandId' | 'at' | 'transactionTime' | 'organisation' | 'decision' | 'effect'
>;

/**
 * What a command attests by what it wrote; undefined where it was refused, took no effect, or attests nothing.
 * @param written the entities that the command wrote
 */
export function attestationOf(
  record: Recorded,
  written: readonly Entity[],
): Attestation | undefined {
  const { type, commandId: command, organisation, decision, effect } = record;
  if (!ATTESTING.has(type) || decision === 'refused' || effect === 'none') return undefined;
  const at = effectiveOf({ at: record.at, time: record.transactionTime });
  const items = written.filter((each) => each.noun === 'item');
  const of = {
    type,
    command,
    at,
    organisation,
    kinds: [...new Set(items.map(({ kind }) => kind))],
  };
  switch (type) {
    case 'custody:ReceiveItem': {
      const [received] = items;
      const { verdict, from } = received?.handOff ?? {};
      if (verdict !== 'accepted') return undefined;
      return from === undefined ? of : { ...of, from };
    }
    case 'manufacturing:ReportStep': {
      const attempts = written.filter((each) => each.noun === 'step');
      const reported = attempts.find(({ report }) => report?.command === command);
      return reported && { ...of, step: reported.step };
    }
    default:
      return of;
  }
}

/** The annulment that all have signed, where a command completed one: what it names attests nothing any more. */
export function annulledBy(written: readonly Entity[]): Annulment | undefined {
  return written
    .filter((each) => each.noun === 'annulment')
    .find(({ annulled }) => annulled !== undefined);
}
