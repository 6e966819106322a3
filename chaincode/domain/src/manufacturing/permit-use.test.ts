import { describe, expect, test } from '@jest/globals';
import { COI, DIGEST, din, signed } from '../example.fixture.js';
import type { Deviation } from '../nouns/deviation.js';
import type { SubjectRef } from '../nouns/subject.js';
import { classOf, DEVIATION_CODES, type DeviationCode } from '../values/deviation-codes.js';
import { type CheckOfDeviation, reasonsAgainstPermit } from './permit-use.js';

const vial: SubjectRef = { kind: 'item', coi: COI, id: din(1) };
const investigated = { investigation: DIGEST };

function against(
  code: DeviationCode,
  ref = vial,
  annex?: Readonly<Record<string, string>>,
  check?: CheckOfDeviation,
  rest: Partial<Deviation> = {},
) {
  const deviation: Deviation = {
    noun: 'deviation',
    scope: { kind: 'therapy', id: COI },
    id: 'D1',
    code,
    classification: 'critical',
    subjects: [{ ref }],
    opened: signed('hospital.nurse'),
    ...rest,
  };
  return reasonsAgainstPermit(deviation, ref, annex, check).map((reason) => reason.code);
}

describe('a disposition that permits use', () => {
  test('is never given for what failed a check of identity, investigated or not', () => {
    for (const code of ['IDENTITY_CHECK_FAILED', 'LABEL_MISMATCH', 'UNIDENTIFIED_ITEM'] as const)
      expect(against(code, vial, investigated)).toEqual(['IDENTITY_NOT_BY_DISPOSITION']);
  });

  test('may be given for the therapy, which nobody compared', () => {
    const therapy = { kind: 'therapy', coi: COI } as const;
    expect(against('PATIENT_MISMATCH', therapy, investigated)).toEqual([]);
    expect(against('PATIENT_MISMATCH', therapy)).toEqual(['INVESTIGATION_MISSING']);
  });

  test('is never given for what failed a check of safety', () => {
    expect(against('SAFETY_CHECK_FAILED', vial, investigated)).toEqual([
      'SAFETY_NOT_BY_DISPOSITION',
    ]);
  });

  test('is never given for a product that was sent back, unless that was an error', () => {
    expect(against('RETURNED', vial, investigated)).toEqual(['SAFETY_NOT_BY_DISPOSITION']);
    const annulled = { annulled: signed('hospital.pharmacist') };
    expect(against('RETURNED', vial, investigated, {}, annulled)).toEqual([]);
    expect(against('RETURNED', vial, undefined, {}, annulled)).toEqual(['INVESTIGATION_MISSING']);
    expect(against('SAFETY_CHECK_FAILED', vial, investigated, {}, annulled)).toEqual([
      'SAFETY_NOT_BY_DISPOSITION',
    ]);
  });

  test('may be given where a planned retest stands for the check, and needs no more then', () => {
    for (const code of [
      'IDENTITY_CHECK_FAILED',
      'SAFETY_CHECK_FAILED',
      'RESULT_OUT_OF_LIMITS',
    ] as const)
      expect(against(code, vial, undefined, { standsFor: 'retest' })).toEqual([]);
  });

  test('may be given without an investigation where what was too little was topped up', () => {
    expect(against('RESULT_OUT_OF_LIMITS')).toEqual(['INVESTIGATION_MISSING']);
    expect(against('RESULT_OUT_OF_LIMITS', vial, undefined, { standsFor: 'top-up' })).toEqual([]);
  });

  test('needs an investigation but for conditions and slips of the record', () => {
    for (const code of DEVIATION_CODES) {
      const about = classOf(code);
      if (about === 'identity' || about === 'safety') continue;
      const needed = about === 'condition' || about === 'record' ? [] : ['INVESTIGATION_MISSING'];
      expect([code, against(code)]).toEqual([code, needed]);
      expect([code, against(code, vial, investigated)]).toEqual([code, []]);
    }
  });
});
