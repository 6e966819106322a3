import { z } from 'zod';
import { ofOverride } from '../annulling/override.js';
import { without } from '../annulling/without.js';
import { explanationContent } from '../commands/annex.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import type { Reader } from '../commands/reader.js';
import { usesMade } from '../consent/evaluate.js';
import { underOwnName } from '../custody/own-name.js';
import { reasonsOfAlarmsUnnamed } from '../gates/alarms.js';
import { blockersBehind } from '../gates/blocks.js';
import { reasonsOfBedside, reasonsOfMismatches } from '../gates/bedside.js';
import { distinct } from '../gates/chain.js';
import { openTestsIn, reasonsOfOpenTests } from '../gates/containers.js';
import { usesAsked } from '../gates/consent.js';
import { isOverridable, notKnownTo, standingOverride } from '../gates/override.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import { openTests } from '../manufacturing/release-batch.js';
import type { Override } from '../nouns/override.js';
import type { Reason } from '../nouns/reason.js';
import { type Signed, signedBy } from '../nouns/signed.js';
import { signatureOf } from '../commands/gathered-signature.js';
import { MAX_ALARMS_SEEN } from '../standing/alarms.js';
import { findSuspects } from '../registry/suspects.js';
import { onlyParties } from '../standing/refuse.js';
import { lineNumber } from '../therapy/order-line-body.js';
import { coi, digest, itemId, localId } from '../values/identifiers.js';
import { overrideReason } from '../values/words.js';
import { type AuthoriseState, readAuthoriseState, reasonsBesideAlarms } from './authorise-dose.js';
import { type FirstHalf, reasonsAgainstSecond, rolesBeside } from '../quality/same-words.js';

const overrideDoseBody = z.strictObject({
  coi,
  dose: localId,
  /** the order line's number */
  number: lineNumber,
  item: itemId,
  /** bedside checks that there are; none where nobody could make them */
  verifications: z.array(localId).max(4),
  reason: overrideReason,
  /** that treatment goes on although consent lapsed otherwise than by a no */
  continueAfterLapse: z.boolean(),
  /** alarms about the product that whoever signs looked into, by the commands that raised them */
  alarmsSeen: z.array(digest).min(1).max(MAX_ALARMS_SEEN).optional(),
  /** tests that may follow and have no result yet: both sign for each */
  openTests,
});
type Body = z.infer<typeof overrideDoseBody>;

export const overrideDose = definePermission({
  type: 'care:OverrideDose',
  roles: ['clinician', 'pharmacist'],
  signature: 'own',
  annexes: [{ name: 'explanation', required: true, content: explanationContent }],
  body: overrideDoseBody,
  scope: therapyScope,
  reads: (reader, { body }, context) => readOverrideState(reader, body, context),
  standing: ({ therapy }, _command, context) => onlyParties(therapy, context),
  annulling: ofOverride,
  decide: decideOverrideDose,
});

/** Reads what a dose would rest on, and who signed the half that there is. */
export async function readOverrideState(
  reader: Reader,
  body: Body,
  { actor, transactionTime }: Pick<Context, 'actor' | 'transactionTime'>,
): Promise<AuthoriseState> {
  const state = await readAuthoriseState(reader, body, actor.organisation);
  const half = standingOverride(state.whole, body.dose, transactionTime);
  const signed = half?.signatures.map((each) => ({ subject: `dose ${body.dose}`, signed: each }));
  const doubted = await findSuspects(reader, body.coi, signed ?? []);
  return { ...state, suspects: [...state.suspects, ...doubted] };
}

/**
 * In an emergency a physician and a pharmacist, two people, each sign the same: a dose is given although something
 * unsettled stands against it (A11). What no emergency overrides refuses both; the patient's fitness is the physician's
 * word. With the second signature it is authorised as any other, and quality reviews it afterwards.
 */
