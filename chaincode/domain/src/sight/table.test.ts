import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { COMMANDS } from '../catalogue.js';
import { type Noun, NOUNS } from '../nouns/registry.js';
import { LEARNERS, type Learner } from './learners.js';
import { MATTERS, sightOfRecord, TOLD_OF_RECORD } from './records.js';
import type { Told } from './sight.js';
import { TOLD_OF_NOUN } from './things.js';

/** What is told of a therapy to couriers or payers, member by member: a new one is told to them when it stands here. */
const MEMBERS_TOLD: Partial<Readonly<Record<Noun, string>>> = {
  therapy:
    'admitted arm blockers cleared closed coi destruction halts jurisdiction migrations noun orderLines ordered parties patient process quality unblinded',
  item: `alias batch blockers cleared coi collected custody design disposal disposed foundBy handOff heldSince holder id inUseSince
    kind noun ownUseBy parents producedBy range relabellings signatures useBy`,
  'hand-off': 'annulled coi id item noun receipts release',
  denial: 'answered coi commitment decided dose id noun payer reported',
  readings: 'annulled coi count excursions from id item logger maxC minC noun recorded until',
  'transit-event': 'annulled coi id item logger noun occurrence recorded',
  dose: 'administrations authorised coi id item noun number openTests verifications',
  record: `actor annex at changed commandId decision deviations effect kind lateEntry lateReason noun organisation person
    principal reasons scope transactionId transactionTime type verdicts`,
};

function membersOf(noun: Noun): readonly string[] {
  const schema: z.ZodType = NOUNS[noun].schema;
  return schema instanceof z.ZodObject ? Object.keys(schema.shape).sort() : [];
}

const NARROW: readonly Learner[] = ['courier', 'payer'];

describe('the table of who learns what', () => {
  test('says of every type of command what it is about, and of nothing else', () => {
    expect([...MATTERS.keys()].sort()).toEqual(COMMANDS.map(({ type }) => type).sort());
  });

  test('tells nobody of a type of command that it does not name', () => {
    const record = {
      type: 'care:NotInTheTable',
      actor: 'hospital.nurse',
      organisation: 'HospitalMSP',
      scope: { kind: 'therapy', id: 'H1234269000015' },
      decision: 'recorded',
      changed: [],
      reasons: [],
    } as const;
    const circle = { kind: 'therapy', parties: ['HospitalMSP'], patient: 'patient-1' } as const;
    for (const role of ['quality', 'auditor', 'courier', 'registrar']) {
      const viewer = { id: 'somebody', organisation: 'HospitalMSP', roles: [role] };
      expect(sightOfRecord(viewer, record, circle)).toBe('nothing');
    }
  });

  test('tells an outsider nothing of any noun and of any command but what all members share', () => {
    const lines: readonly Told[] = [
      ...Object.values(TOLD_OF_NOUN),
      ...Object.values(TOLD_OF_RECORD),
    ];
    expect(LEARNERS).toContain('outsider');
    expect(lines.filter(({ outsider }) => outsider !== undefined)).toEqual([]);
  });

  test('tells couriers and payers of these members, and of a new one when somebody says so', () => {
    const ofTherapies = Object.values(NOUNS).filter(
      (each) => ('under' in each && each.under === 'therapy') || each.noun === 'record',
    );
    const narrowly = ofTherapies.filter(({ noun }) =>
      NARROW.some((each) => TOLD_OF_NOUN[noun][each] !== undefined),
    );
    const told = narrowly.map(({ noun }) => [noun, membersOf(noun)] as const);
    const said = Object.entries(MEMBERS_TOLD).map(([noun, text]) => [noun, text.split(/\s+/u)]);
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(said));
  });
});
