import { describe, expect, test } from '@jest/globals';
import type { Reader } from '../commands/reader.js';
import { actor, DIGEST, NOW } from '../example.fixture.js';
import type { Actor } from '../nouns/actor.js';
import { addMinutes } from '../values/time.js';
import { Signers } from './suspects.js';
import { compromisedSince } from './suspicion.js';

const since = addMinutes(NOW, -60);
const revocation = { at: NOW, by: 'lab.registrar', reason: 'key-compromised' };
const technician = actor('lab.technician', 'LabMSP', 'lab');
const compromised = { ...technician, revocation: { ...revocation, compromisedSince: since } };

describe('what an actor signed', () => {
  test('is suspect from the compromise of its keys on, by the transaction’s time', () => {
    expect(compromisedSince(compromised, addMinutes(NOW, -61))).toBeUndefined();
    expect(compromisedSince(compromised, since)).toBe(since);
    expect(compromisedSince(compromised, NOW)).toBe(since);
  });

  test('is not suspect when the keys were only lost, or nothing happened to them', () => {
    expect(compromisedSince({ ...technician, revocation }, NOW)).toBeUndefined();
    expect(compromisedSince(technician, NOW)).toBeUndefined();
  });

  test('is not suspect with the new keys that a re-enrolment brought, and still is with the old', () => {
    const { revocation: former, ...rest } = compromised;
    const renewed = { ...rest, formerRevocations: [former] };
    expect(compromisedSince(renewed, addMinutes(NOW, -1))).toBe(since);
    expect(compromisedSince(renewed, addMinutes(NOW, 1))).toBeUndefined();
  });
});

describe('what an actor signed whom somebody else enrolled', () => {
  const statement = (actor: string) => ({
    subject: 'item x',
    signed: { actor, command: DIGEST, at: NOW, time: NOW },
  });
  /** A technician whom a registrar enrolled, whom another had enrolled before. */
  const enrolled = (enrolledAt: string) => [
    { ...technician, enrolledBy: 'lab.second', enrolledAt: NOW },
    { ...actor('lab.second', 'LabMSP', 'registrar'), enrolledBy: 'lab.registrar', enrolledAt },
    {
      ...actor('lab.registrar', 'LabMSP', 'registrar'),
      enrolledBy: 'lab.registrar',
      enrolledAt: addMinutes(NOW, -600),
      revocation: { ...revocation, compromisedSince: since },
    },
  ];
  const suspectAmong = (actors: readonly Actor[]) => {
    const get = (_noun: string, { id }: { readonly id: string }) =>
      Promise.resolve(actors.find((each) => each.id === id));
    return new Signers({ get } as unknown as Reader).suspect(statement(technician.id));
  };

  test('is suspect when the keys that enrolled them were in other hands, at any remove', async () => {
    const { since: found } = (await suspectAmong(enrolled(addMinutes(NOW, -30)))) ?? {};
    expect(found).toBe(since);
  });

  test('is not when they were enrolled before', async () => {
    expect(await suspectAmong(enrolled(addMinutes(NOW, -90)))).toBeUndefined();
  });
});
