import { z } from 'zod';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import { usesMade } from '../consent/evaluate.js';
import { weighConsents } from '../consent/weigh-consents.js';
import type { WeighedConsent } from '../consent/weighed.js';
import { isTangible } from '../custody/item.js';
import { canonicalise } from '../encoding/codec.js';
import { distinct } from '../gates/chain.js';
import { reasonsOfHalt } from '../gates/blocks.js';
import { readParties } from '../manufacturing/lifter.js';
import { type Actor, hospitalOf } from '../nouns/actor.js';
import type { Item } from '../nouns/item.js';
import type { Organisation } from '../nouns/organisation.js';
import type { PartyChange } from '../nouns/party-change.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { isOwnSignature, signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { signatureOf } from '../commands/gathered-signature.js';
import { onlyParties } from '../standing/refuse.js';
import { coi, localId, organisationId } from '../values/identifiers.js';
import { crossingsOf, reasonsOfParties } from './parties.js';
import {
  type Care,
  hospitalAfter,
  hospitalLettingGo,
  reasonsOfHospital,
} from './patients-hospital.js';
import { reasonsOfQuality, rolesWithoutParty } from './quality.js';
import { missingOfChange, type SignerOfChange } from './signers-of-change.js';

const changePartiesBody = z.strictObject({
  coi,
  change: localId,
  /** all that take part from then on, in place of those before */
  parties: z.array(organisationId).min(1).max(16),
  /** the one of them that has the patient in care from then on; left out, as now, or the only one that could */
  hospital: organisationId.optional(),
});
type Body = z.infer<typeof changePartiesBody>;

export const changeParties = definePermission({
  type: 'therapy:ChangeParties',
  roles: ['clinician', 'quality'],
  signature: 'own',
  annexes: [],
  body: changePartiesBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const therapy = await reader.therapy(body.coi);
    const { definition } = await reader.processOf(therapy);
    const patient = await reader.get('actor', { id: therapy.patient });
    return {
      therapy,
      definition,
      members: await Promise.all(body.parties.map((id) => reader.get('organisation', { id }))),
      before: await readParties(reader, therapy),
      patient,
      hospital: patient && (await reader.get('organisation', { id: hospitalOf(patient) })),
      items: await reader.range('item', { coi: body.coi }),
      consents: await weighConsents(reader, therapy.patient),
      earlier: await reader.get('party-change', { coi: body.coi, id: body.change }),
    };
  },
  standing: ({ therapy }, _command, context) => onlyParties(therapy, context),
  annulling: 'never',
  decide: decideChangeParties,
});

export interface ChangePartiesState {
  readonly therapy: Therapy;
  readonly definition: ProcessDefinition;
  /** who would take part, in the order of the body; undefined for who is no member */
  readonly members: readonly (Organisation | undefined)[];
  /** the parties until then, as members */
  readonly before: readonly Organisation[];
  readonly patient: Actor | undefined;
  /** the hospital that has the patient in care, as a member */
  readonly hospital: Organisation | undefined;
  readonly items: readonly Item[];
  readonly consents: readonly WeighedConsent[];
  readonly earlier: PartyChange | undefined;
}

/**
 * The therapy's quality and a physician of a party, two people, each sign who takes part from then on: another site or
 * courier, a hospital that the patient moved to. No role of the process is ever left without a party, the quality that
 * decides stays, and nobody leaves who has a thing of the therapy in hand. Where the hospital leaves that has the patient in
 * care, another party has from then on: it asks for consent and sees to lost keys, and the patient's enrolment, keys, consents
 * and pseudonym stay as they are. The physician is then one of the hospital that lets the patient go, as long as it acts: no
 * other takes a patient over by its own word.
 */
export function decideChangeParties(
  state: ChangePartiesState,
  command: Command<Body>,
  context: Context,
): PermissionDecision {
  const { therapy, earlier, members, consents, patient } = state;
  const { body } = command;
  const signatures = [...(earlier?.signatures ?? []), signatureOf(command, context)];
  const missing = missingOf(state, body, signatures);
  const at = context.transactionTime;
  const reasons = [
    ...reasonsOfSigner(state, body, context, missing.length),
    ...reasonsOfChange(state, body, at),
  ];
  return permitUnless(distinct(reasons), () => {
    const hospital = hospitalAfter(therapy, careAfter(state, body));
    const moves = patient && hospital !== undefined && hospital !== hospitalOf(patient);
    const change: PartyChange = {
      noun: 'party-change',
      coi: body.coi,
      id: body.change,
      parties: body.parties,
      ...(body.hospital === undefined ? {} : { hospital: body.hospital }),
      signatures,
    };
    if (missing.length > 0) return [change];
    const added = members.filter((each) => each !== undefined).filter(isNew(therapy));
    const uses = crossingsOf(added, therapy.jurisdiction, at);
    const agreed = signedBy(command, context);
    return [
      { ...change, ...(moves ? { hospital } : {}), agreed },
      { ...therapy, parties: body.parties },
      ...(moves ? [{ ...patient, inCareOf: { organisation: hospital, ...agreed } }] : []),
      ...usesMade(consents, uses, command.id),
    ];
  });
}

