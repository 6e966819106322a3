import { describe, expect, test } from '@jest/globals';
import { readerOf } from '../commands/reader.fixture.js';
import { COI, DIGEST, NOW, signed } from '../example.fixture.js';
import type { Alarm } from '../nouns/alarm.js';
import type { Entity } from '../nouns/registry.js';
import { honest, LOT, SHIPPED, type Story } from './honest-therapy.fixture.js';
import { readWholeTherapy } from './whole-therapy.js';

const PROCESS = {
  ...({ noun: 'process', id: SHIPPED.id, version: SHIPPED.version, hash: DIGEST } as const),
  ...{ definition: SHIPPED, publishedBy: 'manufacturer.quality', at: NOW },
};
const lot = (id: string) => ({ ...honest().find('lot', LOT), id });
const alarm = (kind: 'lot' | 'run', id: string): Alarm => ({
  ...{ noun: 'alarm', scope: { kind, id }, subject: `${kind} ${id}`, organisation: 'OtherMSP' },
  ...{ claim: 'other', type: 'manufacturing:RecallLot', raised: signed('other.quality') },
});
const read = (story: Story, ...others: readonly Entity[]) =>
  readWholeTherapy(readerOf(...story.entities, PROCESS, ...others), COI);

describe('a therapy’s state', () => {
  test('holds the shared things that its reports name, whichever report it was, and no other', async () => {
    const repeated = [{ ...signed('lab.technician'), verdicts: [], lots: ['lot-2'], run: 'run-2' }];
    const run = { ...honest().find('run', 'run-1'), id: 'run-2' };
    const story = honest()
      .change('step', 'extraction/1', { repeated })
      .report('fill-finish/1', { lots: ['lot-1', LOT] });
    const others = [run, { ...run, id: 'run-3' }];
    const whole = await read(story, lot('lot-1'), lot('lot-2'), lot('lot-3'), ...others);
    expect([...whole.lots.keys()].sort()).toEqual([LOT, 'lot-1', 'lot-2'].sort());
    expect([...whole.runs.keys()].sort()).toEqual(['run-1', 'run-2']);
  });

  test('holds each shared thing once, and the alarms about it', async () => {
    const others = [alarm('lot', LOT), alarm('run', 'run-1'), alarm('run', 'run-2')];
    const whole = await read(honest(), ...others);
    expect(whole.alarms.map(({ subject }) => subject)).toEqual([`lot ${LOT}`, 'run run-1']);
  });

  test('holds no lot and no run that was registered by mistake, but what was found of them as a whole', async () => {
    const annulled = signed('manufacturer.storekeeper');
    const recall = { ...signed('manufacturer.quality'), reason: 'sterility' };
    const failures = [{ ...signed('lab.head'), reason: 'controls-failed' as const }];
    const mistaken = honest()
      .change('lot', LOT, { annulled, recall })
      .change('run', 'run-1', { annulled, failures });
    const whole = await read(mistaken);
    expect([whole.lots.size, whole.runs.size]).toEqual([0, 0]);
    expect([...whole.recalledLots.keys()]).toEqual([LOT]);
    expect([...whole.failedRuns.keys()]).toEqual(['run-1']);
    const { recalledLots, failedRuns } = await read(honest());
    expect([recalledLots.size, failedRuns.size]).toEqual([0, 0]);
  });

  test('holds its attempts by their names, and each run that it names by its own', async () => {
    const run = { ...honest().find('run', 'run-1'), id: 'run-2' };
    const whole = await read(honest().report('sequencing/1', { run: 'run-2' }), run);
    expect([...whole.runs.keys()]).toEqual(['run-2']);
    expect(whole.attempts.get('sequencing/1')).toMatchObject({ step: 'sequencing', attempt: 1 });
  });

  test('holds nothing of a lot that its reports name and nobody registered', async () => {
    const whole = await read(honest().report('extraction/1', { lots: ['lot-9'] }));
    expect(whole.lots.has('lot-9')).toBe(false);
  });

  test('of which a step is begun and not reported names nothing by it', async () => {
    const story = honest().change('step', 'sequencing/1', ({ report, ...thing }) => {
      expect(report).toBeDefined();
      return thing;
    });
    expect((await read(story)).runs.size).toBe(0);
  });
});
