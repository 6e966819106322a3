import { z } from 'zod';
import { type Command, therapyScope } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { usesMade } from '../consent/evaluate.js';
import type { WeighedConsent } from '../consent/weighed.js';
import type { Item } from '../nouns/item.js';
import type { NamedItem } from '../nouns/named-item.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { coi, itemId, localId } from '../values/identifiers.js';
import type { Ancestry, Link } from '../manufacturing/ancestry.js';
import { reasonsAgainstCustody } from '../manufacturing/start-step.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { reasonsOfSuspects, type Suspect } from '../registry/suspicion.js';
import { signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { milliseconds } from '../values/time.js';
import type { Dose } from '../nouns/dose.js';
import type { Verification } from '../nouns/verification.js';
import { reasonsOfBedside, reasonsOfChain, reasonsOfConsent, usesOfDose } from './interlock.js';
import type { Reader } from '../commands/reader.js';
import { findSuspects } from '../registry/suspects.js';
import {
  statementOfVerification,
  statementsOf,
  statementsOfAncestry,
} from '../manufacturing/statements.js';
import { therapyAndDefinition } from '../manufacturing/pinned-process.js';
import { walkAncestry } from '../manufacturing/walk.js';
import { weighConsents } from '../consent/weigh-consents.js';

const authoriseDoseBody = z.strictObject({
  coi,
  dose: localId,
  /** the order line's number */
  number: z.int().min(1).max(99),
  item: itemId,
  verifications: z.array(localId).min(1).max(4),
  fitness: z.enum(['go', 'no-go']),
  /** the physician's signature that treatment goes on although consent lapsed otherwise than by a no */
  continueAfterLapse: z.boolean(),
});

export const authoriseDose = definePermission({
  type: 'care:AuthoriseDose',
  roles: ['clinician'],
  signature: 'own',
  annexes: [],
  body: authoriseDoseBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const { coi } = body;
    const state = await therapyAndDefinition(reader, coi);
    const named = await reader.named(coi, body.item);
    const ancestry = await walkAncestry(reader, [itemLink(named, coi)]);
    const verifications = await Promise.all(
      body.verifications.map((id) => reader.get('verification', { coi, id })),
    );
    return {
      ...state,
      named,
      existing: await reader.get('dose', { coi, id: body.dose }),
      earlier: await earlierDose(reader, coi, body.number),
      ancestry,
      consents: await weighConsents(reader, state.therapy.patient),
      verifications,
      suspects: await findSuspects(reader, coi, [
        ...statementsOf(state.therapy),
        ...statementsOfAncestry(ancestry),
        ...verifications.flatMap((each) => (each ? [statementOfVerification(each)] : [])),
      ]),
    };
  },
  decide: decideAuthoriseDose,
});
type Body = z.infer<typeof authoriseDoseBody>;

export interface AuthoriseState {
  readonly therapy: Therapy;
  readonly definition: ProcessDefinition;
  readonly existing: Dose | undefined;
  readonly named: NamedItem;
  readonly ancestry: Ancestry;
  readonly consents: readonly WeighedConsent[];
  readonly verifications: readonly (Verification | undefined)[];
  /** the dose that the order line already stands for, with its item */
  readonly earlier: EarlierDose | undefined;
  /** what the dose would rest on that was signed with compromised keys */
  readonly suspects: readonly Suspect[];
}

/** A dose that an order line was used for. */
export interface EarlierDose {
  readonly id: string;
  readonly dose: Dose | undefined;
  readonly item: Item | undefined;
}

