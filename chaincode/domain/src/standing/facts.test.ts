import { describe, expect, test } from '@jest/globals';
import { readerOf } from '../commands/reader.fixture.js';
import {
  actor,
  batch,
  COI,
  command,
  context,
  definition,
  item,
  NOW,
  therapy,
} from '../example.fixture.js';
import { recordReadings } from '../custody/readings.js';
import { recordBatch } from '../manufacturing/batch.js';
import { recallBatch } from '../manufacturing/recall-batch.js';
import { processHash } from '../nouns/process-definition.js';
import type { ProcessVersion } from '../nouns/process.js';
import type { Role } from '../values/roles.js';

const thing = item();
const made = batch({ id: 'batch-2' });
const agreed = definition();
const published: ProcessVersion = {
  ...{ noun: 'process', id: agreed.id, version: agreed.version, hash: processHash(agreed) },
  ...{ definition: agreed, publishedBy: 'lab.registrar', at: NOW },
};
const process = { id: agreed.id, version: agreed.version, hash: published.hash };
const FACTS = {
  'a batch': [
    recordBatch,
    {
      ...{ coi: COI, batch: 'batch-1', design: 'design-1', fill: { step: 'fill', attempt: 1 } },
      ...{ expiry: '2028-11-22T13:00:00.000Z', vials: [] },
      reconciliation: { made: 0, sampled: 0, retained: 0, rejected: 0 },
    },
  ],
  'a recall': [recallBatch, { coi: COI, batch: made.id, reason: 'sterility' }],
  'a reading': [
    recordReadings,
    {
      ...{ coi: COI, item: thing.id, logger: 'logger-1' },
      readings: [{ at: NOW, temperatureC: 40 }],
    },
  ],
} as const;

/** What a fact comes to that somebody of an organisation reports. */
async function told(what: keyof typeof FACTS, organisation: string, role: Role) {
  const [type, body] = FACTS[what];
  const by = actor('somebody', organisation, role);
  const said = command(by.id, { ...body }, { type: type.type });
  const { decide } = type.prepare(said, said.id);
  const decided = await decide(readerOf(therapy({ process }), published, thing, made), context(by));
  if (decided.decision !== 'recorded') throw new Error(decided.decision);
  return decided;
}

describe('a fact that somebody without standing reports', () => {
  test.each([
    ['a batch', 'HospitalMSP', 'operator'],
    ['a recall', 'HospitalMSP', 'quality'],
    ['a recall', 'OtherMSP', 'quality'],
    ['a reading', 'LabMSP', 'lab'],
  ] as const)('is an alarm, and moves nothing: %s by somebody of %s', async (what, of, role) => {
    const { effect, changes, deviations } = await told(what, of, role);
    expect(effect).toBe('none');
    expect(changes.map(({ noun }) => noun)).toEqual(['alarm']);
    expect(deviations).toEqual([]);
  });

  test.each([
    ['a batch', 'LabMSP', 'operator', 'batch'],
    ['a recall', 'LabMSP', 'quality', 'batch'],
    ['a reading', 'HospitalMSP', 'nurse', 'readings'],
  ] as const)('takes effect with it: %s by somebody of %s', async (what, of, role, noun) => {
    const { effect, changes } = await told(what, of, role);
    expect(effect).not.toBe('none');
    expect(changes.map((each) => each.noun)).toContain(noun);
  });
});
