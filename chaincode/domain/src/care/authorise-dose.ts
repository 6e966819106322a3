import { z } from 'zod';
import { ofAuthorisation } from '../annulling/care.js';
import { type Command, therapyScope } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import type { Reader } from '../commands/reader.js';
import {
  type Asking,
  type Context,
  permitUnless,
  type PermissionDecision,
} from '../commands/decision.js';
import { usesMade } from '../consent/evaluate.js';
import { readRecipient, type Recipient } from '../consent/uses.js';
import { weighConsents } from '../consent/weigh-consents.js';
import type { WeighedConsent } from '../consent/weighed.js';
import { reasonsOfBedside } from '../gates/bedside.js';
import { distinct, reasonsOfChain } from '../gates/chain.js';
import { reasonsOfConsent, usesAsked } from '../gates/consent.js';
import { openTestsIn, reasonsOfContainers, reasonsOfOpenTests } from '../gates/containers.js';
import { ownNameOf, underOwnName } from '../custody/own-name.js';
import { reasonsAgainstCustody } from '../gates/custody.js';
import { notDecided } from '../gates/decided.js';
import { notExcepted } from '../gates/exception.js';
import { lineOf, type Ordered, reasonsOfOrder } from '../gates/order-line.js';
import { reasonsOfProduct } from '../gates/product.js';
import type { Ancestry } from '../graph/ancestry.js';
import { upstreamWithTests } from '../graph/evidence.js';
import {
  statementOfVerification,
  statementsBehind,
  statementsOfLine,
} from '../graph/statements.js';
import { upstreamOf } from '../graph/upstream.js';
import { readWholeTherapy, type WholeTherapy } from '../graph/whole-therapy.js';
import { type NamedItem, OF_ANOTHER_THERAPY } from '../nouns/named-item.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { findSuspects } from '../registry/suspects.js';
import { reasonsOfSuspects, type Suspect } from '../registry/suspicion.js';
import { coi, digest, itemId, localId } from '../values/identifiers.js';
import { MAX_ALARMS_SEEN } from '../standing/alarms.js';
import { type AskedAtBedside, reasonsOfAlarmsAtBedside } from '../gates/alarms.js';
import { goesOnAlone, lapseSignedFor, reasonsOfLapse } from './lapse.js';
import { onlyParties } from '../standing/refuse.js';
import { openTests } from '../manufacturing/release-batch.js';
import { lineNumber } from '../therapy/order-line-body.js';

const authoriseDoseBody = z.strictObject({
  coi,
  dose: localId,
  /** the order line's number */
  number: lineNumber,
  item: itemId,
  verifications: z.array(localId).min(1).max(4),
  fitness: z.enum(['go', 'no-go']),
  /**
   * the physician's signature that treatment goes on although consent lapsed otherwise than by a no: the patient cannot be
   * asked in time, and waiting endangers life
   */
  continueAfterLapse: z.boolean(),
  /** why the physician decides that alone */
  lapse: lapseSignedFor.optional(),
  /** alarms about the product that the physician looked into, by the commands that raised them */
  alarmsSeen: z.array(digest).min(1).max(MAX_ALARMS_SEEN).optional(),
  /** tests that may follow and have no result yet: the physician signs for each */
  openTests,
});

export const authoriseDose = definePermission({
  type: 'care:AuthoriseDose',
  roles: ['clinician'],
  signature: 'own',
  annexes: [],
  body: authoriseDoseBody,
  scope: therapyScope,
  reads: async (reader, { body }, { actor }) =>
    readAuthoriseState(reader, body, actor.organisation),
  standing: ({ therapy }, _command, context) => onlyParties(therapy, context),
  annulling: ofAuthorisation,
  decide: decideAuthoriseDose,
});
type Body = z.infer<typeof authoriseDoseBody>;

export interface AuthoriseState {
  readonly therapy: Therapy;
  readonly whole: WholeTherapy;
  readonly named: NamedItem;
  readonly ancestry: Ancestry;
  readonly consents: readonly WeighedConsent[];
  /** who would give it */
  readonly recipient: Recipient;
  /** what the dose would rest on that was signed with compromised keys */
  readonly suspects: readonly Suspect[];
}

/** What is asked for, as far as it says what is read. */
interface NamedDose {
  readonly coi: string;
  /** the order line's, where one is meant */
  readonly number?: number;
  readonly item: string;
  readonly verifications: readonly string[];
}

