import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import type { Reader } from '../commands/reader.js';
import { type Actor, hospitalOf, isPatient } from '../nouns/actor.js';
import type { PatientLink, SignedFor } from '../nouns/patient-link.js';
import type { Reason } from '../nouns/reason.js';
import { isOwnSignature, signedBy } from '../nouns/signed.js';
import { actorId } from '../values/identifiers.js';

/** Two pseudonyms, in whichever order. */
export const linkBody = z.strictObject({ patient: actorId, other: actorId });
type Body = z.infer<typeof linkBody>;

/** What a change of a link is decided on. */
export interface LinkState {
  readonly patients: readonly (Actor | undefined)[];
  readonly link: PatientLink | undefined;
}

/** Reads both patients, and what was said of them before. */
export async function readLink(
  reader: Reader,
  { body: { patient, other } }: Pick<Command<Body>, 'body'>,
): Promise<LinkState> {
  return {
    patients: await Promise.all([patient, other].map((id) => reader.get('actor', { id }))),
    link: await reader.get('patient-link', { patient, other }),
  };
}

/** Refuses who is of neither patient's hospital. */
export function onlyTheirHospitals(
  { patients }: LinkState,
  { body }: Pick<Command<Body>, 'body'>,
  { actor }: Context,
): readonly Reason[] {
  const hospitals = patients.flatMap((each) => (each ? hospitalOf(each) : []));
  if (hospitals.includes(actor.organisation) || hospitals.length < 2) return [];
  return [
    {
      code: 'NOT_THE_PATIENTS_HOSPITAL',
      subject: `actor ${body.patient}`,
      found: actor.organisation,
    },
  ];
}

/**
 * Decides whether two pseudonyms are one patient's, or are so no more. Two people say it, of both hospitals where they are
 * two. It stands under each of the two, and nothing of either record changes.
 */
export function decideLink(
  { patients, link }: LinkState,
  command: Command<Body>,
  context: Context,
  to: PatientLink['state'],
): PermissionDecision {
  const { patient, other } = command.body;
  const own = { ...signedBy(command, context), organisation: context.actor.organisation };
  const half = link?.half?.to === to ? link.half : undefined;
  const isSecond = half !== undefined && !isOwnSignature(half.by, context);
  const signatures = isSecond ? [half.by, own] : [own];
  const reasons = [
    ...reasonsOfPair(patients, command.body),
    ...((link?.state ?? 'apart') === to
      ? [{ code: 'NOTHING_CHANGES' as const, subject: `actor ${patient}`, found: to }]
      : []),
    ...(isSecond ? reasonsOfHospitals(patients, signatures) : []),
  ];
  return permitUnless(reasons, () =>
    [
      { patient, other },
      { patient: other, other: patient },
    ].map((pair): PatientLink => {
      const of = { noun: 'patient-link', ...pair } as const;
      if (isSecond) return { ...of, state: to, signatures };
      const before = { state: link?.state ?? 'apart', signatures: link?.signatures ?? [] } as const;
      return { ...of, ...before, signatures: [...before.signatures], half: { to, by: own } };
    }),
  );
}

function reasonsOfPair(
  patients: readonly (Actor | undefined)[],
  { patient, other }: Body,
): readonly Reason[] {
  const named = [patient, other];
  const reasons = named.flatMap((id, index): readonly Reason[] => {
    const found = patients[index];
    return found && isPatient(found) ? [] : [{ code: 'NOT_A_PATIENT', subject: `actor ${id}` }];
  });
  if (patient !== other) return reasons;
  return [...reasons, { code: 'NOTHING_CHANGES', subject: `actor ${patient}`, found: 'the same' }];
}

function reasonsOfHospitals(
  patients: readonly (Actor | undefined)[],
  signatures: readonly SignedFor[],
): readonly Reason[] {
  const signed = signatures.map(({ organisation }) => organisation);
  return [...new Set(patients.flatMap((each) => (each ? hospitalOf(each) : [])))]
    .filter((hospital) => !signed.includes(hospital))
    .map((expected): Reason => ({
      code: 'NOT_ASKED_TO_SIGN',
      subject: `organisation ${expected}`,
      expected,
      found: signed.join(),
    }));
}
