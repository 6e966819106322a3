import { expect, test } from '@jest/globals';
import {
  actor,
  attempt,
  COI,
  consent,
  definition,
  DIGEST,
  din,
  item,
  NOW,
  OTHER_COI,
  signed,
  therapy,
} from '#domain/example.fixture';
import { changedNames } from './receipt.js';

const scope = { kind: 'therapy', id: COI } as const;

test('a receipt names what changed as people do', () => {
  const changes = [
    therapy(),
    item(),
    attempt('calling', { attempt: 2 }),
    consent('given'),
    actor('lab.technician', 'LabMSP', 'lab'),
    {
      noun: 'deviation',
      scope: { kind: 'therapy', id: COI },
      id: 'D1.x',
      code: 'SEAL_MISMATCH',
      classification: 'major',
      subjects: [],
      opened: signed('a'),
    },
    {
      noun: 'process',
      id: 'example',
      version: '1.0',
      hash: DIGEST,
      definition: definition(),
      publishedBy: 'a',
      at: NOW,
    },
  ] as const;
  expect(changedNames(changes, scope)).toEqual([
    `therapy ${COI}`,
    `item ${din(1)}`,
    'step calling 02',
    'actor lab.technician',
    'deviation D1.x',
    'process example 1.0',
  ]);
});

test('a receipt does not name indexes and reverse keys', () => {
  const use = { of: 'run-1', coi: COI, step: 'sequencing', attempt: 1 };
  expect(
    changedNames(
      [
        { noun: 'item-index', id: din(1), coi: COI },
        { noun: 'lot-use', ...use },
        { noun: 'run-use', ...use },
      ],
      scope,
    ),
  ).toEqual([]);
});

test('a receipt of a therapy names no decision of the patient, and one of the patient does', () => {
  const ended = [consent('terminated')];
  expect(changedNames(ended, scope)).toEqual([]);
  expect(changedNames(ended, { kind: 'patient', id: 'patient-1' })).toEqual([
    'consent TREATMENT_MANUFACTURE consent-1',
  ]);
});

test('a receipt names nothing of another therapy, whose own records tell it', () => {
  const elsewhere = item({ coi: OTHER_COI, id: din(2) });
  expect(changedNames([therapy(), elsewhere], scope)).toEqual([`therapy ${COI}`]);
});
