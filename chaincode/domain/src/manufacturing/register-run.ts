import { z } from 'zod';
import { ofRegistration } from '../annulling/registration.js';
import type { Command } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { localId } from '../values/identifiers.js';
import { signedBy } from '../nouns/signed.js';
import { type Alarm, placeOfAlarm } from '../nouns/alarm.js';
import type { EarlyRecall } from '../nouns/early-recall.js';
import type { Run } from '../nouns/run.js';
import { dismissedByOwner } from '../standing/alarms.js';
import { alarmUnless } from '../standing/claim.js';
import { ofOwner } from '../standing/people.js';
import { earlyFailuresOfRun, foundBefore } from './report-run-failure.js';

const registerRunBody = z.strictObject({ run: localId, flowCell: localId, instrument: localId });

export const registerRun = defineFact({
  type: 'manufacturing:RegisterRun',
  roles: ['lab', 'operator'],
  signature: 'device',
  annexes: [],
  body: registerRunBody,
  scope: (body) => ({ kind: 'run', id: body.run }),
  reads: async (reader, { body }, { actor: { organisation } }) => ({
    existing: await reader.get('run', { id: body.run }),
    early: await earlyFailuresOfRun(reader, body.run, organisation),
    alarm: await reader.get('alarm', placeOfAlarm({ kind: 'run', id: body.run }, organisation)),
  }),
  standing: ({ existing }, { body: { run: id } }, context) =>
    alarmUnless(ofOwner(existing, context), { subject: { kind: 'run', id }, claim: 'other' }),
  annulling: ofRegistration,
  decide: decideRegisterRun,
});

/**
 * A sequencing run was set up, which several therapies may share; what its owner found of it before, or of its registration
 * that was entered in error, was found of it.
 */
export function decideRegisterRun(
  state: {
    readonly existing: Run | undefined;
    readonly early: readonly EarlyRecall[];
    /** that the same organisation raised about it before there was a run */
    readonly alarm?: Alarm | undefined;
  },
  command: Command<z.infer<typeof registerRunBody>>,
  context: Context,
): FactDecision {
  const { body } = command;
  const recording = new Recording(command, context);
  if (state.existing && !state.existing.annulled) {
    return recording
      .deviate({ code: 'IDENTIFIER_TAKEN', classification: 'major', found: body.run })
      .done();
  }
  const known = state.existing?.failures ?? [];
  const registered = signedBy(command, context);
  const before = foundBefore(state.early)
    .filter(({ command: early }) => known.every((each) => each.command !== early))
    .map((each) => ({ ...each, counted: registered }));
  const failures = [...known, ...before];
  const run: Run = {
    noun: 'run',
    id: body.run,
    flowCell: body.flowCell,
    instrument: body.instrument,
    registered,
    organisation: context.actor.organisation,
    ...(failures.length > 0 ? { failures } : {}),
  };
  return recording.put(run, ...dismissedByOwner(state.alarm, state.early, registered)).done();
}
