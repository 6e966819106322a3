import { describe, expect, test } from '@jest/globals';
import { readerOf } from '../commands/reader.fixture.js';
import { actor, COI, DIGEST, NOW, signed } from '../example.fixture.js';
import type { Actor } from '../nouns/actor.js';
import type { Confirmation } from '../nouns/confirmation.js';
import type { Entity } from '../nouns/registry.js';
import { addMinutes } from '../values/time.js';
import { findSuspects, suspectVotes } from './suspects.js';

const since = addMinutes(NOW, -60);
const compromised = (of: Actor): Actor => ({
  ...of,
  revocation: {
    ...{ at: addMinutes(NOW, 60), by: 'lab.registrar', reason: 'key-compromised' },
    compromisedSince: since,
  },
});
const technician: Actor = {
  ...actor('lab.technician', 'LabMSP', 'lab'),
  enrolledBy: 'lab.second-registrar',
};
const second: Actor = {
  ...actor('lab.second-registrar', 'LabMSP', 'registrar'),
  enrolledBy: 'lab.registrar',
};
const registrar: Actor = {
  ...actor('lab.registrar', 'LabMSP', 'registrar'),
  enrolledBy: 'lab.registrar',
};
const confirmation: Confirmation = {
  ...{ noun: 'confirmation', coi: COI, id: DIGEST, basis: 'witness' },
  confirmed: signed('manufacturer.quality'),
};

/** Whose keys make what the technician signed now suspect. */
const suspected = async (entities: readonly Entity[], by = signed('lab.technician')) => {
  const found = await findSuspects(readerOf(...entities), COI, [{ subject: 'x', signed: by }]);
  return found.map((each) => each.actor);
};

describe('what somebody signed', () => {
  test('is suspect by their own keys, and by those of whoever enrolled them, at any remove', async () => {
    expect(await suspected([technician, second, registrar])).toEqual([]);
    for (const bad of [technician, second, registrar]) {
      const all = [technician, second, registrar].map((each) =>
        each === bad ? compromised(each) : each,
      );
      expect(await suspected(all)).toEqual(['lab.technician']);
    }
  });

  test('is not suspect where they were enrolled before the registrar was compromised', async () => {
    const before: Actor = { ...technician, enrolledAt: addMinutes(since, -1) };
    expect(await suspected([before, compromised(second), registrar])).toEqual([]);
  });

  test('is suspect by the keys of the person behind a device', async () => {
    const device = actor('lab.sequencer', 'LabMSP', 'lab');
    const by = { ...signed(device.id), principal: technician.id };
    expect(await suspected([device, technician], by)).toEqual([]);
    expect(await suspected([device, compromised(technician)], by)).toEqual(['lab.technician']);
    expect(await suspected([compromised(device), technician], by)).toEqual(['lab.sequencer']);
  });

  test('stands once quality confirmed it with keys that are not suspect, and not by mistake', async () => {
    const quality = actor('manufacturer.quality', 'ManufacturerMSP', 'quality');
    const bad = compromised(technician);
    expect(await suspected([bad, quality, confirmation])).toEqual([]);
    expect(await suspected([bad, compromised(quality), confirmation])).toEqual(['lab.technician']);
    const mistaken = { ...confirmation, annulled: signed('manufacturer.reviewer') };
    expect(await suspected([bad, quality, mistaken])).toEqual(['lab.technician']);
  });

  test('twice in one command of one thing is told once', async () => {
    const twice = [1, 2].map(() => ({ subject: 'x', signed: signed('lab.technician') }));
    const reader = readerOf(compromised(technician));
    expect(await findSuspects(reader, COI, twice)).toHaveLength(1);
  });

  test('of a proposal is whose vote does not count', async () => {
    const votes = [
      { organisation: 'LabMSP', choice: 'approve' as const, signed: signed('lab.technician') },
      {
        organisation: 'HospitalMSP',
        choice: 'approve' as const,
        signed: signed('hospital.registrar'),
      },
    ];
    const reader = readerOf(compromised(technician));
    expect(await suspectVotes(reader, { id: DIGEST, votes })).toEqual(['LabMSP']);
  });
});
