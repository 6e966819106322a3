import { z } from 'zod';
import { country } from '../values/country.js';
import { outcomeContent } from '../commands/annex.js';
import { type Command, therapyScope } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { reasonsAgainstUse, usesMade } from '../consent/evaluate.js';
import type { ConsentUse } from '../consent/use.js';
import type { WeighedConsent } from '../consent/weighed.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { actorId, code, coi, digest, organisationId, version } from '../values/identifiers.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { ProcessVersion } from '../nouns/process.js';
import type { Reason } from '../nouns/reason.js';
import { type Actor, isPatient } from '../nouns/actor.js';
import type { Organisation } from '../nouns/organisation.js';
import { signedBy } from '../nouns/signed.js';
import type { ItemIndex } from '../nouns/item-index.js';
import type { Therapy } from '../nouns/therapy.js';
import { readRecipient, type Recipient } from '../consent/uses.js';
import { weighConsents } from '../consent/weigh-consents.js';
import { orderLineBody } from './order-line-body.js';
import { crossingsOf, reasonsOfParties } from './parties.js';
import { qualityOf, reasonsOfQuality, rolesWithoutParty } from './quality.js';

const orderTherapyBody = z.strictObject({
  coi,
  patient: actorId,
  process: z.strictObject({ id: code, version, hash: digest }),
  parties: z.array(organisationId).min(1).max(16),
  /** the one party whose quality decides on what is made; left out where only one both makes and has quality */
  quality: organisationId.optional(),
  jurisdiction: country,
  orderLines: z.array(orderLineBody).min(1).max(50),
});

export const orderTherapy = definePermission({
  type: 'therapy:OrderTherapy',
  roles: ['clinician'],
  signature: 'delegable',
  annexes: [{ name: 'markers', required: false, content: outcomeContent }],
  body: orderTherapyBody,
  scope: therapyScope,
  reads: async (reader, command, { actor }) => {
    const { body } = command;
    const consents = await weighConsents(reader, body.patient);
    return {
      existing: await reader.get('therapy', { coi: body.coi }),
      item: await reader.get('item-index', { id: body.coi }),
      process: await reader.get('process', {
        id: body.process.id,
        version: body.process.version,
      }),
      patient: await reader.get('actor', { id: body.patient }),
      parties: await Promise.all(body.parties.map((id) => reader.get('organisation', { id }))),
      consents,
      recipient: await readRecipient(reader, actor.organisation, consents),
    };
  },
  standing: (_state, { body }, { actor: { organisation } }) =>
    body.parties.includes(organisation)
      ? []
      : [{ code: 'ORDERER_NOT_A_PARTY', expected: organisation }],
  annulling: 'never',
  decide: decideOrder,
});
type Body = z.infer<typeof orderTherapyBody>;

export interface OrderState {
  readonly existing: Therapy | undefined;
  /** a thing that bears the chain of identity as its own number */
  readonly item?: ItemIndex | undefined;
  readonly process: ProcessVersion | undefined;
  readonly patient: Actor | undefined;
  readonly parties: readonly (Organisation | undefined)[];
  /** the patient's consents, of the enrolment step's purposes and of CROSS_BORDER */
  readonly consents: readonly WeighedConsent[];
  /** who orders */
  readonly recipient: Recipient;
}

/**
 * Gate H1: the patient consented, and the members' countries are covered. The CoI is assigned. Which classes of data the
 * consents cover is asked at each step that touches some.
 */
export function decideOrder(
  state: OrderState,
  command: Command<Body>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const reasons: Reason[] = [
    ...identityReasons(state, body),
    ...processReasons(state.process, body),
  ];
  const purposes =
    state.process?.definition.steps.find((step) => step.gate === 'H1')?.consents ?? [];
  const at = context.transactionTime;
  const enrolling = purposes.map((each): ConsentUse => ({
    purpose: each,
    at,
    dataClasses: [],
    ...state.recipient,
  }));
  const crossing = crossingsOf(partiesOf(state), body.jurisdiction, at);
  reasons.push(
    ...enrolling.flatMap((use) => reasonsAgainstUse(state.consents, use)),
    ...reasonsOfParties(
      body.parties.map((id, index) => ({ id, member: state.parties[index] })),
      { consents: state.consents, jurisdiction: body.jurisdiction, at },
    ),
    ...roleReasons(state, body),
  );
  return permitUnless(reasons, () => [
    {
      noun: 'therapy',
      coi: body.coi,
      patient: body.patient,
      process: body.process,
      parties: body.parties,
      quality: qualityOf(body.quality, partiesOf(state)) ?? '',
      jurisdiction: body.jurisdiction,
      orderLines: body.orderLines,
      ordered: signedBy(command, context),
      blockers: [],
    },
    { noun: '~end', coi: body.coi },
    ...usesMade(state.consents, [...enrolling, ...crossing], command.id),
  ]);
}

function identityReasons(state: OrderState, body: Body): Reason[] {
  const reasons: Reason[] = [];
  if (state.existing ?? state.item)
    reasons.push({ code: 'COI_TAKEN', subject: `therapy ${body.coi}` });
  if (!state.patient || !isPatient(state.patient)) {
    reasons.push({ code: 'NOT_A_PATIENT', subject: `actor ${body.patient}` });
  } else if (state.patient.revocation) {
    reasons.push({ code: 'PATIENT_KEY_REVOKED', subject: `actor ${body.patient}` });
  }
  const doses = body.orderLines.map((line) => line.dose);
  if (new Set(doses).size !== doses.length) reasons.push({ code: 'DOSE_ORDERED_TWICE' });
  return reasons;
}

function processReasons(process: ProcessVersion | undefined, body: Body): readonly Reason[] {
  const subject = `process ${body.process.id} ${body.process.version}`;
  if (!process) return [{ code: 'PROCESS_NOT_PUBLISHED', subject }];
  const where = reasonsOfJurisdiction(process.definition, body.jurisdiction, subject);
  if (process.hash === body.process.hash) return where;
  return [
    { code: 'PROCESS_HASH_DIFFERS', subject, expected: process.hash, found: body.process.hash },
    ...where,
  ];
}

/** Why a therapy in a jurisdiction is not by a process: its definition names others. */
export function reasonsOfJurisdiction(
  { jurisdictions }: Pick<ProcessDefinition, 'jurisdictions'>,
  found: string,
  subject: string,
): readonly Reason[] {
  if (jurisdictions?.includes(found) !== false) return [];
  return [{ code: 'JURISDICTION_NOT_COVERED', subject, expected: jurisdictions.join(), found }];
}

/** Somebody of a party must be able to do whatever the process asks for, and one of them decides on what is made. */
function roleReasons(state: OrderState, { quality }: Body): readonly Reason[] {
  if (!state.process) return [];
  const { definition } = state.process;
  const parties = partiesOf(state);
  return [
    ...reasonsOfQuality(quality, parties, definition),
    ...rolesWithoutParty(parties, definition),
  ];
}

function partiesOf({ parties }: OrderState): readonly Organisation[] {
  return parties.filter((party) => party !== undefined);
}
