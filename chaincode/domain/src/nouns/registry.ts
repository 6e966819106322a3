import type { z } from 'zod';
import type { Blockable } from './blockable.js';
import { joinKey } from './key.js';
import type { KeyParts } from './noun.js';
import { scopeSchema } from './scope.js';
import { actorNoun } from './actor.js';
import { adverseEventNoun } from './adverse-event.js';
import { agreedProcessNoun } from './agreed-process.js';
import { alarmNoun } from './alarm.js';
import { alertNoun } from './alert.js';
import { annulmentNoun } from './annulment.js';
import { batchNoun } from './batch.js';
import { commandNoun } from './command.js';
import { confirmationNoun } from './confirmation.js';
import { capacityNoun } from './capacity.js';
import { consentNoun } from './consent.js';
import { consentUseNoun } from './consent-use.js';
import { formAmendmentNoun } from './form-amendment.js';
import { patientLinksNoun } from './patient-links.js';
import { pressureReportNoun } from './pressure-report.js';
import { proxyNoun } from './proxy.js';
import { datasetNoun } from './dataset.js';
import { decisionNoun } from './decision.js';
import { denialNoun } from './denial.js';
import { designNoun } from './design.js';
import { deviationNoun } from './deviation.js';
import { doseNoun } from './dose.js';
import { doseLineNoun } from './dose-line.js';
import { dosePassNoun } from './dose-pass.js';
import { earlyRecallNoun } from './early-recall.js';
import { emergencyAccessNoun } from './emergency-access.js';
import { exceptionNoun } from './exception.js';
import { formerKeysNoun } from './former-keys.js';
import { endOfTherapyNoun } from './end-of-therapy.js';
import { governanceNoun } from './governance.js';
import { handOffNoun } from './hand-off.js';
import { holdNoun } from './hold.js';
import { inspectionNoun } from './inspection.js';
import { investigationNoun } from './investigation.js';
import { keyHolderNoun } from './key-holder.js';
import { keyShareNoun } from './key-share.js';
import { itemNoun } from './item.js';
import { itemIndexNoun } from './item-index.js';
import { lotNoun } from './lot.js';
import { missedSlotNoun } from './missed-slot.js';
import { naturalPersonNoun } from './natural-person.js';
import { organisationNoun } from './organisation.js';
import { outcomeNoun } from './outcome.js';
import { overrideNoun } from './override.js';
import { partyChangeNoun } from './party-change.js';
import { personKeyNoun } from './person-key.js';
import { processNoun } from './process.js';
import { proposalNoun } from './proposal.js';
import { purposeConsentsNoun } from './purpose-consents.js';
import { readingsNoun } from './readings.js';
import { recallDecisionNoun } from './recall-decision.js';
import { recordNoun } from './record.js';
import { reenrolmentNoun } from './reenrolment.js';
import { reportableEventNoun } from './reportable-event.js';
import { rootNoun } from './root.js';
import { rotaNoun } from './rota.js';
import { runNoun } from './run.js';
import { sessionNoun } from './session.js';
import { signatureNoun } from './signature.js';
import { stepNoun } from './step.js';
import { therapyNoun } from './therapy.js';
import { tokenReplacementNoun } from './token-replacement.js';
import { trainingNoun } from './training.js';
import { transitEventNoun } from './transit-event.js';
import { lotUseNoun, runUseNoun } from './use.js';
import { verificationNoun } from './verification.js';

export * from './actor.js';
export * from './adverse-event.js';
export * from './agreed-process.js';
export * from './alarm.js';
export * from './alert.js';
export * from './annulment.js';
export * from './batch.js';
export * from './command.js';
export * from './confirmation.js';
export * from './capacity.js';
export * from './consent.js';
export * from './consent-use.js';
export * from './form-amendment.js';
export * from './patient-links.js';
export * from './pressure-report.js';
export * from './proxy.js';
export * from './dataset.js';
export * from './decision.js';
export * from './denial.js';
export * from './design.js';
export * from './deviation.js';
export * from './dose.js';
export * from './dose-line.js';
export * from './dose-pass.js';
export * from './early-recall.js';
export * from './end-of-therapy.js';
export * from './emergency-access.js';
export * from './exception.js';
export * from './former-keys.js';
export * from './governance.js';
export * from './hand-off.js';
export * from './hold.js';
export * from './gathered.js';
export * from './inspection.js';
export * from './investigation.js';
export * from './item.js';
export * from './item-index.js';
export * from './key-holder.js';
export * from './key-share.js';
export * from './lot.js';
export * from './missed-slot.js';
export * from './natural-person.js';
export * from './organisation.js';
export * from './outcome.js';
export * from './party-change.js';
export * from './person-key.js';
export * from './override.js';
export * from './process.js';
export * from './proposal.js';
export * from './purpose-consents.js';
export * from './readings.js';
export * from './recall-decision.js';
export * from './record.js';
export * from './reenrolment.js';
export * from './reportable-event.js';
export * from './root.js';
export * from './rota.js';
export * from './run.js';
export * from './session.js';
export * from './signature.js';
export * from './step.js';
export * from './therapy.js';
export * from './token-replacement.js';
export * from './training.js';
export * from './transit-event.js';
export * from './use.js';
export * from './verification.js';