/** The interlock before the patient's arm. Every reason against the dose is named, never only the first. */
export function decideAuthoriseDose(
  state: AuthoriseState,
  command: Command<Body>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const { therapy, definition } = state;
  const reasons: Reason[] = [
    ...reasonsOfOrder(state, body),
    ...reasonsOfProduct(state, context),
    ...reasonsOfChain(therapy, definition, state.ancestry, context),
    ...reasonsOfConsent(definition, state.consents, body.continueAfterLapse, context),
    ...reasonsOfBedside(therapy, definition, body.item, state.verifications, context),
    ...reasonsOfSuspects(state.suspects),
  ];
  return permitUnless(distinct(reasons), () => [
    {
      noun: 'dose',
      coi: body.coi,
      id: body.dose,
      number: body.number,
      item: body.item,
      authorised: signedBy(command, context),
      administrations: [],
    },
    { noun: 'dose-line', coi: body.coi, number: body.number, dose: body.dose },
    ...usesMade(state.consents, usesOfDose(definition, context), command.id),
  ]);
}

function reasonsOfOrder(state: AuthoriseState, body: Body): readonly Reason[] {
  const subject = `dose ${body.dose}`;
  const reasons: Reason[] = [];
  if (state.existing) reasons.push({ code: 'IDENTIFIER_TAKEN', subject });
  if (!state.therapy.orderLines.some((line) => line.dose === body.number)) {
    reasons.push({ code: 'DOSE_NOT_ORDERED', subject, found: `${body.number}` });
  }
  if (state.earlier && state.earlier.id !== body.dose && !isUnspent(state.earlier)) {
    reasons.push({
      code: 'ORDER_LINE_TAKEN',
      subject: `dose line ${body.number}`,
      expected: 'one dose for each line of the order',
      found: `dose ${state.earlier.id}`,
    });
  }
  if (body.fitness !== 'go')
    reasons.push({ code: 'NOT_FIT', subject, expected: 'go', found: body.fitness });
  return reasons;
}

/** Whether nothing of the dose reached the patient, by the record: not started, lost, or disposed of. */
function isUnspent({ dose, item }: EarlierDose): boolean {
  if (!dose) return false;
  const courses = dose.administrations.map(({ course }) => course);
  if (courses.some((course) => course !== 'not-started')) return false;
  return courses.length > 0 || item?.custody === 'disposed';
}

function reasonsOfProduct(state: AuthoriseState, context: Context): readonly Reason[] {
  const { named, therapy } = state;
  const subject = `item ${named.id}`;
  if (named.known === 'never') return [{ code: 'UNKNOWN_ITEM', subject }];
  const { item } = named;
  const reasons: Reason[] = [];
  if (named.known === 'foreign') {
    reasons.push({ code: 'FOREIGN_ITEM', subject, expected: therapy.coi, found: item.coi });
  }
  const step = state.definition.steps.find(
    (each) => each.attestedBy === 'care:RecordAdministration',
  );
  if (!step?.inputs.includes(item.kind)) {
    reasons.push({
      code: 'WRONG_KIND',
      subject,
      expected: step?.inputs.join() ?? '',
      found: item.kind,
    });
  }
  if (
    item.useBy !== undefined &&
    milliseconds(item.useBy) <= milliseconds(context.transactionTime)
  ) {
    const expected = `an expiry after ${context.transactionTime}`;
    reasons.push({ code: 'EXPIRED', subject, expected, found: item.useBy });
  }
  return [...reasons, ...reasonsAgainstCustody(item, context)];
}

function distinct(reasons: readonly Reason[]): readonly Reason[] {
  const seen = new Map(
    reasons.map((reason) => [JSON.stringify([reason.code, reason.subject, reason.found]), reason]),
  );
  return [...seen.values()];
}

function itemLink(named: NamedItem, coi: string): Link {
  return { kind: 'item', coi: named.known === 'never' ? coi : named.item.coi, id: named.id };
}

/** The dose that a line of the order already stands for, with its item. */
async function earlierDose(
  reader: Reader,
  coi: string,
  number: number,
): Promise<EarlierDose | undefined> {
  const line = await reader.get('dose-line', { coi, number });
  if (!line) return undefined;
  const dose = await reader.get('dose', { coi, id: line.dose });
  const named = dose && (await reader.named(coi, dose.item));
  return { id: line.dose, dose, item: named?.known === 'own' ? named.item : undefined };
}
