import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BROUGHT, COLLECTED, extracted, progress } from './turnaround.fixture.js';
import { type OfPatient, releaseOf, SMALLEST_CELL, turnaroundReleaseSchema } from './release.js';

const therapy = (patient: string, days: number, by = 'LabMSP'): OfPatient => ({
  patient,
  progress: progress([COLLECTED, BROUGHT, extracted(days, by)]),
});

const several = (count: number, days: number) =>
  Array.from({ length: count }, (_, index) => therapy(`patient-${index}`, days));

const extraction = (all: readonly OfPatient[]) =>
  releaseOf(all).cells.filter(({ step }) => step === 'extraction');

/** Therapies of a few patients, done by either laboratory, in time or late. */
const therapies = fc.array(
  fc
    .tuple(fc.nat(30), fc.constantFrom(4.2, 4.9, 5.5, 8), fc.constantFrom('LabMSP', 'SecondLabMSP'))
    .map(([patient, days, by]) => therapy(`patient-${patient}`, days, by)),
  { maxLength: 60 },
);

describe('what analysts are given of the turnaround', () => {
  test('counts patients, not therapies, and leaves out what counts fewer than five', () => {
    const four = several(4, 4.5);
    expect(extraction(four)).toEqual([]);
    expect(extraction([...four, ...four])).toEqual([]);
    expect(extraction(several(5, 4.5))).toEqual([
      {
        process: 'example',
        step: 'extraction',
        organisation: 'LabMSP',
        result: 'on-time',
        patients: 5,
      },
    ]);
  });

  test('has a percentile only where five patients at least lie at it or beyond', () => {
    expect(extraction(several(9, 5.6))).toEqual([expect.not.objectContaining({ medianDays: 2 })]);
    expect(extraction(several(10, 5.6))).toMatchObject([{ medianDays: 2 }]);
    expect(extraction(several(49, 5.6))).toEqual([expect.not.objectContaining({ p90Days: 2 })]);
    expect(extraction(several(50, 5.6))).toMatchObject([{ p90Days: 2 }]);
  });

  test('names nobody: no patient, no chain of identity, no time', () => {
    const text = JSON.stringify(releaseOf(several(12, 4.5)));
    expect(text).not.toMatch(/patient-|H1234|\d{4}-\d\d-\d\d/u);
    expect(turnaroundReleaseSchema.parse(JSON.parse(text)).cells).not.toEqual([]);
  });

  test('has no cell of fewer than five, nor has any sum or difference of its cells', () => {
    fc.assert(
      fc.property(therapies, (all) => {
        const counts = releaseOf(all).cells.map(({ patients }) => patients);
        const differences = counts.flatMap((one) => counts.map((other) => Math.abs(one - other)));
        const total = counts.reduce((sum, each) => sum + each, 0);
        for (const count of counts) expect(count).toBeGreaterThanOrEqual(SMALLEST_CELL);
        for (const each of [...differences, total]) expect(each % SMALLEST_CELL).toBe(0);
      }),
    );
  });

  test('tells of no single patient by what it said before they came', () => {
    fc.assert(
      fc.property(therapies, fc.constantFrom(4.2, 8), (all, days) => {
        const countsOf = (of: readonly OfPatient[]) =>
          new Map(
            releaseOf(of).cells.map((cell) => [
              JSON.stringify([cell.step, cell.organisation, cell.result]),
              cell.patients,
            ]),
          );
        const before = countsOf(all);
        const after = countsOf([...all, therapy('patient-new', days)]);
        for (const [cell, patients] of after) {
          const more = patients - (before.get(cell) ?? 0);
          expect([0, SMALLEST_CELL]).toContain(more);
        }
      }),
    );
  });
});
