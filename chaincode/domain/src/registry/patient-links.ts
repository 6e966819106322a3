import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import type { Reader } from '../commands/reader.js';
import { type Actor, hospitalOf, isPatient } from '../nouns/actor.js';
import type { PatientLink, PatientLinks, SignedFor } from '../nouns/patient-links.js';
import type { Reason } from '../nouns/reason.js';
import { isOwnSignature, signedBy } from '../nouns/signed.js';
import { actorId } from '../values/identifiers.js';

/** Two pseudonyms, in whichever order. */
export const linkBody = z.strictObject({ patient: actorId, other: actorId });
type Body = z.infer<typeof linkBody>;

/** What a change of a link is decided on. */
export interface LinkState {
  readonly patients: readonly (Actor | undefined)[];
  /** what stands under each of the two */
  readonly links: readonly (PatientLinks | undefined)[];
}

/** Reads both patients, and what was said of them before. */
export async function readLink(
  reader: Reader,
  { body: { patient, other } }: Pick<Command<Body>, 'body'>,
): Promise<LinkState> {
  const both = [patient, other];
  return {
    patients: await Promise.all(both.map((id) => reader.get('actor', { id }))),
    links: await Promise.all(both.map((id) => reader.get('patient-links', { patient: id }))),
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
  { patients, links }: LinkState,
  command: Command<Body>,
  context: Context,
  to: PatientLink['state'],
): PermissionDecision {
  const { patient, other } = command.body;
  const own = { ...signedBy(command, context), organisation: context.actor.organisation };
  const link = links[0]?.links.find((each) => each.other === other);
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
  const before = { state: link?.state ?? 'apart', signatures: link?.signatures ?? [] } as const;
  const now = isSecond ? { state: to, signatures } : { ...before, half: { to, by: own } };
  return permitUnless(reasons, () => [
    withLink(links[0], patient, { ...now, other }),
    withLink(links[1], other, { ...now, other: patient }),
  ]);
}

function withLink(
  before: PatientLinks | undefined,
  patient: string,
  link: PatientLink,
): PatientLinks {
  const others = before?.links.filter(({ other }) => other !== link.other) ?? [];
  return { noun: 'patient-links', patient, links: [...others, link] };
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
