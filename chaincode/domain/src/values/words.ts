import { z } from 'zod';

/** Every vocabulary of the ledger: the words that stand in its state, and most of those that commands bring there. */

/** What a person, a device or a service is. */
export const actorKind = z.enum(['person', 'device', 'service']);
export type ActorKind = z.infer<typeof actorKind>;

/**
 * How an organisation stands in the consortium. Who is suspended or has left acts no more and has no vote; what its
 * people said before stays.
 */
export const standing = z.enum(['active', 'suspended', 'left']);
export type Standing = z.infer<typeof standing>;

/** Why members suspend an organisation. */
export const suspensionReason = z.enum(['key-compromise', 'breach', 'inspection', 'own-request']);

/** Why an organisation is a member no more. */
export const removalReason = z.enum(['own-request', 'breach', 'dissolved']);

/** Why an actor signs nothing more. */
export const endOfActor = z.enum(['left', 'key-lost', 'key-compromised', 'role-ended', 'error']);

/** How an actor came to other keys. */
export const endOfKeys = z.enum(['rotated', 're-enrolled']);

export const algorithmStatus = z.enum(['required', 'disallowed']);

/** What became of a proposal; one that is open when its time ends has expired. */
export const PROPOSAL_STATES = ['open', 'in-effect', 'rejected', 'stale'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

export const ballotChoice = z.enum(['approve', 'reject']);

/** What a command is: it asks to do something, or reports what happened. */
export const commandKind = z.enum(['permission', 'fact']);

/** Why a command is entered more than 15 minutes after what it reports. */
export const lateReason = z.enum([
  'ledger-unreachable',
  'device-offline',
  'paper-record',
  'correction',
  'clock-fault',
]);

/** What became of a command. A permission is permitted or refused; a fact is recorded. */
export const COMMAND_DECISIONS = ['permitted', 'refused', 'recorded'] as const;
export type CommandDecision = (typeof COMMAND_DECISIONS)[number];

/**
 * What became of a fact: it takes effect, or, where who reported it has no standing in it, it is recorded, raises an
 * alarm and moves nothing.
 */
export const effectOfFact = z.enum(['taken', 'none']);
export type EffectOfFact = z.infer<typeof effectOfFact>;

/**
 * What an alarm claims of its subject, the gravest first; of several the first counts. All but the last stop a dose until
 * pharmacist and physician have looked at the thing.
 */
export const ALARM_CLAIMS = ['identity', 'tampering', 'loss', 'other'] as const;
export type AlarmClaim = (typeof ALARM_CLAIMS)[number];

/** What became of one check of a step. */
export const verdictWord = z.enum(['pass', 'fail', 'missing', 'unexpected']);

/**
 * What a check is about, and so what its failure means: whose product it is, whether it harms, how good it is, or only
 * something to know.
 */
export const checkClass = z.enum(['identity', 'safety', 'quality', 'information']);
export type CheckClass = z.infer<typeof checkClass>;

/**
 * How what was too little is topped up: `sum`, a later attempt reports what all of them gave together, and the earlier may
 * be used with it; `later`, the later attempt counts by itself, and the earlier is set aside.
 */
export const topUp = z.enum(['sum', 'later']);

/** What stands for a failed check, so that quality permits its use without looking into it anew. */
export const groundOfPermission = z.enum(['retest', 'top-up']);
export type GroundOfPermission = z.infer<typeof groundOfPermission>;

/** The phases of an investigation into a failed check, in their order. */
export const investigationPhase = z.enum(['laboratory', 'full']);

/** What an investigation found to be the assignable cause of a failed check. */
export const causeOfFailure = z.enum(['laboratory', 'process', 'none']);

/** Where a thing is in the hands of people. */
export const CUSTODY_STATES = [
  'in-custody',
  'in-transit',
  'lost',
  'consumed',
  'administered',
  'disposed',
] as const;
export type CustodyState = (typeof CUSTODY_STATES)[number];

/**
 * What makes a thing stand otherwise than its own course has it, the gravest first. `stopped` is what nothing in its own
 * record stops, and a gate would.
 */
export const TROUBLES = [
  'entered-in-error',
  'rejected',
  'recalled',
  'halted',
  'quarantined',
  'on-hold',
  'expired',
  'stopped',
] as const;
export type Trouble = (typeof TROUBLES)[number];

/** How a thing of a therapy stands. */
export const THING_STATES = [
  ...TROUBLES,
  ...CUSTODY_STATES,
  'ordered',
  'started',
  'reported',
  'recorded',
  'submitted',
  'approved',
  'reviewed',
  'certified',
  'authorised',
  'authorisation-ended',
  'not-authorised',
  'not-started',
  'interrupted',
  'given',
] as const;
export type ThingState = (typeof THING_STATES)[number];

/** What a receiver says of what was handed over. */
export const HAND_OFF_VERDICTS = ['accepted', 'rejected', 'misdelivered'] as const;
export type HandOffVerdict = (typeof HAND_OFF_VERDICTS)[number];

/** In whose hands a rejected delivery stayed: kept until it is sent back, or taken back by who brought it. */
export const inHandsOf = z.enum(['receiver', 'releaser']);

/** In which condition a thing was handed over. */
export const condition = z.enum(['intact', 'damaged', 'leaking', 'thawed', 'unknown']);

/** What befell a thing on its way, besides hand-offs and readings. */
export const transitOccurrence = z.enum([
  'door-closed',
  're-iced',
  'logger-swapped',
  'customs-held',
  'customs-cleared',
]);

/** Whether what was handed over is what the handler was to hand over. */
export const identityCheck = z.enum(['match', 'mismatch']);

/** How grave a deviation is. */
export const classification = z.enum(['minor', 'major', 'critical']);
export type Classification = z.infer<typeof classification>;

/** What can be wrong with a sequencing run as a whole. */
export const runFailureReason = z.enum(['controls-failed', 'index-hopping', 'sample-sheet-mixed']);
export type RunFailureReason = z.infer<typeof runFailureReason>;

/** How quality settled a deviation. */
export const dispositionDecision = z.enum(['permit-use', 'reject']);
export type DispositionDecision = z.infer<typeof dispositionDecision>;

/** How a deviation ended for one of its subjects: by quality, or because an unidentified thing was identified. */
export const settlement = z.enum([...dispositionDecision.options, 'identified']);

/** The roles that may lift a hold. */
export const liftingRole = z.enum(['quality', 'release-person', 'safety-officer', 'clinician']);
export type LiftingRole = z.infer<typeof liftingRole>;

/**
 * By what a thing is stopped; a disposition that rejects turns a deviation into `rejected`, for good as `annulled` is. A
 * `halt` ends a whole therapy.
 */
export const blockerKind = z.enum(['deviation', 'hold', 'rejected', 'annulled', 'halt']);

/** Why a therapy ends before its last dose. */
export const reasonOfHalt = z.enum(['withdrawn', 'deceased', 'ineligible', 'not-manufacturable']);

/** What becomes of a thing of a therapy that was halted. */
export const disposalDecision = z.enum(['destroy', 'return', 'retain']);
export type DisposalDecision = z.infer<typeof disposalDecision>;

/** How a thing was disposed of. */
export const disposalMethod = z.enum([
  'incinerated',
  'autoclaved',
  'returned-to-patient',
  'transferred-to-archive',
]);
export type DisposalMethod = z.infer<typeof disposalMethod>;

/** On what legal basis a thing is destroyed, returned or retained. */
export const disposalBasis = z.enum([
  'patients-wish',
  'purpose-ended',
  'sample-retention-consent',
  'research-consent',
  'reserve-sample',
  'required-traceability',
  'adverse-event-reporting',
  'inspection',
  'recall',
]);
export type DisposalBasis = z.infer<typeof disposalBasis>;

/** Why a booked time was missed. */
export const reasonOfMissedSlot = z.enum([
  'patient-unavailable',
  'site-unavailable',
  'material-late',
  'transport-late',
  'equipment-fault',
]);

/** Why nothing of a batch was kept as a reserve sample. */
export const reasonWithoutReserve = z.enum([
  'all-for-the-patient',
  'volume-too-small',
  'broken-or-rejected',
]);
export type ReasonWithoutReserve = z.infer<typeof reasonWithoutReserve>;

/** Why a payer does not pay. */
export const reasonOfDenial = z.enum([
  'not-covered',
  'not-necessary',
  'no-prior-authorisation',
  'documentation-missing',
  'site-not-contracted',
]);

/** What a hospital makes of a denial. */
export const answerToDenial = z.enum(['appeal', 'accept']);

/** On what an appeal against a denial rests. */
export const groundsOfAppeal = z.enum(['medically-necessary', 'covered', 'documentation-added']);

/** What a payer makes of an appeal. */
export const decisionOnAppeal = z.enum(['overturned', 'upheld']);

/** By what somebody else than who disposed of a thing knows that it was: they saw it, or have who destroyed it or got it in writing. */
export const evidenceOfDisposal = z.enum(['seen', 'certificate', 'receipt']);

/** When the patient wants the samples destroyed that are to be destroyed: at once, or after the time to think. */
export const timeOfDestruction = z.enum(['now', 'after-waiting']);

/** Why a record was entered in error. */
export const reasonOfError = z.enum([
  'wrong-therapy',
  'wrong-item',
  'wrong-identifier',
  'wrong-reference',
  'wrong-time',
  'wrong-amount',
  'wrong-place',
  'wrong-result',
  'found-again',
  'never-happened',
  'recorded-twice',
]);
export type ReasonOfError = z.infer<typeof reasonOfError>;

/** On what other evidence quality holds that something suspect did happen as it was signed. */
export const confirmationBasis = z.enum([
  'signer-confirmed-in-person',
  'witness',
  'paper-record',
  'device-log',
  'repeated-test',
  'retained-sample',
]);

/** The purposes a patient decides on, each on its own. */
export const PURPOSES = [
  'TREATMENT_MANUFACTURE',
  'GENOMIC_SEQUENCING',
  'SHARE_NAMED_PARTY',
  'CROSS_BORDER',
  'RESEARCH',
  'RECONTACT',
  'COMMERCIAL_USE',
  'AI_TRAINING',
  'PAYER_OUTCOMES',
  'INCIDENTAL_FINDINGS',
  'SAMPLE_RETENTION',
  'BIOMETRIC_ID',
  'OOS_ADMINISTRATION',
] as const;

export const purpose = z.enum(PURPOSES);
export type Purpose = z.infer<typeof purpose>;

/** What statutes have data used for without asking the patient. */
export const LAWFUL_PURPOSES = [
  'ADVERSE_EVENT_REPORTING',
  'INSPECTION',
  'RECALL',
  'TRACEABILITY',
] as const;
export type LawfulPurpose = (typeof LAWFUL_PURPOSES)[number];

/** The schemes by which a patient objects to secondary use, each a statement of its own. */
export const OBJECTION_SCHEMES = ['ehds-art-71', 'jp-notified', 'us-broad-refusal'] as const;
export type ObjectionScheme = (typeof OBJECTION_SCHEMES)[number];

/** Every state a consent can be in. Only `given` and `renewed` permit. */
export const CONSENT_STATES = [
  'requested',
  'deferred',
  'given',
  'renewed',
  'refused',
  'withdrawn',
  'revoked',
  'restricted',
  'superseded',
  'expired',
  'terminated',
  'invalidated',
  'reconsent-required',
] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];

