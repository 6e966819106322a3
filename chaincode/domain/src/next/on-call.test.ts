import { describe, expect, test } from '@jest/globals';
import { definition, NOW } from '../example.fixture.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { Rota } from '../nouns/rota.js';
import { addMinutes } from '../values/time.js';
import { people, rota } from './next.fixture.js';
import { calledTo, type People } from './on-call.js';
import type { Wait } from './wait.js';

const STOPPED: Wait = {
  state: 'stopped',
  noun: 'deviation',
  subject: 'item 1',
  code: 'SEAL_MISMATCH',
  options: [
    { act: 'manufacturing:RecordDisposition', organisation: 'ManufacturerMSP', roles: ['quality'] },
  ],
  since: NOW,
};

function called(
  after: number,
  rest: {
    readonly wait?: Partial<Wait>;
    readonly people?: People;
    readonly definition?: ProcessDefinition;
  } = {},
) {
  const wait = { ...STOPPED, ...rest.wait };
  const { asked } = calledTo(
    wait,
    rest.people ?? people([rota()]),
    addMinutes(NOW, after),
    rest.definition ?? definition(),
  );
  const [first] = asked;
  return first && { as: first.as, people: first.people, rotaEmpty: first.rotaEmpty };
}

const onDuty = { as: 'on-duty', people: ['manufacturer.quality'], rotaEmpty: false };
const deputies = { as: 'deputies', people: ['manufacturer.deputy'], rotaEmpty: false };
const management = { as: 'management', people: ['manufacturer.head'], rotaEmpty: false };

describe('who is called', () => {
  test('is on duty for the first 30 minutes, then the deputies, after 60 the management', () => {
    expect(called(29)).toEqual(onDuty);
    expect(called(30)).toEqual(deputies);
    expect(called(60)).toEqual(management);
  });

  test('is asked after the minutes that the process says', () => {
    const slow = definition(undefined, {
      escalation: { deputyMinutes: 90, managementMinutes: 120 },
    });
    expect(called(60, { definition: slow })).toEqual(onDuty);
    expect(called(90, { definition: slow })).toEqual(deputies);
    expect(called(120, { definition: slow })).toEqual(management);
  });

  test('stays who is on duty for what is next in the course: nothing stands still', () => {
    expect(called(600, { wait: { state: 'due' } })).toEqual(onDuty);
  });

  test('is the deputy at once where nobody on duty may act', () => {
    expect(called(0, { people: people([rota()], 'manufacturer.quality') })).toEqual(deputies);
    expect(called(0, { wait: { except: ['manufacturer.quality'] } })).toEqual(deputies);
    expect(called(0, { people: people([rota({ periods: [] })]) })).toEqual(deputies);
  });

  test('is the management where the rota names nobody, and that is said', () => {
    const empty: Partial<Rota> = { periods: [], deputies: [] };
    expect(called(0, { people: people([rota(empty)]) })).toEqual({
      ...management,
      rotaEmpty: true,
    });
  });

  test('is the management that the organisation’s other rotas name, where there is none of the role', () => {
    const other = rota({ role: 'operator' });
    expect(called(0, { people: people([other]) })).toEqual({ ...management, rotaEmpty: true });
  });

  test('are the registrars of an organisation without any rota: somebody is always named', () => {
    expect(called(0, { people: people([]) })).toEqual({
      as: 'registrars',
      people: ['manufacturer.registrar'],
      rotaEmpty: true,
    });
  });

  test('is a person who is asked by name, and no rota; where their keys are gone, who enrols them', () => {
    const option = { ...STOPPED.options[0], act: 'quality:AnnulRecord', roles: [] };
    const named = { ...option, organisation: 'ManufacturerMSP', person: 'manufacturer.quality' };
    const wait = { options: [named] };
    expect(called(90, { wait })).toEqual({ ...onDuty, as: 'named' });
    expect(called(0, { wait, people: people([rota()], 'manufacturer.quality') })).toMatchObject({
      people: ['manufacturer.registrar'],
      as: 'registrars',
    });
  });

  test('is not somebody who signed before under another actor: one natural person is one (E1)', () => {
    const person = 'P'.repeat(43);
    const known = people([rota()]);
    const actors = known.actors.map((each) =>
      each.id === 'manufacturer.quality' ? { ...each, person } : each,
    );
    expect(called(0, { wait: { except: [person] }, people: { ...known, actors } })).toMatchObject({
      as: 'deputies',
    });
  });

  test('is nobody of another organisation’s rota', () => {
    const foreign = rota({ organisation: 'LabMSP' });
    expect(called(0, { people: people([foreign]) })?.as).toBe('registrars');
  });
});
