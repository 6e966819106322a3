import { z } from 'zod';
import { ofVerification } from '../annulling/care.js';
import { type Command, therapyScope } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { labelAgainst } from '../custody/label.js';
import { admitItem, foreignItem, reportedOf } from '../custody/resolve.js';
import { isSaidAgain } from '../custody/said.js';
import type { Item } from '../nouns/item.js';
import type { NamedItem } from '../nouns/named-item.js';
import {
  type Context,
  type FactDecision,
  type Finding,
  Recording,
  saidAgain,
} from '../commands/decision.js';
import { actorId, coi, digest, itemId, localId } from '../values/identifiers.js';
import { isPatient } from '../nouns/actor.js';
import { effectiveOf, signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import type { Verification } from '../nouns/verification.js';
import { BEDSIDE_STAFF } from '../values/roles.js';
import { patientToken } from '../values/words.js';
import { alarmUnless, itemNamed } from '../standing/claim.js';
import { MAX_ALARMS_SEEN } from '../standing/alarms.js';
import { ofParty } from '../standing/people.js';

const verifyBedsideBody = z.strictObject({
  coi,
  verification: localId,
  /** the product whose label was scanned */
  item: itemId,
  labelCoi: coi,
  /** how the patient was identified; `witnessed` where neither wristband nor device can be read */
  token: patientToken,
  /** the pseudonym that the token gave */
  patient: actorId,
  /** alarms about the product that this person looked into, by the commands that raised them */
  alarmsSeen: z.array(digest).min(1).max(MAX_ALARMS_SEEN).optional(),
});

export const verifyBedside = defineFact({
  type: 'care:VerifyBedside',
  roles: [...BEDSIDE_STAFF, 'patient'],
  signature: 'own',
  annexes: [],
  body: verifyBedsideBody,
  scope: therapyScope,
  reads: async (reader, { body }) => ({
    therapy: await reader.therapy(body.coi),
    existing: await reader.get('verification', { coi: body.coi, id: body.verification }),
    named: await reader.named(body.coi, body.item),
  }),
  standing: ({ therapy, named }, { body }, context) =>
    alarmUnless(ofParty(therapy, context), {
      subject: itemNamed(body.coi, named),
      claim: isAsItShouldBe(therapy, named, body) ? 'other' : 'identity',
    }),
  annulling: ofVerification,
  decide: decideVerifyBedside,
});

type Body = z.infer<typeof verifyBedsideBody>;

function isAsItShouldBe(therapy: Therapy, named: NamedItem, body: Body): boolean {
  if (againstLabel(named)) return false;
  return body.labelCoi === body.coi && body.patient === therapy.patient;
}

export interface VerifyState {
  readonly therapy: Therapy;
  readonly existing: Verification | undefined;
  readonly named: NamedItem;
}

/**
 * Gate H6, one person's half: product and patient were compared at the bedside. A mismatch is critical, and stops the wrong
 * thing where it belongs: what another therapy has, or what bears another label than the ledger says, as that which it bore
 * before it was relabelled. What was right needs a fresh check by both, and no quality (A6).
 */
export function decideVerifyBedside(
  state: VerifyState,
  command: Command<Body>,
  context: Context,
): FactDecision {
  const { body } = command;
  if (isSameCheck(state, command.body, context)) return saidAgain();
  const recording = new Recording(command, context);
  const item = scanned(recording, state, command, context);
  const check = checkOf(item, state, command, context);
  recording.about(item, item.heldSince);
  if (state.existing) {
    const found = body.verification;
    recording.deviate({ code: 'IDENTIFIER_TAKEN', classification: 'major', found }, item);
    // under its own name no match counts, and no mismatch is lost
    if (!check.matches) recording.put({ ...check, id: command.id });
  } else {
    recording.put(check);
  }
  noteMismatch(recording, item, check, command.body.labelCoi);
  const against = againstLabel(state.named);
  if (against) recording.deviate(against, item);
  return recording.done();
}

function checkOf(
  item: Item,
  { therapy, named }: VerifyState,
  { body, ...envelope }: Command<Body>,
  context: Context,
): Verification {
  const ownWord = !isPatient(context.actor) || context.actor.id === therapy.patient;
  const rightPatient = body.patient === therapy.patient && ownWord;
  const rightLabel = body.labelCoi === therapy.coi;
  // what nobody has registered is nothing that could be given
  const rightItem = item.coi === therapy.coi && item.kind !== 'unidentified';
  const rightNumber = againstLabel(named) === undefined;
  const signed = signedBy(envelope, context);
  return {
    noun: 'verification',
    coi: therapy.coi,
    id: body.verification,
    by: { ...signed, roles: context.actor.roles },
    token: body.token,
    ...(rightItem ? { item: item.id } : {}),
    ...(rightPatient ? { patient: body.patient } : {}),
    ...(rightLabel ? { labelCoi: body.labelCoi } : {}),
    verifiedAt: effectiveOf(signed),
    matches: rightPatient && rightLabel && rightItem && rightNumber,
    ...(body.alarmsSeen === undefined ? {} : { alarmsSeen: body.alarmsSeen }),
  };
}

/** That what was scanned is a number that the thing bears no more, since it was relabelled. */
function againstLabel(named: NamedItem): Finding | undefined {
  return named.known === 'own' ? labelAgainst(named.id, named.item) : undefined;
}

/** What was found wrong. With the wrong patient before it the container is right; what nobody knows bears any label. */
function noteMismatch(
  recording: Recording,
  item: Item,
  { coi, patient, labelCoi }: Verification,
  label: string,
): void {
  const critical = { classification: 'critical' } as const;
  if (patient === undefined) {
    recording.deviate({ code: 'PATIENT_MISMATCH', ...critical, found: 'another patient' });
  }
  if (label === item.coi) return;
  const contradicted = item.kind === 'unidentified' ? [] : [item];
  recording.deviate(
    {
      code: 'LABEL_MISMATCH',
      ...critical,
      expected: item.coi === coi ? coi : 'the label of its own therapy',
      found: `the label of ${labelCoi ?? 'another therapy'}`,
    },
    ...contradicted,
  );
}

/** The thing that was scanned. Another therapy's is stopped in that one alone. */
function scanned(
  recording: Recording,
  { therapy, named }: VerifyState,
  command: Command<unknown>,
  context: Context,
): Item {
  if (named.known !== 'foreign')
    return admitItem(recording, reportedOf(therapy, named), command, context);
  const { item } = named;
  recording.about(item).deviate(foreignItem(), item);
  return item;
}

/** Whether the same person told this very check before; one that did not match is told anew. */
function isSameCheck({ existing, named }: VerifyState, body: Body, context: Context): boolean {
  if (existing?.matches !== true || named.known !== 'own') return false;
  const { by, item, token, patient, labelCoi } = existing;
  if (againstLabel(named)) return false;
  const words = { item: named.item.id, token: body.token };
  const said = { ...words, patient: body.patient, labelCoi: body.labelCoi };
  return isSaidAgain({ by, words: { item, token, patient, labelCoi } }, said, context);
}
