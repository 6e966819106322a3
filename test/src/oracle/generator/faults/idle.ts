import type { Random } from '../random.js';
import { type Act, isSpoken, type Spoken } from '../spoken.js';
import { wait } from './aims/aim.js';
import { type Draw, drawPlace, type FaultKind, inserted, nameOf } from './fault.js';
import { word } from './words.js';

/** Something is said that bears upon no dose: everything is to be permitted and refused as it would have been. */
export const idle: FaultKind = (draw) => {
  const { random } = draw;
  const place = drawPlace(draw, ({ type }) => /^care|^custody|^manufacturing/.test(type));
  if (place === undefined) return undefined;
  const said = random.of(WORDS)(draw);
  const names = said.filter(isSpoken).map((each) => `${nameOf(each)} by ${each.by}`);
  return inserted('idle', draw, place, names.join(', '), said);
};

function admitted(coi: string, by: string, emergencyAccess: string): Spoken {
  const reason = 'patient-cannot-tell';
  return {
    ...word('care:OpenEmergencyAccess', by, { coi, emergencyAccess, reason }),
    annexes: { explanation: { explanation: 'unconscious, with a card in the wallet' } },
  };
}

function reviewed(coi: string, random: Random): Spoken {
  const by = random.of(['manufacturer.reviewer', 'manufacturer.reviewer', 'clinic.quality']);
  const finding = random.of(['justified', 'not-justified', 'not-justified']);
  return {
    ...word('quality:ReviewEmergencyAccess', by, { coi, emergencyAccess: 'access-1', finding }),
    annexes: { investigation: { explanation: 'the patient was there', evidence: [] } },
  };
}

const WORDS: readonly ((draw: Draw) => readonly Act[])[] = [
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
  // a physician elsewhere reads, quality looks at that, and somebody reads once more
  ({ journey: { coi }, random }) => {
    const first = random.of(['clinic.clinician', 'clinic.clinician', 'hospital.clinician']);
    const second = random.of([first, first, 'clinic.second-clinician']);
    const name = random.of(['access-2', 'access-2', 'access-1']);
    const minutes = random.of([1400, 1436, 1450]);
    const between = random.of([[], [reviewed(coi, random)], [wait(minutes)]]);
    const again = random.chance(0.6) ? [admitted(coi, second, name)] : [];
    return [admitted(coi, first, 'access-1'), ...between, ...again];
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
