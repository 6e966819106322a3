import type { Spoken } from '../spoken.js';
import { type Draw, drawPlace, type FaultKind, inserted, nameOf } from './fault.js';
import { word } from './words.js';

/** Something is said that bears upon no dose: everything is to be permitted and refused as it would have been. */
export const idle: FaultKind = (draw) => {
  const { random } = draw;
  const place = drawPlace(draw, ({ type }) => /^care|^custody|^manufacturing/.test(type));
  if (place === undefined) return undefined;
  const said = random.of(WORDS)(draw);
  const names = said.map((each) => `${nameOf(each)} by ${each.by}`);
  return inserted('idle', draw, place, names.join(', '), said);
};

const WORDS: readonly ((draw: Draw) => readonly Spoken[])[] = [
  // two of the ward say that the patient has another wristband
  ({ journey: { coi }, random }) =>
    random
      .of([['hospital.nurse', 'hospital.clinician'], ['hospital.nurse'], ['clinic.nurse']])
      .map((by) =>
        word('care:ReplaceToken', by, {
          coi,
          tokenReplacement: 'token-1',
          token: 'wristband',
          cause: 'name-changed',
          former: 'taken-off',
        }),
      ),
  ({ journey: { coi }, random }) => [
    word(
      'quality:RecordInspection',
      random.of(['manufacturer.reviewer', 'hospital.pharmacist', 'clinic.quality']),
      {
        coi,
        inspection: 'inspection-1',
        authority: 'de-bfarm',
        kind: 'good-manufacturing-practice',
        reference: 'I-2026-1',
        basis: 'eu-2001-83-article-111',
        from: { afterMs: -60 * 60_000 },
        shown: ['trace', 'paper'],
      },
    ),
  ],
  // a physician elsewhere reads, and quality looks at that
  ({ journey: { coi }, random }) => {
    const named = { coi, emergencyAccess: 'access-1' };
    const opened = {
      ...word('care:OpenEmergencyAccess', random.of(['clinic.clinician', 'hospital.clinician']), {
        ...named,
        reason: 'patient-cannot-tell',
      }),
      annexes: { explanation: { explanation: 'unconscious, with a card in the wallet' } },
    };
    const finding = random.of(['justified', 'not-justified']);
    const reviewed = {
      ...word('quality:ReviewEmergencyAccess', 'manufacturer.reviewer', { ...named, finding }),
      annexes: { investigation: { explanation: 'the patient was there', evidence: [] } },
    };
    return random.chance(0.6) ? [opened, reviewed] : [opened];
  },
  // the therapy goes on with another hospital besides, once both have signed
  ({ journey: { coi }, plan, random }) => {
    const order = plan.find(({ type }) => type === 'therapy:OrderTherapy');
    const parties = (order?.body['parties'] ?? []) as readonly string[];
    const body = {
      coi,
      change: 'change-1',
      parties: [...parties, 'ClinicMSP'],
      hospital: 'ClinicMSP',
    };
    const signers = random.of([
      ['hospital.clinician', 'manufacturer.reviewer'],
      ['hospital.clinician', 'clinic.clinician', 'manufacturer.reviewer'],
      ['clinic.clinician'],
    ]);
    return signers.map((by) => word('therapy:ChangeParties', by, body));
  },
];