/** How what the patient said came to the staff who record it. */
export const consentRoute = z.enum(['paper', 'verbal', 'assisted']);

/** By whose authority over it a consent is ended by another than the patient. */
export const revokingAuthority = z.enum(['guardian', 'court', 'public-authority']);

/** Why what looked like a consent never was one. */
export const reasonOfInvalidity = z.enum([
  'wrong-form',
  'wrong-patient',
  'not-informed',
  'not-capable',
  'not-authentic',
]);

/** Why a patient decides anew on what was decided. */
export const reasonOfReconsent = z.enum(['majority', 'able-again', 'new-information']);

/** How who speaks in a patient's place stands to them. */
export const proxyRelationship = z.enum([
  'parent',
  'guardian',
  'court-appointed',
  'spouse-or-partner',
  'next-of-kin',
  'holder-of-power-of-attorney',
]);

/** Why a patient is not asked in time before a dose whose consent lapsed. */
export const whyNotAsked = z.enum(['unconscious', 'not-able', 'not-reached']);

/** Why a dose whose consent lapsed does not wait for the patient's word. */
export const dangerOfWaiting = z.enum(['endangers-life', 'after-what-cannot-be-undone']);

/** Whether a patient is able to decide for themselves. */
export const capacityFinding = z.enum(['able', 'not-able']);

