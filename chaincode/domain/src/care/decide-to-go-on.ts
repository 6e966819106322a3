import { z } from 'zod';
import { ofDecision } from '../annulling/decision.js';
import { without } from '../annulling/without.js';
import { explanationContent } from '../commands/annex.js';
import { type Command, therapyScope } from '../commands/command.js';
import {
  type Asking,
  type Context,
  permitUnless,
  type PermissionDecision,
} from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import type { Reader } from '../commands/reader.js';
import { underOwnName } from '../custody/own-name.js';
import { reasonsOfAlarmsUnnamed } from '../gates/alarms.js';
import { blockersBehind } from '../gates/blocks.js';
import { distinct, reasonsOfChain } from '../gates/chain.js';
import { reasonsOfConsent, usesAsked } from '../gates/consent.js';
import { reasonsAgainstCustody } from '../gates/custody.js';
import { decisionsOn, isDecidable, knownIn, notDecided } from '../gates/decided.js';
import { notExcepted } from '../gates/exception.js';
import {
  irreversiblesBefore,
  isGivenAsIs,
  isIrreversible,
  reasonsBeforeIrreversible,
} from '../gates/irreversible.js';
import { lineAsked } from '../gates/order-line.js';
import { besides } from '../gates/override.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { DecisionToGoOn } from '../nouns/decision.js';
import { statementsOfDecision } from '../graph/statements.js';
import type { Item } from '../nouns/item.js';
import { OF_ANOTHER_THERAPY } from '../nouns/named-item.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import { signatureOf } from '../commands/gathered-signature.js';
import { findSuspects } from '../registry/suspects.js';
import { reasonsOfSuspects } from '../registry/suspicion.js';
import { MAX_ALARMS_SEEN } from '../standing/alarms.js';
import { ofParty, ofQuality } from '../standing/people.js';
import { onlyParties, onlyQuality } from '../standing/refuse.js';
import { coi, digest, itemId, localId } from '../values/identifiers.js';
import type { Role } from '../values/roles.js';
import { type AuthoriseState, readAuthoriseState, reasonsBesideAlarms } from './authorise-dose.js';
import { reasonsAgainstSecond, rolesBeside } from '../quality/same-words.js';

const decideToGoOnBody = z.strictObject({
  coi,
  decision: localId,
  /** what is to be given, or prepared */
  item: itemId,
  /** that treatment goes on although consent lapsed otherwise than by a no */
  continueAfterLapse: z.boolean(),
  /** alarms about the product that whoever signs looked into, by the commands that raised them */
  alarmsSeen: z.array(digest).min(1).max(MAX_ALARMS_SEEN).optional(),
});
type Body = z.infer<typeof decideToGoOnBody>;

export interface GoOnState extends AuthoriseState {
  readonly existing: DecisionToGoOn | undefined;
}

export const decideToGoOn = definePermission({
  type: 'care:DecideToGoOn',
  roles: ['clinician', 'release-person'],
  signature: 'own',
  annexes: [{ name: 'explanation', required: true, content: explanationContent }],
  body: decideToGoOnBody,
  scope: therapyScope,
  reads: (reader, { body }, { actor }) => readGoOnState(reader, body, actor.organisation),
  standing: ({ therapy }, _command, context) =>
    context.actor.roles.includes('clinician')
      ? onlyParties(therapy, context)
      : onlyQuality(therapy, context),
  annulling: ofDecision,
  decide: decideGoingOn,
});

/** Reads what the product rests on, for who would give it, and who signed the half that there is. */
export async function readGoOnState(
  reader: Reader,
  body: Body,
  organisation: string,
): Promise<GoOnState> {
  const named = await reader.named(body.coi, body.item);
  // who would give it holds it, whoever of the two signs
  const giver = named.known === 'own' ? named.item.holder.organisation : organisation;
  const state = await readAuthoriseState(reader, { ...body, verifications: [] }, giver);
  const existing = await reader.get('decision', { coi: body.coi, id: body.decision });
  const half = existing && !existing.agreed ? statementsOfDecision(existing) : [];
  const doubted = await findSuspects(reader, body.coi, half);
  return { ...state, existing, suspects: [...state.suspects, ...doubted] };
}

/**
 * After what cannot be undone, such as lymphodepletion or a thaw, a physician and a release person, two people, each sign
 * within the process's minutes that the product is gone on with, although something stands against it that would have
 * stopped before (A10). What stops still refuses both, and what came since the first of them signed the second.
 */
