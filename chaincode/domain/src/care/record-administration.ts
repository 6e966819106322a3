import { z } from 'zod';
import { ofAdministration } from '../annulling/care.js';
import { administrationContent } from '../commands/annex.js';
import { isSaidAgain } from '../custody/said.js';
import {
  givenByPass,
  noteContradiction,
  noteSecondUse,
  statementsByPass,
  usesByPass,
  whyNotByPass,
} from './given-by-pass.js';
import { judgeVolume } from './volume.js';
import { type Command, therapyScope } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import type { Consent } from '../nouns/consent.js';
import type { ConsentUsed } from '../nouns/consent-use.js';
import { isDenied } from '../consent/evaluate.js';
import { joinedNoes } from '../consent/joined.js';
import { isTangible } from '../custody/item.js';
import type { Item } from '../nouns/item.js';
import { underOwnName } from '../custody/own-name.js';
import { admitItem, reportedOf } from '../custody/resolve.js';
import type { NamedItem } from '../nouns/named-item.js';
import { type Context, type FactDecision, Recording, saidAgain } from '../commands/decision.js';
import { coi, itemId, localId } from '../values/identifiers.js';
import type { Suspect } from '../registry/suspicion.js';
import type { Therapy } from '../nouns/therapy.js';
import type { DeviationCode } from '../values/deviation-codes.js';
import type { Dose } from '../nouns/dose.js';
import { courseOfAdministration } from '../values/words.js';
import { findSuspects } from '../registry/suspects.js';
import { effectiveOf, signedBy } from '../nouns/signed.js';
import { distinct, reasonsOfChain } from '../gates/chain.js';
import { reasonsOfContainers } from '../gates/containers.js';
import { authorisedUntil, isAuthorised, lineOf } from '../gates/order-line.js';
import { notDecided } from '../gates/decided.js';
import { usesAsked } from '../gates/consent.js';
import { notExcepted } from '../gates/exception.js';
import { notOverridden } from '../gates/override.js';
import { reasonsOfProduct } from '../gates/product.js';
import { upstreamOf } from '../graph/upstream.js';
import { readWholeTherapy, type WholeTherapy } from '../graph/whole-therapy.js';
import { alarmUnless, itemNamed } from '../standing/claim.js';
import { ofParty } from '../standing/people.js';
import { lineNumber } from '../therapy/order-line-body.js';

const recordAdministrationBody = z.strictObject({
  coi,
  dose: localId,
  number: lineNumber,
  item: itemId,
  course: courseOfAdministration,
  byPass: givenByPass.optional(),
});

export const recordAdministration = defineFact({
  type: 'care:RecordAdministration',
  roles: ['clinician', 'nurse'],
  signature: 'delegable',
  annexes: [{ name: 'administration', required: true, content: administrationContent }],
  body: recordAdministrationBody,
  scope: therapyScope,
  reads: async (reader, said, context) => {
    const { coi } = said.body;
    const whole = await readWholeTherapy(reader, coi);
    const { therapy } = whole;
    const named = await reader.named(coi, said.body.item);
    const command = underOwnName(said, named);
    const { body } = command;
    const dose = whole.doses.get(body.dose);
    const signatures = whole.overrides.get(body.dose)?.signatures ?? [];
    const authorisation = dose?.authorised
      ? [dose.authorised, ...signatures].map((signed) => ({ subject: `dose ${dose.id}`, signed }))
      : statementsByPass(whole, body);
    return {
      therapy,
      whole,
      named,
      dose,
      suspects: await findSuspects(reader, coi, authorisation),
      consents: [
        ...(await reader.range('consent', { patient: therapy.patient })),
        ...(await joinedNoes(reader, therapy.patient)),
      ],
      used: dose?.authorised ? [] : await usesByPass(reader, whole, command, context),
    };
  },
  standing: ({ therapy, named }, { body }, context) =>
    alarmUnless(ofParty(therapy, context), {
      subject: itemNamed(body.coi, named),
      claim: body.course === 'not-started' ? 'other' : 'loss',
    }),
  annulling: ofAdministration,
  decide: decideAdministration,
});
type Body = z.infer<typeof recordAdministrationBody>;

export interface AdministrationState {
  readonly therapy: Therapy;
  readonly whole: WholeTherapy;
  readonly dose: Dose | undefined;
  readonly named: NamedItem;
  readonly consents: readonly Consent[];
  /** the uses of consent that giving it by a pass makes, which no authorisation made */
  readonly used: readonly ConsentUsed[];
  /** the authorisation, where compromised keys signed it */
  readonly suspects: readonly Suspect[];
}

