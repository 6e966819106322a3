import { expect, test } from '@jest/globals';
import type { PassStatement } from '@veinledger/domain';
import { passPage } from './page.js';

const DIGEST = 'A'.repeat(43);
const AT = '2026-11-22T13:00:00.000Z';
const [FIRST, LABEL] = ['1', '2'].map(
  (serial) => `https://id.gs1.org/01/04012345000078/21/${serial}`,
);
const statement: PassStatement = {
  ...{ v: 1, network: DIGEST, coi: 'H123426900001K', pass: 'pass-1', command: DIGEST, block: 17 },
  ...{ held: ['A1', 'A2', 'A3', 'A4', 'A5', 'A8'], patient: 'patient-1', number: 1, released: [] },
  ...{ item: FIRST ?? '', issued: AT, until: AT, issuer: 'hospital.pharmacist' },
};

test('the page of a pass names the product by the label that it bears', () => {
  expect(passPage(statement, 'code')).toContain(FIRST);
  const relabelled = passPage({ ...statement, label: LABEL ?? '' }, 'code');
  expect(relabelled).toContain(LABEL);
  expect(relabelled).not.toContain(FIRST);
});
