import { describe, expect, test } from '@jest/globals';
import { actor, command, context, definition, DIGEST, NOW, signed } from '../example.fixture.js';
import type { Actor } from '../nouns/actor.js';
import type { Training } from '../nouns/training.js';
import {
  decideRecordTraining,
  recordTraining,
  type RecordTrainingState,
} from './record-training.js';

const quality = actor('lab.quality', 'LabMSP', 'quality');
const technician = actor('lab.technician', 'LabMSP', 'lab');
const YEAR = { from: '2026-01-01T00:00:00.000Z', until: '2027-01-01T00:00:00.000Z' };
const process = {
  noun: 'process',
  id: 'example',
  version: '1.0',
  hash: DIGEST,
  definition: definition(),
  publishedBy: 'a',
  at: NOW,
} as const;

function record(said: object = {}, rest: Partial<RecordTrainingState> = {}, by: Actor = quality) {
  const body = recordTraining.body.parse({
    actor: technician.id,
    process: { id: 'example', version: '1.0' },
    steps: ['only'],
    ...YEAR,
    evidence: DIGEST,
    ...said,
  });
  const person = by.person === undefined ? {} : { person: by.person };
  const state = { trained: technician, process, before: [], ...rest };
  return decideRecordTraining(state, command(by.id, body), context(by, person));
}

const refusedFor = (...codes: readonly string[]): unknown => ({
  decision: 'refused',
  reasons: codes.map((code): unknown => expect.objectContaining({ code })),
});

describe('a training', () => {
  test('stands for a step of a version of a process, from and until when, with who said so', () => {
    expect(record()).toMatchObject({
      decision: 'permitted',
      changes: [
        {
          ...{ noun: 'training', actor: technician.id, process: 'example', version: '1.0' },
          ...{ step: 'only', ...YEAR, evidence: DIGEST, recorded: { actor: quality.id } },
        },
      ],
    });
  });

  test('takes the place of what was said before, and names it', () => {
    const former: Training = {
      noun: 'training',
      ...{ actor: technician.id, process: 'example', version: '1.0' },
      ...{ step: 'only', ...YEAR, evidence: DIGEST },
      recorded: { ...signed(quality.id), command: `${'B'.repeat(42)}A` },
    };
    const again = record({ until: NOW }, { before: [former] });
    expect(again).toMatchObject({
      changes: [{ until: NOW, replaces: former.recorded.command }],
    });
  });

  test('is said of nobody by themselves, under whatever actor', () => {
    const person = 'P'.repeat(42) + 'A';
    expect(record({}, { trained: { ...quality, id: technician.id } }, technician)).toEqual(
      refusedFor('SAME_PERSON'),
    );
    const both = { ...quality, person };
    expect(record({}, { trained: { ...technician, person } }, both)).toEqual(
      refusedFor('SAME_PERSON'),
    );
    expect(record({}, { trained: { ...technician, person: DIGEST } }, both)).toMatchObject({
      decision: 'permitted',
    });
  });

  test('is of somebody who works and still acts', () => {
    const patient = { ...technician, roles: ['patient' as const] };
    const revocation = { at: NOW, by: 'lab.registrar', reason: 'left' };
    expect(record({}, { trained: undefined })).toEqual(refusedFor('NO_SUCH_ACTOR'));
    expect(record({}, { trained: patient })).toEqual(refusedFor('NOT_STAFF'));
    expect(record({}, { trained: { ...technician, revocation } })).toEqual(
      refusedFor('ACTOR_REVOKED'),
    );
  });

  test('is for steps that the published process has, for some time', () => {
    expect(record({}, { process: undefined })).toEqual(refusedFor('PROCESS_NOT_PUBLISHED'));
    expect(record({ steps: ['only', 'dancing'] })).toEqual(refusedFor('UNKNOWN_STEP'));
    expect(record({ until: YEAR.from })).toEqual(refusedFor('PERIOD_EMPTY'));
    expect(recordTraining.body.safeParse({ steps: ['only', 'only'] }).success).toBe(false);
  });
});