function missingOf(
  { therapy, before, hospital }: ChangePartiesState,
  body: Body,
  signatures: PartyChange['signatures'],
): readonly SignerOfChange[] {
  const lettingGo = hospitalLettingGo(therapy, hospital, body);
  return missingOfChange(therapy, { members: before, lettingGo }, signatures);
}

function careAfter({ patient, members }: ChangePartiesState, { hospital: named }: Body): Care {
  return { patient, named, parties: members.filter((each) => each !== undefined) };
}

const isNew =
  ({ parties }: Therapy) =>
  ({ id }: Organisation) =>
    !parties.includes(id);

function reasonsOfSigner(
  state: ChangePartiesState,
  body: Body,
  context: Context,
  missing: number,
): readonly Reason[] {
  const { earlier } = state;
  const subject = `party-change ${body.change}`;
  const signatures = earlier?.signatures ?? [];
  if (earlier?.agreed) return [{ code: 'IDENTIFIER_TAKEN', subject }];
  if (earlier && canonicalise(saidOf(earlier)) !== canonicalise(saidOf(body))) {
    const [expected, found] = [canonicalise(saidOf(earlier)), canonicalise(saidOf(body))];
    return [{ code: 'OTHER_CHANGE', subject, expected, found }];
  }
  if (signatures.some((each) => isOwnSignature(each, context))) {
    const found = context.principal;
    return [{ code: 'SAME_PERSON', subject, expected: 'another person', found }];
  }
  const asked = missingOf(state, body, signatures);
  if (missing < asked.length) return [];
  const found = `${context.actor.roles.join()} of ${context.actor.organisation}`;
  return [{ code: 'NOT_ASKED_TO_SIGN', subject, expected: asked.join(' or '), found }];
}

interface Said {
  readonly parties: readonly string[];
  readonly hospital?: string | undefined;
}

/** What two people sign in the same words. */
function saidOf({ parties, hospital }: Said) {
  return { parties, ...(hospital === undefined ? {} : { hospital }) };
}

/** Why a therapy cannot go on with these members. */
function reasonsOfChange(state: ChangePartiesState, body: Body, at: string): readonly Reason[] {
  const { therapy, definition, members, items, consents, patient } = state;
  const { parties, hospital } = body;
  const care = careAfter(state, body);
  const moves = hospital !== undefined && patient && hospital !== hospitalOf(patient);
  const there = members.filter((each) => each !== undefined);
  const leaving = new Set(therapy.parties.filter((id) => !parties.includes(id)));
  const added = parties.flatMap((id, index) =>
    therapy.parties.includes(id) ? [] : [{ id, member: members[index] }],
  );
  const subject = `therapy ${therapy.coi}`;
  return [
    ...reasonsOfHalt(therapy),
    ...(leaving.size + added.length > 0 || moves
      ? []
      : [{ code: 'NOTHING_CHANGES' as const, subject }]),
    ...(new Set(parties).size < parties.length
      ? [{ code: 'PARTY_NAMED_TWICE' as const, subject, found: parties.join() }]
      : []),
    ...reasonsOfParties(added, { consents, jurisdiction: therapy.jurisdiction, at }),
    ...reasonsOfQuality(therapy.quality, there, definition),
    ...rolesWithoutParty(there, definition),
    ...reasonsOfHospital(therapy, care),
    ...reasonsOfLettingGo(therapy, hospitalLettingGo(therapy, state.hospital, body)),
    ...items.filter(isTangible).flatMap(({ id, holder, foundBy, handOff, custody }) => {
      const has = [holder.organisation, foundBy?.organisation];
      const involved = custody === 'in-transit' ? [...has, handOff?.from, handOff?.to] : has;
      return [...new Set(involved)].flatMap((organisation): readonly Reason[] =>
        organisation !== undefined && leaving.has(organisation)
          ? [{ code: 'PARTY_HOLDS', subject: `item ${id}`, found: organisation }]
          : [],
      );
    }),
  ];
}

/** In a therapy in which the hospital takes no part that has the patient in care nobody could let the patient go. */
function reasonsOfLettingGo(
  { parties, patient }: Therapy,
  lettingGo: string | undefined,
): readonly Reason[] {
  if (lettingGo === undefined || parties.includes(lettingGo)) return [];
  const [subject, expected] = [`actor ${patient}`, `${lettingGo} among the parties`];
  return [{ code: 'NOT_THE_PATIENTS_HOSPITAL', subject, expected, found: parties.join() }];
}
