import { describe, expect, test } from '@jest/globals';
import { type Actor, addMinutes } from '@veinledger/domain';
import { Signers } from '@veinledger/domain/execution';
import { actor, DIGEST, NOW } from '#domain/example.fixture';
import { MapStore } from './map-store.fixture.js';
import { StateReader } from './reader.js';

const since = addMinutes(NOW, -60);
const revocation = { at: NOW, by: 'lab.registrar', reason: 'key-compromised' };
const technician = actor('lab.technician', 'LabMSP', 'lab');

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
  const suspectAmong = (actors: readonly Actor[]) =>
    new Signers(new StateReader(new MapStore(...actors))).suspect(statement(technician.id));

  test('is suspect when the keys that enrolled them were in other hands, at any remove', async () => {
    const { since: found } = (await suspectAmong(enrolled(addMinutes(NOW, -30)))) ?? {};
    expect(found).toBe(since);
  });

  test('is not when they were enrolled before', async () => {
    expect(await suspectAmong(enrolled(addMinutes(NOW, -90)))).toBeUndefined();
  });
});
