import type { z } from 'zod';
import type { Command } from '../commands/command.js';
import type { Context } from '../commands/decision.js';
import type { Reader } from '../commands/reader.js';
import { type Actor, hospitalOf, isPatient } from '../nouns/actor.js';
import type { Claim } from '../nouns/alarm.js';
import type { Capacity } from '../nouns/capacity.js';
import type { Consent } from '../nouns/consent.js';
import type { Proxy } from '../nouns/proxy.js';
import type { Reason } from '../nouns/reason.js';
import type { Therapy } from '../nouns/therapy.js';
import { alarmUnless } from '../standing/claim.js';
import { ofParty } from '../standing/people.js';
import { onlyOfPatientsHospital } from '../standing/refuse.js';
import { actorId, coi, localId } from '../values/identifiers.js';
import { purpose } from '../values/words.js';
import { joinedNoes } from './joined.js';

/** Of which patient's consent staff speak, and in which therapy they met the patient. */
export const ofConsent = {
  patient: actorId,
  purpose,
  consent: localId,
  /** the therapy in which the staff of a party that did not enrol the patient met them */
  coi: coi.optional(),
} as const;

type OfConsent = z.infer<z.ZodObject<typeof ofConsent>>;

/** Who spoke in the patient's place, as a body names them. */
interface NamedProxy {
  readonly proxy?: string | undefined;
}

/** What staff record of a patient's consent is decided on. */
export interface CareState {
  /** who spoke in the patient's place, where somebody is named */
  readonly proxy?: Proxy | undefined;
  /** what was settled of the patient's capacity */
  readonly capacities?: readonly Capacity[];
  readonly patient: Actor | undefined;
  readonly therapy: Therapy | undefined;
  /** the patient's consents for the purpose */
  readonly ofPurpose: readonly Consent[];
}

/** Reads the patient, the therapy that is named, and what the patient has said of the purpose. */
export async function readCare(
  reader: Reader,
  { body }: { readonly body: Pick<OfConsent, 'patient' | 'purpose' | 'coi'> & NamedProxy },
): Promise<CareState> {
  return {
    patient: await reader.get('actor', { id: body.patient }),
    therapy: body.coi === undefined ? undefined : await reader.get('therapy', { coi: body.coi }),
    proxy:
      body.proxy === undefined
        ? undefined
        : await reader.get('proxy', { patient: body.patient, id: body.proxy }),
    capacities: await reader.range('capacity', { patient: body.patient }),
    ofPurpose: [
      ...(await reader.range('consent', { patient: body.patient, purpose: body.purpose })),
      ...(await joinedNoes(reader, body.patient, body.purpose)),
    ],
  };
}

/** Whether staff are of the patient's hospital, or of a party of the patient's therapy that they name. */
export function caresFor(
  { patient, therapy }: Pick<CareState, 'patient' | 'therapy'>,
  of: string,
  context: Context,
): boolean {
  if (patient && hospitalOf(patient) === context.actor.organisation) return true;
  return therapy?.patient === of && ofParty(therapy, context);
}

/** Refuses staff who do not care for the patient. */
export function onlyWhoCares(
  state: CareState,
  { body }: Pick<Command<Pick<OfConsent, 'patient'>>, 'body'>,
  context: Context,
): readonly Reason[] {
  const { patient } = state;
  const subject = `actor ${body.patient}`;
  if (!patient || !isPatient(patient)) return [{ code: 'NOT_A_PATIENT', subject }];
  if (caresFor(state, body.patient, context)) return [];
  return onlyOfPatientsHospital(patient, { code: 'NOT_THE_PATIENTS_HOSPITAL', subject }, context);
}

/** Takes what staff report who do not care for the patient for an alarm on the therapy that they name. */
export function alarmUnlessCaring(
  state: CareState,
  { body }: { readonly body: { readonly patient: string; readonly coi: string } },
  context: Context,
): Claim | undefined {
  return alarmUnless(caresFor(state, body.patient, context), {
    subject: { kind: 'therapy', coi: body.coi },
    claim: 'other',
  });
}