/** Reads everything that a dose would rest on, for who is to give it. */
export async function readAuthoriseState(
  reader: Reader,
  asked: NamedDose,
  organisation: string,
): Promise<AuthoriseState> {
  const whole = await readWholeTherapy(reader, asked.coi);
  const { therapy } = whole;
  const named = await reader.named(asked.coi, asked.item);
  const coiOfItem = named.known === 'never' ? asked.coi : named.item.coi;
  const links = [{ kind: 'item' as const, coi: coiOfItem, id: ownNameOf(named) }];
  const verifications = asked.verifications.flatMap((id) => whole.verifications.get(id) ?? []);
  const tested = upstreamWithTests(whole, links);
  const suspects = await findSuspects(reader, asked.coi, [
    ...statementsBehind(whole, tested),
    ...statementsOfLine(asked.number === undefined ? undefined : lineOf(whole, asked.number)),
    ...verifications.map(statementOfVerification),
  ]);
  const consents = await weighConsents(reader, therapy.patient);
  const recipient = await readRecipient(reader, organisation, consents);
  const ancestry = upstreamOf(whole, links);
  return { therapy, whole, named, ancestry, consents, recipient, suspects };
}

/** The interlock before the patient's arm. Every reason against the dose is named, never only the first. */
export function decideAuthoriseDose(
  state: AuthoriseState,
  told: Command<Body>,
  context: Context,
): PermissionDecision {
  const command = underOwnName(told, state.named);
  const { body } = command;
  const { whole } = state;
  const uses = usesAsked(state, context.transactionTime);
  const continueAfterLapse = goesOnAlone(state, body);
  const asked = { ...body, continueAfterLapse, ...askedBy(body, context) };
  const against = reasonsAgainstDose(state, asked, context);
  const reasons: Reason[] = [
    ...reasonsOfFitness(body),
    ...against,
    ...reasonsOfLapse(body.dose, body, against),
    ...reasonsOfBedside(whole, body.item, body.verifications, context.transactionTime),
  ];
  return permitUnless(distinct(reasons), () => [
    {
      noun: 'dose',
      coi: body.coi,
      id: body.dose,
      number: body.number,
      item: body.item,
      verifications: body.verifications,
      authorised: signedBy(command, context),
      ...openTestsIn(whole, state.ancestry.batches),
      administrations: [],
    },
    { noun: 'dose-line', coi: body.coi, number: body.number, dose: body.dose },
    ...usesMade(state.consents, uses, command.id),
  ]);
}

/** What is asked of a dose, but for the patient's fitness and the bedside. */
export interface AskedDose extends Ordered, AskedAtBedside {
  readonly continueAfterLapse: boolean;
  /** tests that are open, by their steps, as far as the command names them */
  readonly openTests?: readonly string[] | undefined;
}

/** Why a dose is not given, whoever stands at the bedside. */
export function reasonsAgainstDose(
  state: Omit<AuthoriseState, 'therapy'>,
  asked: AskedDose,
  asking: Asking,
): readonly Reason[] {
  const { whole, ancestry } = state;
  return [
    ...reasonsBesideAlarms(state, asked, asking),
    ...reasonsOfAlarmsAtBedside(whole, ancestry, asked, asking.transactionTime),
    ...reasonsOfOpenTests(whole, ancestry.batches, asked.openTests),
  ];
}

/** Why a dose is not given, whoever looked into alarms about it. */
export function reasonsBesideAlarms(
  state: Omit<AuthoriseState, 'therapy'>,
  asked: Ordered & Pick<AskedDose, 'continueAfterLapse'>,
  asking: Asking,
): readonly Reason[] {
  const { whole, ancestry, consents, suspects } = state;
  const at = asking.transactionTime;
  const against = [
    ...reasonsOfOrder(whole, asked, at),
    ...reasonsOfItem(state, asking),
    ...reasonsOfChain(whole, ancestry),
    ...reasonsOfConsent(consents, usesAsked(state, at), asked.continueAfterLapse),
    ...reasonsOfSuspects(suspects),
  ];
  return notDecided(whole, ancestry.items, notExcepted(whole, ancestry.batches, against), at);
}

function askedBy({ item, verifications, alarmsSeen = [] }: Body, physician: Context) {
  return { item, verifications, alarmsSeen, physician };
}

function reasonsOfFitness({ dose, fitness }: Body): readonly Reason[] {
  if (fitness === 'go') return [];
  return [{ code: 'NOT_FIT', subject: `dose ${dose}`, expected: 'go', found: fitness }];
}

function reasonsOfItem(
  { named, whole }: Pick<AuthoriseState, 'named' | 'whole'>,
  asking: Asking,
): readonly Reason[] {
  const subject = `item ${named.id}`;
  if (named.known === 'never') return [{ code: 'UNKNOWN_ITEM', subject }];
  if (named.known === 'foreign') {
    const { coi: expected } = whole.therapy;
    return [{ code: 'FOREIGN_ITEM', expected, found: OF_ANOTHER_THERAPY }];
  }
  const { item } = named;
  const at = asking.transactionTime;
  return [
    ...reasonsOfProduct(whole, item, at),
    ...reasonsOfContainers(whole, item, at),
    ...reasonsAgainstCustody(item, asking),
  ];
}
