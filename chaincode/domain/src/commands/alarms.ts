import {
  type Alarm,
  type AlarmSubject,
  type Claim,
  isGraver,
  placeOfAlarm,
} from '../nouns/alarm.js';
import { refOf } from '../nouns/reference.js';
import { signedBy } from '../nouns/signed.js';
import type { Command } from './command.js';
import type { Context } from './decision.js';
import type { Reader } from './reader.js';

/**
 * The alarms that claims raise. One that is open already stays as it is, unless the new claim is graver: so nobody makes
 * more alarms than there are things and organisations, whatever they say and however often. What is claimed of something
 * that the ledger does not know is claimed of its therapy.
 */
export async function raiseAlarms(
  reader: Reader,
  claims: readonly Claim[],
  command: Command<unknown>,
  context: Context,
): Promise<readonly Alarm[]> {
  const raised = new Map<string, Alarm>();
  for (const { subject: named, claim } of claims) {
    const subject = await known(reader, named);
    const key = placeOfAlarm(subject, context.actor.organisation);
    const name = JSON.stringify([key.scope.kind, key.scope.id, key.subject]);
    const open = raised.get(name) ?? (await reader.get('alarm', key));
    if (open && !open.dismissed && !isGraver(claim, open.claim)) continue;
    const signed = signedBy(command, context);
    raised.set(name, { noun: 'alarm', ...key, claim, type: command.type, raised: signed });
  }
  return [...raised.values()];
}

async function known(reader: Reader, subject: AlarmSubject): Promise<AlarmSubject> {
  if (!('coi' in subject) || subject.kind === 'therapy') return subject;
  const thing = await reader.subject(subject);
  // under the name that its records have, whichever number of its labels was read
  return thing ? refOf(thing) : { kind: 'therapy', coi: subject.coi };
}