export function decideGoingOn(
  state: GoOnState,
  told: Command<Body>,
  context: Context,
): PermissionDecision {
  const command = underOwnName(told, state.named);
  const { body } = command;
  const { whole, named, existing } = state;
  const { transactionTime: at } = context;
  const signing = signingAs(state, context);
  const subject = `item ${body.item}`;
  if (named.known === 'never') return refused({ code: 'UNKNOWN_ITEM', subject });
  if (named.known === 'foreign') {
    return refused({ code: 'FOREIGN_ITEM', expected: body.coi, found: OF_ANOTHER_THERAPY });
  }
  const against = reasonsAgainstGiving(state, named.item, body, at);
  const before = decisionsOn(whole, [named.item], at).find(
    ({ id, agreed }) => id === body.decision && !agreed,
  );
  const decided = against.filter(
    (reason) => isDecidable(reason) || isLapse(state, reason, body, at),
  );
  const isOfUse = decided.length > 0 || body.alarmsSeen !== undefined;
  const reasons: readonly Reason[] = [
    ...reasonsOfReversible(state, subject),
    ...(existing && !before
      ? [{ code: 'IDENTIFIER_TAKEN' as const, subject: `decision ${body.decision}` }]
      : []),
    ...against.filter((reason) => !decided.includes(reason)),
    ...(isOfUse ? [] : [{ code: 'NOTHING_TO_DECIDE' as const, subject }]),
    ...(before ? reasonsAgainstJoining(whole, before, body, decided, { context, signing }) : []),
  ];
  return permitUnless(distinct(reasons), () => {
    const explanation = command.annex?.['explanation'] ?? '';
    const own = { ...signatureOf(command, context), explanation };
    return [
      {
        noun: 'decision',
        ...wordsOf(body),
        signatures: [...(before?.signatures ?? []), own],
        missing: before ? [] : rolesBeside(signing, 'release-person'),
        decided,
        behind: decided.flatMap((reason) => blockersBehind(whole, reason)),
        ...(before ? { agreed: signedBy(command, context) } : {}),
      },
    ];
  });
}

function refused(reason: Reason): PermissionDecision {
  return { decision: 'refused', reasons: [reason] };
}

/** What of it both sign. */
function wordsOf({ decision, alarmsSeen, ...rest }: Body) {
  return { ...rest, id: decision, ...(alarmsSeen === undefined ? {} : { alarmsSeen }) };
}

/** What stands against the product, by the gate of the dose; before it is prepared, by what asks that gate then. */
function reasonsAgainstGiving(
  state: GoOnState,
  item: Item,
  { alarmsSeen = [] }: Pick<Body, 'alarmsSeen'>,
  at: string,
): readonly Reason[] {
  const { whole, ancestry, suspects } = state;
  const asking: Asking = { transactionTime: at, actor: item.holder };
  const unseen = reasonsOfAlarmsUnnamed(whole, ancestry, alarmsSeen);
  if (isGivenAsIs(whole.definition, item)) {
    const line = lineAsked(whole, item.id, at) ?? { dose: '', number: 0, item: item.id };
    return [
      ...reasonsBesideAlarms(state, { ...line, continueAfterLapse: false }, asking),
      ...unseen,
    ];
  }
  const ahead = notExcepted(whole, ancestry.batches, [
    ...reasonsBeforeIrreversible(state, [item], asking),
    ...reasonsOfChain(whole, ancestry),
    ...reasonsOfSuspects(suspects),
    ...reasonsAgainstCustody(item, asking),
  ]).filter(({ code }) => code !== 'ALARM_NOT_SEEN');
  return [...notDecided(whole, ancestry.items, ahead, at), ...unseen];
}

/** Whether it is consent that lapsed otherwise than by a no, and both sign that treatment goes on. */
function isLapse(
  { whole, ancestry, recipient, consents }: GoOnState,
  { code, subject }: Reason,
  { continueAfterLapse }: Body,
  at: string,
): boolean {
  if (!continueAfterLapse || code !== 'CONSENT_NOT_ACTIVE') return false;
  const uses = usesAsked({ whole, ancestry, recipient }, at);
  return reasonsOfConsent(consents, uses, true).every((each) => each.subject !== subject);
}

function reasonsOfReversible({ whole, ancestry }: GoOnState, subject: string): readonly Reason[] {
  if (irreversiblesBefore(whole, ancestry.items).length > 0) return [];
  const steps = whole.definition.steps.filter(isIrreversible).map(({ id }) => id);
  const expected = `${steps.join(' or ') || 'a step that cannot be undone'} before`;
  return [{ code: 'STILL_REVERSIBLE', subject, expected, found: 'none' }];
}

/** As what somebody signs: as a physician of a party, and as a release person of the organisation that decides. */
function signingAs({ therapy }: GoOnState, context: Context): readonly Role[] {
  const { roles } = context.actor;
  return [
    ...(roles.includes('clinician') && ofParty(therapy, context) ? (['clinician'] as const) : []),
    ...(roles.includes('release-person') && ofQuality(therapy, context)
      ? (['release-person'] as const)
      : []),
  ];
}

function reasonsAgainstJoining(
  whole: WholeTherapy,
  before: DecisionToGoOn,
  body: Body,
  decided: readonly Reason[],
  { context, signing }: { readonly context: Context; readonly signing: readonly Role[] },
): readonly Reason[] {
  const subject = `decision ${before.id}`;
  const { signatures, missing } = before;
  const words = without(before, 'noun', 'signatures', 'missing', 'decided', 'behind');
  const since = besides(whole, decided, [knownIn(before)]).map((reason) => ({
    code: 'OTHER_REQUEST' as const,
    subject,
    expected: 'what stood against it when the first of the two signed',
    found: [reason.code, reason.subject, reason.found].filter(Boolean).join(' '),
  }));
  return [
    ...reasonsAgainstSecond(
      { subject, signatures, missing, words },
      wordsOf(body),
      context,
      signing,
    ),
    ...since,
  ];
}
