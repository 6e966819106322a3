import { z } from 'zod';
import { country } from '../values/country.js';
import { language } from '../values/language.js';
import type { Command } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import {
  actorId,
  code,
  digest,
  duoCode,
  instant,
  localId,
  mondoCode,
  organisationId,
  version,
} from '../values/identifiers.js';
import type { Reason } from '../nouns/reason.js';
import { type Actor, isPatient } from '../nouns/actor.js';
import { signedBy } from '../nouns/signed.js';
import type { Consent } from '../nouns/consent.js';
import { DATA_CLASSES, purpose } from '../values/words.js';
import { onlyOfPatientsHospital } from '../standing/refuse.js';
import { reasonsOfClauses } from './clauses.js';
import { reasonsOfPeriod } from './period.js';

const scope = z.strictObject({
  recipients: z.array(organisationId).min(1).max(32).optional(),
  dataClasses: z.array(z.enum(DATA_CLASSES)).min(1).max(DATA_CLASSES.length).optional(),
  geography: z.array(country).min(1).max(64).optional(),
  validFrom: instant.optional(),
  validUntil: instant.optional(),
  maxUses: z.int().min(1).max(1_000_000).optional(),
  duo: z
    .strictObject({
      permission: duoCode,
      diseases: z.array(mondoCode).min(1).max(64).exactOptional(),
      modifiers: z.array(duoCode).max(32),
    })
    .optional(),
});

const clauses = z
  .array(
    z.strictObject({
      clause: code,
      /** without it nothing is agreed to */
      needed: z.boolean(),
      /** what of the scope is agreed to with this clause alone */
      covers: z
        .strictObject({
          recipients: z.array(organisationId).min(1).max(32).exactOptional(),
          dataClasses: z
            .array(z.enum(DATA_CLASSES))
            .min(1)
            .max(DATA_CLASSES.length)
            .exactOptional(),
          geography: z.array(country).min(1).max(64).exactOptional(),
        })
        .exactOptional(),
    }),
  )
  .min(1)
  .max(64);

const requestConsentBody = z.strictObject({
  patient: actorId,
  consent: localId,
  purpose,
  legalBasis: z.literal('consent'),
  scope,
  form: z.strictObject({ id: code, version, language, digest, clauses: clauses.optional() }),
  /** a yes waits for a talk with a physician, and for so many hours after it */
  thinkHours: z
    .int()
    .min(0)
    .max(24 * 90)
    .optional(),
  /** an earlier decision on the same purpose that this one would take the place of */
  supersedes: localId.optional(),
});

export const requestConsent = definePermission({
  type: 'consent:RequestConsent',
  roles: ['clinician', 'nurse'],
  signature: 'delegable',
  annexes: [],
  body: requestConsentBody,
  scope: (body) => ({ kind: 'patient', id: body.patient }),
  reads: async (reader, { body }) => {
    const consent = (id: string) =>
      reader.get('consent', { patient: body.patient, purpose: body.purpose, id });
    return {
      patient: await reader.get('actor', { id: body.patient }),
      existing: await consent(body.consent),
      superseded: body.supersedes === undefined ? undefined : await consent(body.supersedes),
    };
  },
  standing: ({ patient }, { body }, context) =>
    onlyOfPatientsHospital(
      patient,
      { code: 'NOT_THE_PATIENTS_HOSPITAL', subject: `actor ${body.patient}` },
      context,
    ),
  annulling: 'never',
  decide: decideRequestConsent,
});

export interface RequestState {
  readonly patient: Actor | undefined;
  readonly existing: Consent | undefined;
  readonly superseded: Consent | undefined;
}

/**
 * The patient is asked for one purpose. Nothing is permitted until the patient answers. A period in which nothing could
 * be permitted is refused here already.
 */
export function decideRequestConsent(
  state: RequestState,
  command: Command<z.infer<typeof requestConsentBody>>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const reasons: Reason[] = [];
  if (!state.patient || !isPatient(state.patient)) {
    reasons.push({ code: 'NOT_A_PATIENT', subject: `actor ${body.patient}` });
  }
  if (state.existing)
    reasons.push({ code: 'IDENTIFIER_TAKEN', subject: `consent ${body.consent}` });
  if (body.supersedes !== undefined && !state.superseded) {
    reasons.push({ code: 'UNKNOWN_CONSENT', subject: `consent ${body.supersedes}` });
  }
  const subject = `consent ${body.consent}`;
  reasons.push(
    ...reasonsOfPeriod(body.scope, subject, context.transactionTime),
    ...reasonsOfClauses(body.form.clauses ?? [], body.scope, subject),
  );
  const { clauses: asked, ...form } = body.form;
  const own = state.patient?.organisation === context.actor.organisation;
  return permitUnless(reasons, () => [
    {
      noun: 'consent',
      patient: body.patient,
      purpose: body.purpose,
      id: body.consent,
      state: 'requested',
      legalBasis: body.legalBasis,
      scope: body.scope,
      form: {
        ...form,
        ...(asked === undefined ? {} : { clauses: asked }),
        ...(own ? {} : { hospital: context.actor.organisation }),
      },
      requested: signedBy(command, context),
      ...(body.supersedes === undefined ? {} : { supersedes: body.supersedes }),
      ...(body.thinkHours === undefined ? {} : { thinkHours: body.thinkHours }),
    },
  ]);
}
