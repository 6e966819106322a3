import { z } from 'zod';
import { canonicalise } from '../encoding/codec.js';
import type { ReadOnly } from '../nouns/noun.js';
import type { DosePass } from '../nouns/dose-pass.js';
import { principalOf } from '../nouns/signed.js';
import { actorId, code, coi, digest, instant, itemId, localId } from '../values/identifiers.js';

/** What a pass says held when it was issued; the check at the bedside is none of it. */
export const HELD_AT_ISSUE = ['A1', 'A2', 'A3', 'A4', 'A5', 'A8'] as const;

export const passStatementSchema = z.strictObject({
  v: z.literal(1),
  network: digest,
  /** whose pass it is, on the ledger */
  coi,
  pass: localId,
  /** the command that issued it, and the block that holds it */
  command: digest,
  block: z.int().min(0),
  /** sentences of the safety case that held as of that block */
  held: z.array(z.enum(HELD_AT_ISSUE)).length(HELD_AT_ISSUE.length),
  /** the patient's pseudonym */
  patient: actorId,
  item: itemId,
  /** the number on its label, where it was relabelled */
  label: itemId.exactOptional(),
  /** the order line's */
  number: z.int().min(1),
  released: z.array(z.strictObject({ batch: localId, certified: instant })).max(16),
  /** tests of these that may follow and had no result yet, by their steps */
  openTests: z.array(code).max(16).exactOptional(),
  /** when the first of what the item was prepared of expires; absent where nothing does */
  expires: instant.exactOptional(),
  /** from when until when a dose may be begun by it */
  issued: instant,
  until: instant,
  issuer: actorId,
});

/** What is printed of a dose pass and signed by who issued it. */
export interface PassStatement extends ReadOnly<z.infer<typeof passStatementSchema>> {}

/** Where a pass stands, which the pass itself does not say. */
export interface PassPlace {
  readonly network: string;
  readonly patient: string;
  /** the block that holds the command that issued it */
  readonly block: number;
}

/** What is signed of a pass that the ledger permitted: canonical JSON. */
export function passStatement(pass: DosePass, { network, patient, block }: PassPlace): string {
  const { coi: chain, id, item, label, number, released, openTests, expires, issued, until } = pass;
  const statement: PassStatement = {
    v: 1,
    network,
    coi: chain,
    pass: id,
    command: issued.command,
    block,
    held: [...HELD_AT_ISSUE],
    patient,
    item,
    ...(label === undefined ? {} : { label }),
    number,
    ...(openTests === undefined ? {} : { openTests: [...openTests] }),
    released,
    ...(expires === undefined ? {} : { expires }),
    issued: issued.time,
    until,
    issuer: principalOf(issued),
  };
  return canonicalise(statement);
}