/** Why somebody speaks in a patient's place no more. */
export const endOfProxy = z.enum([
  'death',
  'majority',
  'able-again',
  'replaced',
  'authority-ended',
]);

/** How a consent stands at a time: the decision, or why one that was given is not in force then. */
export const EFFECTIVE_CONSENT_STATES = [
  ...CONSENT_STATES,
  'not-yet-valid',
  'used-up',
  'suspect',
] as const;
export type EffectiveConsentState = (typeof EFFECTIVE_CONSENT_STATES)[number];

/** The classes of a patient's material and data. */
export const DATA_CLASSES = [
  'identity',
  'sample',
  'genome',
  'manufacturing',
  'clinical',
  'outcome',
] as const;
export type DataClass = (typeof DATA_CLASSES)[number];

/** What a product comes from: the patient's material, a design from the patient's data, or both. */
export const lineage = z.enum(['material', 'data', 'both']);
export type Lineage = z.infer<typeof lineage>;

/** How the patient's own token was read at the bedside. */
export const patientToken = z.enum(['wristband', 'device', 'witnessed']);
export type PatientToken = z.infer<typeof patientToken>;

/** What the patient wears or carries, and may be given anew. */
export const replaceableToken = patientToken.exclude(['witnessed']);

/** Why the patient was given another token. */
export const causeOfReplacement = z.enum(['name-changed', 'misprinted', 'worn-out', 'lost']);

