import type { Act, Annul, Body, Spoken, Value } from '../spoken.js';
import { laterVersion, releaseTests } from '../../definition.js';
import type { Draw } from './fault.js';

/** What a physician says of a dose to have treatment go on although consent lapsed. */
export const ALONE: Body = {
  continueAfterLapse: true,
  lapse: { notAsked: 'unconscious', waiting: 'endangers-life' },
};

/** What somebody may say of a therapy, besides the plan. */
export function word(type: string, by: string, body: Body): Spoken {
  return { type, by, body, annexes: {} };
}

export function subjectItem({ journey }: Draw, id: string): Body {
  return { kind: 'item', coi: journey.coi, id };
}

export function hold({ journey }: Draw, subject: Body, by = 'manufacturer.reviewer'): Spoken {
  return word('manufacturing:PlaceHold', by, {
    coi: journey.coi,
    hold: 'hold-1',
    subject,
    reason: 'investigation',
    liftedByRole: 'quality',
  });
}

export function lift({ journey }: Draw, by: string): Spoken {
  return word('manufacturing:LiftHold', by, { coi: journey.coi, hold: 'hold-1' });
}

export function deviation({ journey }: Draw, by: string, subject: Body, code: string): Spoken {
  return word('manufacturing:ReportDeviation', by, {
    coi: journey.coi,
    subject,
    code,
    classification: 'major',
  });
}

/** A therapy goes on by the next version of its process, whose last release test has one check more. */
export function migration({ journey, definition, stage }: Draw, by: string): Spoken {
  const { id, version } = laterVersion(definition);
  const test = releaseTests(definition).at(-1)?.id ?? '';
  return word('therapy:MigrateProcess', by, {
    coi: journey.coi,
    process: { id, version, hash: stage.later },
    changes: [{ of: 'step', id: test, change: 'changed', members: ['checks'] }],
  });
}

export function halt({ journey, random }: Draw, by: string): Spoken {
  const reason = random.of(['deceased', 'not-manufacturable']);
  return {
    type: 'therapy:HaltTherapy',
    by,
    body: { coi: journey.coi },
    annexes: { halt: { reason } },
  };
}

export function recallBatch(
  { journey }: Draw,
  by: string,
  reason: string,
  batch: string = journey.batch,
): Spoken {
  return word('manufacturing:RecallBatch', by, { coi: journey.coi, batch, reason });
}

export function recallLot(by: string, lot: string, reason: string): Spoken {
  return word('manufacturing:RecallLot', by, { lot, reason });
}

/** What somebody found of a run; index hopping at a rate. */
export function runFailure(by: string, run: string, reason: string, perMille?: number): Spoken {
  const rate = perMille === undefined ? {} : { perMille };
  return word('manufacturing:ReportRunFailure', by, { run, reason, ...rate });
}

/** Somebody confirms that the controls of a run failed, with their results or without. */
export function confirmRun(by: string, run: string, results = true): Spoken {
  const controls = {
    results: [{ control: 'phix-error-rate', value: 9.4 }],
    explanation: 'the control library was degraded',
    evidence: [],
  };
  return {
    ...word('manufacturing:ConfirmRunFailure', by, { run }),
    annexes: results ? { controls } : {},
  };
}

export function registerRun(by: string, run: string): Spoken {
  return word('manufacturing:RegisterRun', by, { run, flowCell: 'FC-9', instrument: 'SEQ-1' });
}

export function lost({ journey }: Draw, by: string, item: string): Spoken {
  return word('custody:ReportLoss', by, { coi: journey.coi, item });
}

export function found(
  { journey }: Draw,
  by: string,
  item: string,
  rest: { readonly condition?: string; readonly labelRead?: string } = {},
): Spoken {
  return word('custody:ReportFound', by, {
    coi: journey.coi,
    item,
    condition: 'intact',
    labelRead: item,
    ...rest,
  });
}

export function readings(
  { journey }: Draw,
  by: string,
  item: string,
  measured: readonly (readonly [minutesAgo: number, temperatureC: number])[],
): Spoken {
  const told: Value = measured.map(([minutesAgo, temperatureC]) => ({
    at: { afterMs: -minutesAgo * 60_000 },
    temperatureC,
  }));
  return word('custody:RecordReadings', by, {
    coi: journey.coi,
    item,
    logger: 'logger-2',
    readings: told,
  });
}

/** A patient's request for consent by the hospital, for a time that is told relative to now, and the patient's yes. */
export function consentFor(
  { plan }: Pick<Draw, 'plan'>,
  purpose: string,
  patient: string,
  scope: Body,
  supersedes?: string,
): readonly Spoken[] {
  const requests = plan.filter(({ type }) => type === 'consent:RequestConsent');
  const asked = requests.find(({ body }) => body['purpose'] === purpose) ?? requests[0];
  const given = plan.find(
    ({ type, body }) =>
      type === 'consent:GiveConsent' && body['consent'] === asked?.body['consent'],
  );
  if (!asked || !given) return [];
  const consent = 'consent-2';
  return [
    {
      ...asked,
      body: {
        ...asked.body,
        patient,
        purpose,
        consent,
        scope,
        ...(supersedes === undefined ? {} : { supersedes }),
      },
    },
    { ...given, by: patient, body: { ...given.body, purpose, consent } },
  ];
}