/** Every noun of the ledger, by its name. */
export const NOUNS = {
  root: rootNoun,
  governance: governanceNoun,
  organisation: organisationNoun,
  proposal: proposalNoun,
  'agreed-process': agreedProcessNoun,
  actor: actorNoun,
  'former-keys': formerKeysNoun,
  'key-holder': keyHolderNoun,
  'person-key': personKeyNoun,
  'key-share': keyShareNoun,
  'natural-person': naturalPersonNoun,
  reenrolment: reenrolmentNoun,
  session: sessionNoun,
  rota: rotaNoun,
  training: trainingNoun,
  process: processNoun,
  therapy: therapyNoun,
  'party-change': partyChangeNoun,
  'missed-slot': missedSlotNoun,
  denial: denialNoun,
  '~end': endOfTherapyNoun,
  item: itemNoun,
  'item-index': itemIndexNoun,
  'hand-off': handOffNoun,
  readings: readingsNoun,
  'transit-event': transitEventNoun,
  step: stepNoun,
  dataset: datasetNoun,
  design: designNoun,
  batch: batchNoun,
  lot: lotNoun,
  run: runNoun,
  'lot-use': lotUseNoun,
  'run-use': runUseNoun,
  deviation: deviationNoun,
  investigation: investigationNoun,
  alarm: alarmNoun,
  annulment: annulmentNoun,
  hold: holdNoun,
  'early-recall': earlyRecallNoun,
  'recall-decision': recallDecisionNoun,
  alert: alertNoun,
  confirmation: confirmationNoun,
  capacity: capacityNoun,
  consent: consentNoun,
  'consent-use': consentUseNoun,
  'pressure-report': pressureReportNoun,
  proxy: proxyNoun,
  'form-amendment': formAmendmentNoun,
  'patient-links': patientLinksNoun,
  'purpose-consents': purposeConsentsNoun,
  verification: verificationNoun,
  dose: doseNoun,
  'dose-line': doseLineNoun,
  override: overrideNoun,
  decision: decisionNoun,
  exception: exceptionNoun,
  'dose-pass': dosePassNoun,
  outcome: outcomeNoun,
  'adverse-event': adverseEventNoun,
  'reportable-event': reportableEventNoun,
  inspection: inspectionNoun,
  'token-replacement': tokenReplacementNoun,
  'emergency-access': emergencyAccessNoun,
  record: recordNoun,
  command: commandNoun,
  signature: signatureNoun,
} as const;

type Nouns = typeof NOUNS;

export type Noun = keyof Nouns;

/** Whether a word is the name of a noun. */
export function isNoun(word: string): word is Noun {
  return Object.hasOwn(NOUNS, word);
}

/** The entity of a noun. */
export type EntityOf<N extends Noun> = { [E in N]: z.output<Nouns[E]['schema']> }[N];

/** Everything the ledger's state holds. */
export type Entity = EntityOf<Noun>;

/** What a deviation or a hold can stop. */
export type BlockableEntity = Extract<Entity, Blockable>;

/** The nouns that are part of something of this kind. */
type PartOf<U extends string> = {
  [N in Noun]: U extends NonNullable<Nouns[N]['under']> ? N : never;
}[Noun];

/** What stands in the scope of what it is about. */
const SCOPED = [
  'deviation',
  'alarm',
  'annulment',
  'early-recall',
] as const satisfies readonly Noun[];

/** What a therapy has besides its command records. */
export type ThingNoun = Exclude<PartOf<'therapy'>, NotAThing> | (typeof SCOPED)[number];

/** What a therapy's state begins and ends with. */
type NotAThing = 'therapy' | '~end';

/** Every {@link ThingNoun}. */
export const THING_NOUNS: readonly ThingNoun[] = Object.values(NOUNS)
  .map(({ noun }) => noun)
  .filter(isThing);

function isThing(noun: Noun): noun is ThingNoun {
  if (noun === 'therapy' || noun === '~end') return false;
  return SCOPED.some((each) => each === noun) || NOUNS[noun].under === 'therapy';
}

/** The members that make the key of a noun's entity. */
export type KeyOf<N extends Noun> = Pick<EntityOf<N>, Nouns[N]['key'][number] & keyof EntityOf<N>>;

/** Where an entity lies. */
export function keyOf(entity: Entity): KeyParts {
  return joinKey(NOUNS[entity.noun], entity);
}

/** Where the entity of a noun with these members lies, or, of fewer of them, the range of all that share them. */
export function keyFor<N extends Noun>(noun: N, members: Partial<KeyOf<N>>): KeyParts {
  return joinKey(NOUNS[noun], members);
}

/** The first parts of all keys: whoever lists each of them has listed the state. */
export const OBJECT_TYPES: readonly string[] = [
  ...new Set(Object.values(NOUNS).flatMap(objectTypesOf)),
].sort();

function objectTypesOf({
  noun,
  under,
  apart,
  key,
}: {
  readonly noun: string;
  readonly under?: string;
  readonly apart?: true;
  readonly key: readonly string[];
}): readonly string[] {
  if (under !== undefined) return [under];
  if (apart) return [noun];
  return key[0] === 'scope' ? scopeSchema.shape.kind.options : [noun];
}
