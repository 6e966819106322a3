import { z } from 'zod';
import { ofRegistration } from '../annulling/registration.js';
import type { Command } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { code, instant, lotId } from '../values/identifiers.js';
import { signedBy } from '../nouns/signed.js';
import { type Alarm, placeOfAlarm } from '../nouns/alarm.js';
import { type EarlyRecall, recallOf } from '../nouns/early-recall.js';
import type { Lot } from '../nouns/lot.js';
import { earlyRecallOfLot } from './recall-lot.js';
import { dismissedByOwner } from '../standing/alarms.js';
import { alarmUnless } from '../standing/claim.js';
import { ofOwner } from '../standing/people.js';

const registerLotBody = z.strictObject({ lot: lotId, kind: code, expiry: instant });

export const registerLot = defineFact({
  type: 'manufacturing:RegisterLot',
  roles: ['operator', 'lab', 'quality'],
  signature: 'delegable',
  annexes: [],
  body: registerLotBody,
  scope: (body) => ({ kind: 'lot', id: body.lot }),
  reads: async (reader, { body }, { actor: { organisation } }) => ({
    existing: await reader.get('lot', { id: body.lot }),
    early: await reader.get('early-recall', earlyRecallOfLot(body.lot, organisation)),
    alarm: await reader.get('alarm', placeOfAlarm({ kind: 'lot', id: body.lot }, organisation)),
  }),
  standing: ({ existing }, { body: { lot: id } }, context) =>
    alarmUnless(ofOwner(existing, context), { subject: { kind: 'lot', id }, claim: 'other' }),
  annulling: ofRegistration,
  decide: decideRegisterLot,
});

/**
 * A reagent or vector lot arrived; what its owner recalled before is recalled. A second registration that says otherwise
 * deviates, and the first stays, unless it was entered in error.
 */
export function decideRegisterLot(
  state: {
    readonly existing: Lot | undefined;
    readonly early?: EarlyRecall | undefined;
    /** that the same organisation raised about it before there was a lot */
    readonly alarm?: Alarm | undefined;
  },
  command: Command<z.infer<typeof registerLotBody>>,
  context: Context,
): FactDecision {
  const { body } = command;
  const recording = new Recording(command, context);
  const { existing, early, alarm } = state;
  if (existing && !existing.annulled) {
    if (existing.kind !== body.kind || existing.expiry !== body.expiry) {
      recording.deviate({
        code: 'LOT_CONTRADICTED',
        classification: 'major',
        expected: `${existing.kind}, ${existing.expiry}`,
        found: `${body.kind}, ${body.expiry}`,
      });
    }
    return recording.done();
  }
  const { organisation } = context.actor;
  const registered = signedBy(command, context);
  const lot: Lot = {
    noun: 'lot',
    id: body.lot,
    kind: body.kind,
    expiry: body.expiry,
    registered,
    organisation,
    ...recallOf(early),
    ...(existing?.recall ? { recall: existing.recall } : {}),
  };
  return recording.put(lot, ...dismissedByOwner(alarm, early ? [early] : [], registered)).done();
}