/** The name of the consent that the plan has for a purpose. */
export function consentGiven({ plan }: Pick<Draw, 'plan'>, purpose: string): string | undefined {
  const name = plan.find(
    ({ type, body }) => type === 'consent:GiveConsent' && body['purpose'] === purpose,
  )?.body['consent'];
  return typeof name === 'string' ? name : undefined;
}

/** A pass for what is given at the first line. */
export function pass({ journey }: Draw, by: string, number = 1): Spoken {
  const body = { coi: journey.coi, pass: 'pass-1', number, item: journey.given(1) };
  return word('care:IssuePass', by, body);
}

/** One signature of an emergency override of what is given at the first line. */
export function override({ journey }: Draw, by: string, rest: Body = {}): Spoken {
  const body = {
    coi: journey.coi,
    dose: 'dose-9',
    number: 1,
    item: journey.given(1),
    verifications: [],
    reason: 'life-threatening',
    continueAfterLapse: false,
    ...rest,
  };
  const explanation = { explanation: 'the patient would not live through the night' };
  return { type: 'care:OverrideDose', by, body, annexes: { explanation } };
}

/** One signature of the decision to go on with something after what cannot be undone. */
export function goOn({ journey }: Draw, by: string, item: string, rest: Body = {}): Spoken {
  const body = {
    coi: journey.coi,
    decision: 'decision-1',
    item,
    continueAfterLapse: false,
    ...rest,
  };
  const explanation = { explanation: 'the patient is prepared, and does not live without cells' };
  return { type: 'care:DecideToGoOn', by, body, annexes: { explanation } };
}

/** An exception for a batch, step by step: request, evaluation, the patient's consent, acceptance. */
export function exception(draw: Draw, finding: string): readonly Spoken[] {
  const { coi, batch, patient } = draw.journey;
  const named = { coi, exception: 'exception-1' };
  const explanation = { explanation: { explanation: 'there is no time to make others' } };
  const investigation = { investigation: { explanation: 'it was looked at', evidence: [] } };
  return [
    {
      type: 'care:RequestException',
      by: 'hospital.clinician',
      body: { ...named, batch },
      annexes: explanation,
    },
    {
      type: 'quality:EvaluateException',
      by: 'manufacturer.reviewer',
      body: { ...named, finding },
      annexes: investigation,
    },
    ...consentFor(draw, 'OOS_ADMINISTRATION', patient.id, {}),
    { type: 'care:AcceptException', by: 'hospital.clinician', body: named, annexes: explanation },
  ];
}

/** A registrar and, if whoever confirms it may, a clinician end a patient's keys: lost, or another's since so long. */
export function keysEnd({ journey }: Draw, confirmedBy: string, minutes?: number): readonly Act[] {
  return [
    word('registry:RevokePatient', 'hospital.registrar', {
      patient: journey.patient.id,
      reason: minutes === undefined ? 'key-lost' : 'key-compromised',
      ...(minutes === undefined ? {} : { compromisedSince: { afterMs: -minutes * 60_000 } }),
    }),
    { type: 'confirm', by: confirmedBy },
  ];
}

/** What remains of a line, ordered in its place. */
export function line(
  { journey, plan }: Draw,
  by: string,
  [replaces, dose]: readonly [number, number],
  rest: Body = {},
): Spoken {
  const order = plan.find(({ type }) => type === 'therapy:OrderTherapy');
  const lines = (order?.body['orderLines'] ?? []) as readonly Body[];
  const ordered = lines.find((each) => each['dose'] === replaces) ?? lines[0];
  return word('therapy:OrderLine', by, {
    coi: journey.coi,
    replaces,
    line: { ...ordered, dose, ...rest },
    patientSeen: true,
  });
}

export function annul(
  record: Spoken | string,
  reason: string,
  by: readonly string[] = ['manufacturer.reviewer', 'manufacturer.release-person'],
): Annul {
  return { type: 'annul', record, by, reason };
}

/** The lots that the therapy uses, and by whom each may be recalled. */
export const LOTS = [
  ['https://id.gs1.org/01/04012345000092/10/NTP-1', 'manufacturer.safety-officer'],
  ['https://id.gs1.org/01/04012345000092/10/LNP-1', 'manufacturer.reviewer'],
] as const;

export const EXTRACTION_LOT = 'https://id.gs1.org/01/04012345000092/10/EX-1';
export const UNREGISTERED_LOT = 'https://id.gs1.org/01/04012345000092/10/NOBODY-KNOWS-1';
export const UNKNOWN_ITEM = 'https://id.gs1.org/01/04012345000078/21/unknown';
