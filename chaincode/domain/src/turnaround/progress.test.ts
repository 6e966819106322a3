import { describe, expect, test } from '@jest/globals';
import { attested, BROUGHT, COLLECTED, day, extracted, progress } from './turnaround.fixture.js';

const statesOf = (found: ReturnType<typeof progress>) => found.steps.map(({ state }) => state);
const stepOf = (found: ReturnType<typeof progress>, id: string) =>
  found.steps.find(({ step }) => step === id);

describe('a therapy against the target days of its process', () => {
  test('has its due times counted from the order: each target day is over then', () => {
    expect(progress([]).steps.map(({ due }) => due)).toEqual([day(1), day(3), day(5), day(9)]);
  });

  test('tells what was done in time, what late, what waits, and what is to come', () => {
    expect(statesOf(progress([COLLECTED, BROUGHT]))).toEqual([
      ...['on-time', 'late', 'overdue', 'to-come'],
    ]);
    expect(statesOf(progress([COLLECTED], day(2)))).toEqual([
      ...['on-time', 'waiting', 'to-come', 'to-come'],
    ]);
  });

  test('waits for nobody once it was halted: what was done stays, what was not has ended', () => {
    const halted = progress([COLLECTED, BROUGHT], day(6), { halted: true });
    expect(statesOf(halted)).toEqual(['on-time', 'late', 'ended', 'ended']);
    expect(halted.steps.flatMap(({ waitsFor }) => waitsFor)).toEqual([]);
    const done = progress([COLLECTED, BROUGHT, extracted(5)], day(6), { halted: true });
    expect(statesOf(done)).toEqual(['on-time', 'late', 'on-time', 'ended']);
  });

  test('is on time to the very moment', () => {
    const exactly = [COLLECTED, BROUGHT, extracted(5)];
    expect(stepOf(progress(exactly), 'extraction')).toMatchObject({ state: 'on-time' });
    const after = [COLLECTED, BROUGHT, extracted(5.001)];
    expect(stepOf(progress(after), 'extraction')).toMatchObject({ state: 'late' });
  });

  test('waits for the parties that may do the step, and for no other member', () => {
    expect(stepOf(progress([COLLECTED, BROUGHT]), 'extraction')).toMatchObject({
      ready: day(4),
      waitsFor: ['LabMSP'],
    });
    const parties = ['HospitalMSP', 'LabMSP', 'SecondLabMSP', 'CourierMSP'];
    expect(stepOf(progress([COLLECTED, BROUGHT], day(4), { parties }), 'extraction')).toMatchObject(
      { state: 'waiting', waitsFor: ['LabMSP', 'SecondLabMSP'] },
    );
  });

  test('counts a journey for who carried it, once it is received from them', () => {
    const taken = attested('custody:ReceiveItem', 2, 'CourierMSP', {
      kinds: ['tumour'],
      from: 'HospitalMSP',
    });
    expect(stepOf(progress([COLLECTED, taken]), 'courier')).toMatchObject({ state: 'overdue' });
    expect(stepOf(progress([COLLECTED, taken, BROUGHT]), 'courier')).toMatchObject({
      state: 'late',
      done: day(4),
      organisation: 'CourierMSP',
    });
  });

  test('takes the first of several attestations, in whatever order they are known', () => {
    const found = progress([COLLECTED, BROUGHT, extracted(8), extracted(4.5)], day(9));
    expect(stepOf(found, 'extraction')).toMatchObject({ done: day(4.5) });
  });
});
