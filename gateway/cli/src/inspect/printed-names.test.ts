import { expect, test } from '@jest/globals';
import { nameAt } from './read-pack.js';

const [JUNE, JULY, AUGUST, SEPTEMBER] = ['06', '07', '08', '09'].map(
  (month) => `2026-${month}-01T00:00:00.000Z`,
) as [string, string, string, string];

test('a signature is printed by the name that held when it was given, or by none', () => {
  const formerly = [{ until: JULY }, { name: 'A. Before', until: AUGUST }];
  const signer = { name: 'A. Since', formerly };
  expect(nameAt(signer, JUNE)).toBeUndefined();
  expect(nameAt(signer, JULY)).toBe('A. Before');
  expect(nameAt(signer, AUGUST)).toBe('A. Since');
  expect(nameAt(signer, SEPTEMBER)).toBe('A. Since');
  expect(nameAt({ name: 'B', formerly: [] }, JUNE)).toBe('B');
});
