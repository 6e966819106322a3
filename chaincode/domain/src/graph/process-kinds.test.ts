import { describe, expect, test } from '@jest/globals';
import { definition, step } from '../example.fixture.js';
import { SHIPPED } from './honest-therapy.fixture.js';
import {
  containerKindsOf,
  isTest,
  kindsMadeOf,
  releaseTestsOf,
  takesNothing,
} from './process-kinds.js';

describe('of the shipped process', () => {
  test('a vial comes from a template, and a template from no sample', () => {
    expect([...kindsMadeOf(SHIPPED, ['template'])].sort()).toEqual([
      'dose',
      'drug-substance',
      'template',
      'vial',
    ]);
    expect([...kindsMadeOf(SHIPPED, ['block'])].sort()).toEqual(['block', 'dna', 'library', 'rna']);
  });

  test('a vial comes from a template in whatever order the steps are told', () => {
    const backwards = { ...SHIPPED, steps: [...SHIPPED.steps].reverse() };
    expect(kindsMadeOf(backwards, ['template'])).toContain('vial');
  });

  test('the release tests are those that the review needs, on samples of vials', () => {
    expect(releaseTestsOf(SHIPPED).map(({ id }) => id)).toEqual(['release-tests']);
    expect([...containerKindsOf(SHIPPED)]).toEqual(['vial']);
  });

  test('a step that makes no item is a test', () => {
    const tests = SHIPPED.steps.filter(
      (step) => step.attestedBy === 'manufacturing:ReportStep' && isTest(step),
    );
    expect(tests.map(({ id }) => id)).toEqual([
      'slot-booking',
      'genotyping',
      'calling',
      'ranking',
      'release-tests',
    ]);
  });
});

test('a step takes nothing that neither takes nor makes anything: a slot is booked', () => {
  const some = SHIPPED.steps
    .filter(({ attestedBy }) => attestedBy === 'manufacturing:ReportStep')
    .filter((step) => takesNothing(step));
  expect(some.map(({ id }) => id)).toEqual(['slot-booking']);
  for (const name of ['inputs', 'outputs', 'datasets'] as const)
    expect(takesNothing({ ...step('x'), [name]: ['y'] })).toBe(false);
});

test('a container is what a dose is prepared of, and nothing that is derived beside it', () => {
  const prepared = SHIPPED.steps.map((each) =>
    each.attestedBy === 'care:RecordAdministration' ? { ...each, inputs: ['dose'] } : each,
  );
  const steps = prepared.map((each) =>
    each.attestedBy === 'custody:DeriveItem'
      ? { ...each, outputs: [...each.outputs, 'rest'] }
      : each,
  );
  const aliquot = step('aliquot', {
    ...{ attestedBy: 'custody:DeriveItem', inputs: ['dna'], outputs: ['dna-aliquot'] },
  });
  expect([...containerKindsOf({ ...SHIPPED, steps: [...steps, aliquot] })]).toEqual(['vial']);
});

test('a process without a review has neither release tests nor batches', () => {
  const steps = SHIPPED.steps.filter(
    ({ attestedBy }) =>
      !['manufacturing:ReviewBatch', 'manufacturing:CertifyBatch'].includes(attestedBy),
  );
  expect(containerKindsOf({ ...SHIPPED, steps })).toEqual(new Set());
  expect(releaseTestsOf(definition())).toEqual([]);
  expect(containerKindsOf(definition())).toEqual(new Set());
});