export function decideOverrideDose(
  state: AuthoriseState,
  told: Command<Body>,
  context: Context,
): PermissionDecision {
  const command = underOwnName(told, state.named);
  const { body } = command;
  const { whole } = state;
  const { transactionTime: at, actor } = context;
  const against = distinct([
    ...reasonsBesideAlarms(state, body, context),
    ...reasonsOfAlarmsUnnamed(whole, state.ancestry, body.alarmsSeen ?? []),
    ...reasonsOfBedside(whole, body.item, body.verifications, at),
    ...reasonsOfMismatches(whole, body.item),
    ...reasonsOfOpenTests(whole, state.ancestry.batches, body.openTests),
  ]);
  const overridden = against.filter(isOverridable);
  const before = standingOverride(whole, body.dose, at);
  const reasons: readonly Reason[] = [
    ...against.filter((reason) => !isOverridable(reason)),
    ...(against.length === 0 ? [nothingToOverride(body)] : []),
    ...(before ? reasonsAgainstSecond(halfOf(before), askedIn(body), context) : []),
    ...(before ? unknownToFirst(whole, before, overridden) : []),
  ];
  return permitUnless(reasons, () => {
    const explanation = command.annex?.['explanation'] ?? '';
    const signed = signedBy(command, context);
    const own = { ...signatureOf(command, context), explanation };
    const signatures = [...(before?.signatures ?? []), own];
    const override: Override = {
      noun: 'override',
      ...askedIn(body),
      signatures,
      missing: before ? [] : rolesBeside(actor.roles, 'pharmacist'),
      overridden,
      behind: overridden.flatMap((reason) => blockersBehind(whole, reason)),
    };
    if (!before) return [override];
    const uses = usesAsked(state, at);
    return [
      { ...override, authorised: signed },
      {
        noun: 'dose',
        coi: body.coi,
        id: body.dose,
        number: body.number,
        item: body.item,
        verifications: body.verifications.filter((id) => !isUsed(whole, id)),
        authorised: byPhysician(signatures) ?? signed,
        ...openTestsIn(whole, state.ancestry.batches),
        administrations: [],
      },
      { noun: 'dose-line', coi: body.coi, number: body.number, dose: body.dose },
      ...usesMade(state.consents, uses, command.id),
    ];
  });
}

/** What of it both sign. */
function askedIn({ dose, alarmsSeen, openTests: open, ...rest }: Body) {
  return {
    ...rest,
    id: dose,
    ...(alarmsSeen === undefined ? {} : { alarmsSeen }),
    ...(open === undefined ? {} : { openTests: open }),
  };
}

function halfOf(before: Override): FirstHalf {
  const { id, signatures, missing } = before;
  const words = without(before, 'noun', 'signatures', 'missing', 'overridden', 'behind');
  return { subject: `dose ${id}`, signatures, missing, words };
}

/** What was stated against the dose since the first of the two signed: one person alone would override it. */
function unknownToFirst(
  whole: WholeTherapy,
  before: Override,
  overridden: readonly Reason[],
): readonly Reason[] {
  return notKnownTo(whole, before, overridden).map(({ code, subject, found }) => ({
    code: 'OTHER_REQUEST',
    subject: `dose ${before.id}`,
    expected: 'what the first of the two knew of',
    found: [code, subject, found].filter((each) => each !== undefined).join(' '),
  }));
}

/** The physician's signature, from which on the dose may be begun. */
function byPhysician(signatures: Override['signatures']): Signed | undefined {
  const of = signatures.find(
    (each) =>
      each.roles.includes('clinician') &&
      signatures.some((other) => other !== each && other.roles.includes('pharmacist')),
  );
  return of && without(of, 'organisation', 'roles', 'explanation');
}

function isUsed({ doses }: WholeTherapy, verification: string): boolean {
  return [...doses.values()].some(({ verifications }) => verifications.includes(verification));
}

function nothingToOverride({ dose }: Body): Reason {
  const expected = 'something that stands against it';
  return { code: 'NOTHING_TO_OVERRIDE', subject: `dose ${dose}`, expected, found: 'nothing' };
}
