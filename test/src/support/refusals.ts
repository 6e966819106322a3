import { expect } from '@jest/globals';
import type { Committed } from '#scripts';
import { codeOf } from './error-code.js';

/** Expects an error of a code, which writes nothing. */
export async function expectError(submitted: Promise<unknown>, code: string): Promise<void> {
  const outcome = await submitted.then(
    () => 'committed',
    (error: unknown) => codeOf(error),
  );
  expect(outcome).toBe(code);
}

/** Expects a permission to be refused, for this reason among others. */
export function expectRefused({ receipt }: Committed, code: string): void {
  expect(receipt).toMatchObject({ kind: 'permission', decision: 'refused' });
  expect(receipt.reasons.map((reason) => reason.code)).toContain(code);
  expect(receipt.changed).toEqual([]);
}

/** Expects a permission to be permitted; shows the reasons where it was not. */
export function expectPermitted({ receipt }: Committed): void {
  expect(receipt).toMatchObject({ kind: 'permission', decision: 'permitted', reasons: [] });
}

/** Expects a fact to be recorded with a deviation of this code among others. */
export function expectDeviation({ receipt }: Committed, code: string): void {
  expect(receipt).toMatchObject({ kind: 'fact', decision: 'recorded', reasons: [] });
  expect(receipt.deviations.map((deviation) => deviation.code)).toContain(code);
}

/** Expects a fact to be recorded without any deviation. */
export function expectClean({ receipt }: Committed): void {
  expect(receipt).toMatchObject({ kind: 'fact', decision: 'recorded', deviations: [] });
}

/** Expects a fact to be recorded without effect: its reporter has no standing, and it opens no deviation. */
export function expectAlarm({ receipt }: Committed): void {
  expect(receipt).toMatchObject({
    kind: 'fact',
    decision: 'recorded',
    effect: 'none',
    deviations: [],
  });
}