/** Why a thing was given another label; what its label says no more is right once the expiry was changed. */
export const reasonOfRelabelling = z.enum([
  'damaged',
  'illegible',
  'misprinted',
  'missing',
  'expiry-changed',
]);

/** What became of the label before: `retained` is defaced and kept in the record. */
export const formerLabel = z.enum(['destroyed', 'retained', 'missing']);

/** What became of the token before. */
export const formerToken = z.enum(['taken-off', 'missing']);

/** How giving a dose went. */
export const courseOfAdministration = z.enum(['complete', 'interrupted', 'not-started']);

/**
 * How serious an adverse event is: by ICH E2A, II.B, any criterion makes it serious. They stand with the gravest first,
 * and of several the first counts.
 */
export const seriousness = z.enum([
  'death',
  'life-threatening',
  'hospitalisation',
  'disability',
  'congenital-anomaly',
  'other-medically-important',
  'non-serious',
]);

/** Why a physician and a pharmacist have a dose given although something unsettled stands against it. */
export const overrideReason = z.enum([
  'life-threatening',
  'worsens-without-it',
  'preparation-irreversible',
  'product-would-perish',
]);

/** What the manufacturer says to a batch outside its specification, once it has evaluated the risks. */
export const exceptionFinding = z.enum(['supply', 'do-not-supply']);

/** What is reported within hours of when somebody first knew of it. */
export const reportableKind = z.enum([
  'safety-report',
  'complaint',
  'suspected-falsification',
  'field-safety-notice',
  'data-breach',
]);
export type ReportableKind = z.infer<typeof reportableKind>;

/** What an authority inspects: manufacture, a trial, safety reporting, the protection of personal data. */
export const inspectionKind = z.enum([
  'good-manufacturing-practice',
  'good-clinical-practice',
  'pharmacovigilance',
  'data-protection',
]);

/** The laws by which an authority is shown a therapy without the patient being asked. */
export const inspectionBasis = z.enum([
  'eu-2001-83-article-111',
  'eu-536-2014-article-78',
  'eu-2016-679-article-58',
  'us-fdca-section-704',
  'jp-pmd-act-article-69',
  'national-law',
]);

/** What of a therapy an inspector was shown. */
export const shownToInspector = z.enum(['pack', 'trace', 'annexes', 'paper']);

/** Why a physician elsewhere has to know at once what a therapy's own physicians know. */
export const accessReason = z.enum([
  'patient-cannot-tell',
  'treatment-cannot-wait',
  'patient-asks',
]);

/** Why a physician has to know at once to which arm of a blinded therapy the patient is assigned. */
export const unblindingReason = z.enum([
  'treatment-depends-on-it',
  'serious-adverse-event',
  'exposure-of-another',
]);

/** What quality finds afterwards of what was done in an emergency. */
export const reviewFinding = z.enum(['justified', 'not-justified']);

/** Who is asked to acknowledge an alert, one after the other: a physician, another one, a safety officer. */
export const alertRecipient = z.enum(['physician', 'deputy', 'safety-officer']);
export type AlertRecipient = z.infer<typeof alertRecipient>;
