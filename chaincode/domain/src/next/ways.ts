import type { DeviationClass, DeviationCode } from '../values/deviation-codes.js';
import type { CodeInTheWay } from '../values/reason-codes.js';

/** Who is asked to act, as the therapy and its process name them; `next/asked.ts` finds the roles and organisations. */
export type Actor =
  | 'quality'
  | 'release-person'
  | 'operator'
  | 'clinician'
  | 'collector'
  | 'bedside'
  | 'holder'
  | 'patients-hospital';

/** Something that somebody may do, and who. */
export interface ActOf {
  /** the type of command */
  readonly type: string;
  readonly by: Actor;
}

/**
 * How somebody leads on from what stands in the way. `act`: one of these is done about the thing itself, the usual one
 * first. `anew`: the thing is never used; what it was to be is collected or made again, as the course of the process says.
 * `step`: a step of the process is to be done. `told`: what stands behind it waits under its own name. `ended`: the
 * patient's no, which nobody overrides; the therapy ends with it, unless the patient is asked again and says otherwise.
 */
export type Way =
  | { readonly way: 'act' | 'ended'; readonly acts: readonly ActOf[] }
  | { readonly way: 'anew' | 'step' | 'told' };

const ANEW: Way = { way: 'anew' };
const STEP: Way = { way: 'step' };
const TOLD: Way = { way: 'told' };

function act(by: Actor, ...types: readonly string[]): Way {
  return { way: 'act', acts: types.map((type) => ({ type, by })) };
}

const DISPOSE = act('quality', 'manufacturing:RecordDisposition');
const MOVE = act('holder', 'custody:ReleaseItem');
const CHECK = act('bedside', 'care:VerifyBedside');
const AUTHORISE = act('clinician', 'care:AuthoriseDose');

/** How each reason is led on from (G1). One that stands in the way and is missing here does not compile. */
export const WAY_OF_REASON: Readonly<Record<CodeInTheWay, Way>> = {
  ALARM_NOT_SEEN: TOLD,
  ALARM_OPEN: TOLD,
  BATCH_NOT_RELEASED: act('release-person', 'manufacturing:CertifyBatch'),
  BROKEN_CHAIN: ANEW,
  CHECK_FAILED: ANEW,
  CIRCULAR_CHAIN: ANEW,
  COLLECTIONS_NOT_COMPARED: ANEW,
  COLLECTION_NOT_CONFIRMED: act('collector', 'custody:ConfirmCollection'),
  CONSENT_DENIED: {
    way: 'ended',
    acts: [
      { type: 'consent:RequestConsent', by: 'patients-hospital' },
      { type: 'consent:TakeBackNo', by: 'patients-hospital' },
      { type: 'therapy:HaltTherapy', by: 'clinician' },
    ],
  },
  CONSENT_NOT_ACTIVE: act('patients-hospital', 'consent:RequestConsent'),
  CONTAINER_TAKEN: ANEW,
  DESIGN_DIFFERS: ANEW,
  DESIGN_NOT_APPROVED: act('quality', 'manufacturing:ApproveDesign'),
  DEVIATION_OPEN: TOLD,
  ENTERED_IN_ERROR: ANEW,
  EXPIRED: ANEW,
  FOREIGN_ITEM: ANEW,
  HAND_OFF_NOT_ACCEPTED: TOLD,
  IDENTITY_MISMATCH: CHECK,
  IDENTITY_NOT_BY_DISPOSITION: DISPOSE,
  INVESTIGATION_MISSING: DISPOSE,
  KIND_NOT_MADE: ANEW,
  LOT_EXPIRED: ANEW,
  MADE_OF_NOTHING: ANEW,
  NOT_FIT: AUTHORISE,
  NOT_HOLDER: MOVE,
  NOT_IN_CUSTODY: MOVE,
  NOT_MADE_THERE: ANEW,
  NOT_OF_THIS_FILL: ANEW,
  NOT_REVIEWED: act('quality', 'manufacturing:ReviewBatch'),
  NOT_TESTED: STEP,
  NOT_VERIFIED: CHECK,
  NO_BATCH: act('operator', 'manufacturing:RecordBatch'),
  NO_INPUT: STEP,
  ON_HOLD: TOLD,
  ORDER_LINE_TAKEN: AUTHORISE,
  RECALLED: ANEW,
  REJECTED: ANEW,
  RELABELLING_NOT_VERIFIED: TOLD,
  RESULT_MISSING: STEP,
  SAFETY_NOT_BY_DISPOSITION: DISPOSE,
  SEQUENCE_NOT_CONFIRMED: ANEW,
  STEP_NOT_DONE: STEP,
  SUSPECT_SIGNATURE: act('quality', 'manufacturing:ConfirmSignature'),
  THERAPY_HALTED: TOLD,
  TOKEN_NOT_READ: CHECK,
  UNIDENTIFIED_ITEM: ANEW,
  UNKNOWN_STEP: ANEW,
  VERIFICATION_USED: CHECK,
  WRONG_KIND: ANEW,
};

/** What somebody else than quality can end, too. */
const ALSO: Partial<Readonly<Record<DeviationCode, ActOf>>> = {
  UNIDENTIFIED_ITEM: { type: 'custody:CollectItem', by: 'collector' },
  ITEM_LOST: { type: 'custody:ReportFound', by: 'holder' },
};

/**
 * How quality settles a deviation, by what it puts in doubt: `any` decision is its own, or it can only `reject` what the
 * deviation is about, and that is made anew.
 */
export const SETTLEMENT_OF_CLASS: Readonly<Record<DeviationClass, 'any' | 'reject'>> = {
  identity: 'reject',
  contamination: 'any',
  compromise: 'any',
  safety: 'reject',
  condition: 'any',
  evidence: 'any',
  record: 'any',
};

/** Who leads on from a deviation of this code. */
export function actsOnDeviation(code: DeviationCode): readonly ActOf[] {
  const also = ALSO[code];
  const settle: ActOf = { type: 'manufacturing:RecordDisposition', by: 'quality' };
  return also ? [settle, also] : [settle];
}
