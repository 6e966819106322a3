import type { Noun } from '../nouns/registry.js';
import { type Circle, learnersIn, MEMBERS, type Viewer } from './learners.js';
import { type Matter, MATTERS } from './records.js';
import { narrowest, type Sight, sightOf, type Told } from './sight.js';

/** Who takes part in the therapy and whom it is about, and who audits it. */
const CLINICAL = { staff: 'whole', patient: 'whole', auditor: 'whole' } satisfies Told;
/** Whom a patient tells what the team that treats them is not told. */
const OUTSIDE_THE_TEAM = { safety: 'whole', patient: 'whole', auditor: 'whole' } satisfies Told;
/** Everybody, of every member. */
const SHARED = {
  ...CLINICAL,
  courier: 'whole',
  payer: 'whole',
  registrar: 'whole',
} satisfies Told;
/** What of a therapy those alone are told who treat, make and audit: who learns of it in an emergency, and of its arm. */
const OF_EMERGENCIES = ['admitted', 'arm', 'unblinded'] as const satisfies Sight;
/** What carries another thing, and is told through it. */
const NOBODY = {} satisfies Told;

/**
 * Who learns what of each noun: of what is shared as every member, of what belongs to a therapy as a party, of a person as
 * who has them in care (H1). It is total: a noun that is not in it does not compile.
 */
export const TOLD_OF_NOUN: Readonly<Record<Noun, Told>> = {
  root: SHARED,
  governance: SHARED,
  organisation: SHARED,
  proposal: SHARED,
  'agreed-process': SHARED,
  process: SHARED,
  actor: SHARED,
  'former-keys': SHARED,
  'key-holder': NOBODY,
  'natural-person': NOBODY,
  reenrolment: NOBODY,
  session: {
    staff: 'whole',
    courier: 'whole',
    payer: 'whole',
    registrar: 'whole',
    auditor: 'whole',
  },
  rota: { staff: 'whole', courier: 'whole', payer: 'whole', registrar: 'whole', auditor: 'whole' },
  training: {
    staff: 'whole',
    courier: 'whole',
    payer: 'whole',
    registrar: 'whole',
    auditor: 'whole',
  },
  'person-key': { staff: 'whole', registrar: 'whole', auditor: 'whole' },
  'key-share': { staff: 'whole', registrar: 'whole', auditor: 'whole' },
  /** their own to everybody */
  signature: CLINICAL,
  command: NOBODY,
  /** by the type of its command: {@link TOLD_OF_RECORD} */
  record: SHARED,
  therapy: {
    ...CLINICAL,
    courier: [...OF_EMERGENCIES, 'blockers', 'destruction'],
    payer: [...OF_EMERGENCIES, 'blockers', 'destruction'],
    registrar: [...OF_EMERGENCIES, 'blockers', 'destruction'],
  },
  'party-change': CLINICAL,
  'missed-slot': CLINICAL,
  denial: { ...CLINICAL, payer: 'whole' },
  '~end': NOBODY,
  item: { ...CLINICAL, courier: ['blockers', 'disposal'] },
  'item-index': NOBODY,
  'hand-off': { ...CLINICAL, courier: 'whole' },
  readings: { ...CLINICAL, courier: 'whole' },
  'transit-event': { ...CLINICAL, courier: 'whole' },
  step: CLINICAL,
  dataset: CLINICAL,
  design: CLINICAL,
  batch: CLINICAL,
  deviation: CLINICAL,
  alarm: CLINICAL,
  annulment: CLINICAL,
  hold: CLINICAL,
  investigation: CLINICAL,
  alert: CLINICAL,
  'recall-decision': CLINICAL,
  'early-recall': CLINICAL,
  confirmation: CLINICAL,
  verification: CLINICAL,
  dose: { ...CLINICAL, payer: ['verifications'] },
  'dose-line': CLINICAL,
  override: CLINICAL,
  decision: CLINICAL,
  exception: CLINICAL,
  'dose-pass': CLINICAL,
  outcome: CLINICAL,
  'adverse-event': CLINICAL,
  'reportable-event': CLINICAL,
  inspection: CLINICAL,
  'token-replacement': CLINICAL,
  'emergency-access': CLINICAL,
  lot: { staff: 'whole', registrar: 'whole', auditor: 'whole' },
  run: { staff: 'whole', registrar: 'whole', auditor: 'whole' },
  'lot-use': { staff: 'whole', auditor: 'whole' },
  'run-use': { staff: 'whole', auditor: 'whole' },
  consent: CLINICAL,
  /** nobody of the team that asked */
  'pressure-report': OUTSIDE_THE_TEAM,
  proxy: CLINICAL,
  capacity: CLINICAL,
  'patient-links': NOBODY,
  /** patients too are asked with it */
  'form-amendment': SHARED,
  'consent-use': NOBODY,
  'purpose-consents': NOBODY,
};

/** Who knows that somebody is a patient, and so learns what is told of them as a person; consents are narrower still. */
export const TOLD_OF_PATIENT: Told = {
  staff: 'whole',
  patient: 'whole',
  registrar: 'whole',
  auditor: 'whole',
};

/** What a command's annexes are: measured results, diagnosis, outcome, sequence. Neither auditors nor who carries or pays. */
export const TOLD_OF_ANNEX: Told = { staff: 'whole', patient: 'whole' };

/** Why something is not paid for, and on what an appeal rests: whoever decides on that reads it. */
export const TOLD_OF_PAYMENT_ANNEX: Told = { ...TOLD_OF_ANNEX, payer: 'whole' };

/** What made a patient feel pressed: not whoever may have pressed, and, as any annex, no auditor. */
export const TOLD_OF_PRESSURE_ANNEX: Told = { safety: 'whole', patient: 'whole' };
/** To which arm a patient is assigned. */
export const TOLD_OF_ARM: Told = { unblinded: 'whole' };

/** Who signed, by the printed name: an inspector asks for it, and the own house knows it. */
export const TOLD_OF_PRINTED_NAME: Told = { staff: 'whole', registrar: 'whole', auditor: 'whole' };

/** What the viewer learns of a noun's things that belong to the circle. */
export function sightOfNoun(viewer: Viewer, noun: Noun, circle: Circle): Sight {
  const learners = learnersIn(viewer, circle);
  const sight = sightOf(TOLD_OF_NOUN[noun], learners);
  return circle.kind === 'patient' ? narrowest([sight, sightOf(TOLD_OF_PATIENT, learners)]) : sight;
}

/**
 * What the viewer learns of the annexes of what belongs to the circle.
 * @param type of the command that an annex came with
 */
export function sightOfAnnex(viewer: Viewer, circle: Circle, type: string): Sight {
  return sightOf(toldOfAnnex(MATTERS.get(type)), learnersIn(viewer, circle));
}

function toldOfAnnex(matter: Matter | undefined): Told {
  if (matter === 'pressure') return TOLD_OF_PRESSURE_ANNEX;
  if (matter === 'payment') return TOLD_OF_PAYMENT_ANNEX;
  if (matter === 'arm') return TOLD_OF_ARM;
  return matter === 'registry' ? TOLD_OF_PRINTED_NAME : TOLD_OF_ANNEX;
}

/** Whether there is anything of the noun that the viewer would learn of, wherever they took part. */
export function learnsOf(viewer: Viewer, noun: Noun): boolean {
  return sightOfNoun(viewer, noun, MEMBERS) !== 'nothing';
}