/** What was given to the patient, authorised or not. What nobody authorised is a critical deviation. */
export function decideAdministration(
  state: AdministrationState,
  said: Command<Body>,
  context: Context,
): FactDecision {
  const command = underOwnName(said, state.named);
  const { body } = command;
  const { therapy } = state;
  const annex = command.annex?.['administration'] ?? '';
  if (isSameAdministration(state.dose, body, annex, context)) return saidAgain();
  const recording = new Recording(command, context);
  const item = admitItem(recording, reportedOf(therapy, state.named), command, context);
  recording.about(item, item.heldSince);
  const told: Dose = state.dose ?? {
    noun: 'dose',
    coi: body.coi,
    id: body.dose,
    number: body.number,
    item: body.item,
    verifications: [],
    administrations: [],
  };
  const checks = [...told.verifications, ...(body.byPass?.verifications ?? [])];
  const dose: Dose = { ...told, verifications: [...new Set(checks)] };
  const given = {
    ...signedBy(command, context),
    item: body.item,
    course: body.course,
    annex,
    ...(body.byPass ? { pass: body.byPass.pass } : {}),
  };
  recording.put({ ...dose, administrations: [...dose.administrations, given] }, ...state.used);
  if (body.course !== 'not-started') {
    recording.put({ noun: 'dose-line', coi: body.coi, number: dose.number, dose: dose.id });
    if (isTangible(item)) recording.put({ ...item, custody: 'administered' });
  }
  noteContradiction(recording, dose, body, [item, therapy]);
  noteSecondUse(recording, state.whole, body, [item, therapy]);
  const unauthorised = whyUnauthorised(state.whole, dose, body, effectiveOf(given));
  if (unauthorised !== undefined) {
    recording.deviate(
      {
        code: 'UNAUTHORISED_ADMINISTRATION',
        classification: 'critical',
        expected: `an authorised dose ${body.dose} of this item`,
        found: unauthorised,
      },
      item,
      therapy,
    );
  }
  if (body.number !== dose.number) {
    recording.deviate(
      {
        code: 'OTHER_ORDER_LINE',
        classification: 'critical',
        expected: `line ${dose.number}`,
        found: `line ${body.number}`,
      },
      item,
      therapy,
    );
  }
  const verdicts = judgeVolume(body.course, context);
  if (verdicts.some(({ verdict }) => verdict !== 'pass')) {
    recording.deviate(
      { code: 'VOLUME_CONTRADICTS_COURSE', classification: 'major', found: body.course },
      item,
    );
  }
  for (const { actor, since } of state.suspects) {
    recording.deviate(
      {
        code: 'SUSPECT_AUTHORISATION',
        classification: 'critical',
        found: `${actor}, compromised since ${since}`,
      },
      item,
      therapy,
    );
  }
  noteSince(recording, state, item, { dose, pass: given.pass }, context);
  return recording.judge(verdicts).done();
}

/** Whether the same person told of this very administration before. */
function isSameAdministration(
  dose: Dose | undefined,
  { number, item, course }: Body,
  annex: string,
  context: Context,
): boolean {
  const told = dose?.administrations.map((by) => {
    const words = { item: by.item, course: by.course, annex: by.annex, number: dose.number };
    return isSaidAgain({ by, words }, { item, course, annex, number }, context);
  });
  return told?.includes(true) === true;
}

/** @param at when it was begun, RFC 3339 */
function whyUnauthorised(
  whole: WholeTherapy,
  dose: Dose,
  body: Body,
  at: string,
): string | undefined {
  const until = authorisedUntil(whole, dose);
  if (until === undefined) return whyNotByPass(whole, body, at);
  if (dose.item !== body.item) return `authorised for ${dose.item}`;
  if (lineOf(whole, dose.number)?.annulled) return `line ${dose.number} was entered in error`;
  if (dose.administrations.length > 0) return 'a dose already given';
  return isAuthorised(whole, dose, at) ? undefined : `authorised until ${until}`;
}

const GIVEN: Readonly<Record<string, DeviationCode>> = {
  RECALLED: 'RECALLED_PRODUCT_GIVEN',
  EXPIRED: 'EXPIRED_PRODUCT_GIVEN',
};

/**
 * What happened between the authorisation and the needle, wherever upstream: recall, expiry, a hold; a no of the patient.
 * What an emergency override knew, or what was decided to be gone on with, did not happen since.
 */
function noteSince(
  recording: Recording,
  { whole, consents }: AdministrationState,
  item: Item,
  { dose, pass }: { readonly dose: Dose; readonly pass: string | undefined },
  { transactionTime, actor }: Context,
): void {
  const ancestry = upstreamOf(whole, [{ kind: 'item', coi: item.coi, id: item.id }]);
  const against = distinct([
    ...reasonsOfProduct(whole, item, transactionTime),
    ...reasonsOfContainers(whole, item, transactionTime),
    ...reasonsOfChain(whole, ancestry),
    ...(isTangible(item) ? [] : [{ code: 'NOT_IN_CUSTODY' as const, found: item.custody }]),
  ]);
  const issued = pass === undefined ? undefined : whole.passes.get(pass)?.issued;
  const permitted = (dose.authorised ?? issued)?.time ?? transactionTime;
  const unexcepted = notDecided(
    whole,
    ancestry.items,
    notExcepted(whole, ancestry.batches, against),
    permitted,
  );
  const reasons = notOverridden(whole, unexcepted, whole.overrides.get(dose.id));
  for (const { code, subject, found } of reasons) {
    const since = pass === undefined ? undefined : `after pass ${pass}`;
    const said = [code, subject, found, since].filter((each) => each !== undefined).join(' ');
    const given = GIVEN[code] ?? 'QUARANTINED_PRODUCT_GIVEN';
    recording.deviate({ code: given, classification: 'critical', found: said }, item);
  }
  const recipient = { recipient: actor.organisation, country: undefined };
  const uses = usesAsked({ whole, ancestry, recipient }, transactionTime);
  const denied = uses.find((use) => isDenied(consents, use));
  if (denied !== undefined) {
    const finding = { code: 'GIVEN_AGAINST_REFUSAL', classification: 'critical' } as const;
    recording.deviate({ ...finding, found: denied.purpose }, item, whole.therapy);
  }
}
