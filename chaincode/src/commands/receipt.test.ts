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
  signed,
  therapy,
} from '#domain/example.fixture';
import { changedNames } from './receipt.js';

test('a receipt names what changed as people do', () => {
  const names = changedNames([
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
  ]);
  expect(names).toEqual([
    `therapy ${COI}`,
    `item ${din(1)}`,
    'step calling 02',
    'consent TREATMENT_MANUFACTURE consent-1',
    'actor lab.technician',
    'deviation D1.x',
    'process example 1.0',
  ]);
});

test('a receipt does not name indexes and reverse keys', () => {
  const use = { of: 'run-1', coi: COI, step: 'sequencing', attempt: 1 };
  expect(
    changedNames([
      { noun: 'item-index', id: din(1), coi: COI },
      { noun: 'lot-use', ...use },
      { noun: 'run-use', ...use },
    ]),
  ).toEqual([]);
});
