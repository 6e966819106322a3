import { z } from 'zod';
import { type Concern, concernsOf } from '../alerts/concerns.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import { readWholeTherapy, type WholeTherapy } from '../graph/whole-therapy.js';
import type { Alert } from '../nouns/alert.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import { onlyParties } from '../standing/refuse.js';
import type { Speaker } from '../standing/people.js';
import { coi, digest } from '../values/identifiers.js';

const stateAlertBody = z.strictObject({
  coi,
  /** the recall, what was found of a run, or what reported a result or a deviation */
  command: digest,
});
type Body = z.infer<typeof stateAlertBody>;

export const stateAlert = definePermission({
  type: 'quality:StateAlert',
  roles: [
    'operator',
    'lab',
    'quality',
    'release-person',
    'safety-officer',
    'clinician',
    'pharmacist',
  ],
  signature: 'device',
  annexes: [],
  body: stateAlertBody,
  scope: therapyScope,
  reads: async (reader, { body }) => ({ whole: await readWholeTherapy(reader, body.coi) }),
  standing: ({ whole }, { body }, context) => onlyPartiesAndOwner(whole, body.command, context),
  annulling: 'never',
  decide: decideStateAlert,
});

/**
 * A recall, a check that failed late or a late deviation is stated in a therapy: an alert for each dose given that it
 * concerns (D2). Which doses those are the ledger finds itself, so that nobody who states it chooses, or has to know the
 * therapy.
 */
export function decideStateAlert(
  { whole }: { readonly whole: WholeTherapy },
  command: Command<Body>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const concerns = concernsOf(whole).filter(({ cause }) => cause.command === body.command);
  const unstated = concerns.filter(({ alert }) => !alert);
  return permitUnless(unstated.length > 0 ? [] : [whyNone(body, concerns)], () =>
    unstated.map(({ dose, cause, since }, index): Alert => ({
      noun: 'alert',
      coi: body.coi,
      id: `A${index + 1}.${command.id}`,
      dose: dose.id,
      cause,
      since,
      stated: signedBy(command, context),
      overdue: [],
      patientTold: [],
    })),
  );
}

function whyNone({ command }: Body, concerns: readonly Concern[]): Reason {
  const subject = `command ${command}`;
  if (concerns.length > 0) return { code: 'ALREADY_STATED', subject };
  const expected = 'a recall or a late result or deviation of something in a dose that was given';
  return { code: 'NO_DOSE_CONCERNED', subject, expected, found: 'none' };
}

/** Refuses who is of no party, but for whose lot or run that command was about: the owner reaches every therapy that used it. */
export function onlyPartiesAndOwner(
  { recalledLots, failedRuns, therapy }: WholeTherapy,
  command: string,
  speaker: Speaker,
): readonly Reason[] {
  const { organisation } = speaker.actor;
  const ofLot = [...recalledLots.values()].filter(({ recall }) => recall?.command === command);
  const ofRun = [...failedRuns.values()].filter(({ failures = [] }) =>
    failures.some((each) => [each.command, each.counted?.command].includes(command)),
  );
  const owns = [...ofLot, ...ofRun].some((each) => each.organisation === organisation);
  return owns ? [] : onlyParties(therapy, speaker);
}
