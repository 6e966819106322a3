import { z } from 'zod';
import { ofTransit } from '../annulling/transit.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { defineFact } from '../commands/define.js';
import { signedBy } from '../nouns/signed.js';
import { alarmUnless, itemNamed } from '../standing/claim.js';
import { ofJourney } from '../standing/custody.js';
import { code, coi, itemId } from '../values/identifiers.js';
import { CUSTODIANS } from '../values/roles.js';
import { transitOccurrence } from '../values/words.js';
import { readReportedItem } from './reported-item.js';
import { admitItem, type ReportedItem } from './resolve.js';

const recordTransitBody = z.strictObject({
  coi,
  item: itemId,
  occurrence: transitOccurrence,
  /** of a swap: the one that measures from then on */
  logger: code.optional(),
});

export const recordTransit = defineFact({
  type: 'custody:RecordTransit',
  roles: CUSTODIANS,
  signature: 'delegable',
  annexes: [],
  body: recordTransitBody,
  scope: therapyScope,
  reads: (reader, { body }) => readReportedItem(reader, body),
  standing: ({ named }, { body }, context) =>
    alarmUnless(ofJourney(named, context), {
      subject: itemNamed(body.coi, named),
      claim: 'other',
    }),
  annulling: ofTransit,
  decide: decideRecordTransit,
});

/**
 * What befell a thing on its way. It stops nothing by itself: whether it stayed in its range the readings say, and whether
 * it came the hand-off.
 */
export function decideRecordTransit(
  { named }: { readonly named: ReportedItem },
  command: Command<z.infer<typeof recordTransitBody>>,
  context: Context,
): FactDecision {
  const { coi: ofTherapy, occurrence, logger } = command.body;
  const recording = new Recording(command, context);
  const item = admitItem(recording, named, command, context);
  return recording
    .put({
      noun: 'transit-event',
      ...{ coi: ofTherapy, id: command.id, item: item.id, occurrence },
      ...(logger === undefined ? {} : { logger }),
      recorded: signedBy(command, context),
    })
    .done();
}
