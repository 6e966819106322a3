import { describe, expect, test } from '@jest/globals';
import { actor, context, item, NOW, signed, step, therapy } from '../example.fixture.js';
import type { HandOff } from '../nouns/hand-off.js';
import type { Hold } from '../nouns/hold.js';
import type { Item } from '../nouns/item.js';
import type { LiftingRole } from '../values/words.js';
import type { Role } from '../values/roles.js';
import { ofCustodian, ofFinder, ofGiver, ofHolder, ofJourney, ofReceiver } from './custody.js';
import { onlyLifters } from './hold.js';
import {
  everybodyEntitled,
  onlyOfPatientsHospital,
  onlyOwn,
  onlyParties,
  onlyQuality,
} from './refuse.js';
import {
  anybodyWhoMeetsThePatient,
  ofOwner,
  ofParty,
  ofQuality,
  ofSameOrganisation,
  ofStepRole,
  ofUnblindedGroup,
} from './people.js';

const by = (organisation: string, role: Role = 'nurse') =>
  context(actor('somebody', organisation, role));
const patient = (id: string, organisation = 'HospitalMSP') =>
  context(actor(id, organisation, 'patient'));

describe('the word of a party', () => {
  test('counts, and no other organisation’s', () => {
    expect(ofParty(therapy(), by('HospitalMSP'))).toBe(true);
    expect(ofParty(therapy(), by('OtherMSP'))).toBe(false);
  });

  test('is not a patient’s, who speaks for the own therapy only, wherever enrolled', () => {
    expect(ofParty(therapy(), patient('patient-1', 'OtherMSP'))).toBe(true);
    expect(ofParty(therapy(), patient('patient-2'))).toBe(false);
    expect(anybodyWhoMeetsThePatient(therapy(), patient('patient-1'))).toBe(true);
    expect(anybodyWhoMeetsThePatient(therapy(), patient('patient-2'))).toBe(false);
    expect(anybodyWhoMeetsThePatient(therapy(), by('OtherMSP'))).toBe(true);
  });

  test('on what is made counts of the one whose quality the order names', () => {
    expect(ofQuality(therapy(), by('LabMSP', 'quality'))).toBe(true);
    expect(ofQuality(therapy(), by('HospitalMSP', 'quality'))).toBe(false);
    expect(ofQuality(therapy(), patient('patient-1', 'LabMSP'))).toBe(false);
  });

  test('on a step counts of who does it: by the own role, or by one that the organisation may grant', () => {
    const calling = step('calling', { roles: ['designer'] });
    const of = (organisation: string, role: Role, grantable: readonly Role[]) =>
      ofStepRole(therapy(), calling, { grantable: [...grantable] }, by(organisation, role));
    expect(of('LabMSP', 'designer', [])).toBe(true);
    expect(of('LabMSP', 'lab', ['lab', 'designer'])).toBe(true);
    expect(of('HospitalMSP', 'pathologist', ['pathologist'])).toBe(false);
    expect(of('OtherMSP', 'designer', ['designer'])).toBe(false);
    expect(ofStepRole(therapy(), undefined, undefined, by('LabMSP', 'lab'))).toBe(true);
    const collection = step('collection', { roles: ['collector', 'nurse'] });
    expect(ofStepRole(therapy(), collection, undefined, by('HospitalMSP', 'nurse'))).toBe(true);
  });

  test('on an arm counts of the unblinded group, in whichever of its roles', () => {
    const group = { unblindedGroup: ['pharmacist', 'quality'] as const };
    const of = (organisation: string, role: Role) =>
      ofUnblindedGroup(therapy(), group, by(organisation, role));
    expect(of('HospitalMSP', 'pharmacist')).toBe(true);
    expect(of('LabMSP', 'quality')).toBe(true);
    expect(of('HospitalMSP', 'nurse')).toBe(false);
    expect(of('OtherMSP', 'pharmacist')).toBe(false);
    expect(ofUnblindedGroup(therapy(), undefined, by('HospitalMSP'))).toBe(true);
    expect(ofUnblindedGroup(therapy(), undefined, by('OtherMSP'))).toBe(false);
  });

  test('on what it began counts still, whoever takes part now: a test may fail late', () => {
    const tester = actor('lab.tester', 'LabMSP', 'quality');
    expect(ofSameOrganisation(tester, by('LabMSP', 'quality'))).toBe(true);
    expect(ofSameOrganisation(tester, by('OtherMSP', 'quality'))).toBe(false);
    expect(ofSameOrganisation(undefined, by('LabMSP', 'quality'))).toBe(false);
    expect(ofSameOrganisation(tester, patient('patient-1', 'LabMSP'))).toBe(false);
  });

  test('on a lot or a run counts of who registered it first', () => {
    expect(ofOwner(undefined, by('OtherMSP'))).toBe(true);
    expect(ofOwner({ organisation: 'LabMSP' }, by('LabMSP'))).toBe(true);
    expect(ofOwner({ organisation: 'LabMSP' }, by('OtherMSP'))).toBe(false);
  });
});

describe('who lets go on', () => {
  test('a hold that quality must lift is lifted by the quality that decides, any other by a party', () => {
    const hold = (liftedByRole: LiftingRole): Hold => ({
      noun: 'hold',
      coi: therapy().coi,
      id: 'hold-1',
      subject: { kind: 'therapy', coi: therapy().coi },
      reason: 'investigation',
      liftedByRole,
      placed: signed('somebody'),
    });
    const codes = (role: LiftingRole, organisation: string) =>
      onlyLifters(therapy(), hold(role), by(organisation, role)).map(({ code }) => code);
    expect(codes('quality', 'LabMSP')).toEqual([]);
    expect(codes('quality', 'HospitalMSP')).toEqual(['NOT_THE_THERAPYS_QUALITY']);
    expect(codes('clinician', 'HospitalMSP')).toEqual([]);
    expect(codes('clinician', 'OtherMSP')).toEqual(['NOT_A_PARTY']);
  });
});

describe('a permission', () => {
  const subject = `therapy ${therapy().coi}`;
  const notAParty = { code: 'NOT_A_PARTY', subject, expected: 'a party', found: 'OtherMSP' };

  test('of a therapy is for its parties, and tells others nothing more', () => {
    expect(onlyParties(therapy(), by('HospitalMSP'))).toEqual([]);
    expect(onlyParties(therapy(), by('OtherMSP'))).toEqual([notAParty]);
  });

  test('on what is made is for the party whose quality decides', () => {
    expect(onlyQuality(therapy(), by('LabMSP', 'quality'))).toEqual([]);
    expect(onlyQuality(therapy(), by('OtherMSP', 'quality'))).toEqual([notAParty]);
    expect(onlyQuality(therapy(), by('HospitalMSP', 'quality'))).toEqual([
      {
        ...{ code: 'NOT_THE_THERAPYS_QUALITY', subject },
        ...{ expected: 'LabMSP', found: 'HospitalMSP' },
      },
    ]);
  });

  test('on an organisation’s own is for its people, and of nothing for the decision to refuse', () => {
    const reason = { code: 'NOT_A_PARTY', subject: 'lot lot-1' } as const;
    const thing = { organisation: 'LabMSP' };
    expect(onlyOwn(thing, reason, by('LabMSP'))).toEqual([]);
    expect(onlyOwn(undefined, reason, by('LabMSP'))).toEqual([]);
    expect(onlyOwn(thing, reason, by('OtherMSP'))).toEqual([
      { ...reason, expected: 'OtherMSP', found: 'LabMSP' },
    ]);
  });

  test('on what a patient is asked is for the hospital that enrolled them, until another took over', () => {
    const reason = { code: 'FOREIGN_ACTOR', subject: 'actor patient-1' } as const;
    const enrolled = { organisation: 'HospitalMSP' };
    const moved = { ...enrolled, inCareOf: { ...signed('other.nurse'), organisation: 'OtherMSP' } };
    expect(onlyOfPatientsHospital(enrolled, reason, by('HospitalMSP'))).toEqual([]);
    expect(onlyOfPatientsHospital(moved, reason, by('OtherMSP'))).toEqual([]);
    expect(onlyOfPatientsHospital(undefined, reason, by('OtherMSP'))).toEqual([]);
    expect(onlyOfPatientsHospital(enrolled, reason, by('OtherMSP'))).toEqual([
      { ...reason, expected: 'OtherMSP', found: 'HospitalMSP' },
    ]);
    expect(onlyOfPatientsHospital(moved, reason, by('HospitalMSP'))).toEqual([
      { ...reason, expected: 'HospitalMSP', found: 'OtherMSP' },
    ]);
  });

  test('on what the members decide together is for everybody entitled', () => {
    expect(everybodyEntitled()).toEqual([]);
  });
});

describe('the word on a thing', () => {
  const handOff = { id: 'hand-off-1', from: 'HospitalMSP', to: 'CourierMSP' };
  const own = (rest: Partial<Item> = {}) => {
    const of = item(rest);
    return { id: of.id, known: 'own', item: of } as const;
  };
  const underWay = own({ custody: 'in-transit', handOff: { ...handOff, verdict: 'pending' } });
  const arrived = own({
    holder: { organisation: 'CourierMSP', actor: 'courier' },
    handOff: { ...handOff, verdict: 'accepted' },
  });
  const released = {
    command: 'c',
    by: { organisation: 'HospitalMSP', actor: 'hospital.nurse' },
    to: 'CourierMSP',
    at: NOW,
    seals: [],
    condition: 'intact',
    labelRead: item().id,
    identityCheck: 'match',
  };
  const nobodys: HandOff = {
    noun: 'hand-off',
    coi: item().coi,
    id: handOff.id,
    item: item().id,
    receipts: [],
  };
  const release: HandOff = { ...nobodys, release: released };

  test('is of who holds it, and of whom it was given to while it is under way', () => {
    expect(ofHolder(underWay.item, by('HospitalMSP'))).toBe(true);
    expect(ofHolder(underWay.item, by('CourierMSP'))).toBe(true);
    expect(ofHolder(underWay.item, by('LabMSP'))).toBe(false);
    expect(ofHolder(arrived.item, by('CourierMSP'))).toBe(true);
    expect(ofHolder(arrived.item, by('HospitalMSP'))).toBe(false);
  });

  test('that came is of whom an open hand-off names, and of nobody once it was received', () => {
    expect(ofReceiver(own(), release, by('CourierMSP'))).toBe(true);
    expect(ofReceiver(own(), release, by('LabMSP'))).toBe(false);
    expect(ofReceiver(own(), undefined, by('CourierMSP'))).toBe(false);
    expect(ofReceiver({ ...own(), id: 'its other number' }, release, by('CourierMSP'))).toBe(true);
    const courier = { organisation: 'CourierMSP', actor: 'courier' };
    const seen = { at: NOW, seals: [], condition: 'intact', labelRead: item().id };
    const receipt = { command: 'c', by: courier, verdict: 'accepted', ...seen } as const;
    const received = { ...release, receipts: [receipt] };
    expect(ofReceiver(own(), received, by('CourierMSP'))).toBe(false);
    const another = { ...release, item: 'another' };
    expect(ofReceiver(own(), another, by('CourierMSP'))).toBe(false);
  });

  test('is not of whom it was given to and who did not keep it', () => {
    const rejected = own({ handOff: { ...handOff, verdict: 'rejected' } });
    expect(ofHolder(rejected.item, by('HospitalMSP'))).toBe(true);
    expect(ofHolder(rejected.item, by('CourierMSP'))).toBe(false);
  });

  test('of another therapy is not of who found it there, or gave it away', () => {
    const other = { organisation: 'OtherMSP', actor: 'other' };
    const there = item({
      foundBy: other,
      handOff: { ...handOff, from: 'OtherMSP', verdict: 'pending' },
    });
    const foreign = { id: there.id, known: 'foreign', item: there, therapy: therapy() } as const;
    expect(ofGiver(foreign, by('OtherMSP'))).toBe(false);
    expect(ofJourney(foreign, by('OtherMSP'))).toBe(false);
    expect(ofGiver({ ...foreign, known: 'own' }, by('OtherMSP'))).toBe(true);
    expect(ofJourney({ ...foreign, known: 'own' }, by('OtherMSP'))).toBe(true);
  });

  test('that left is of who holds it, and of who found it', () => {
    const found = own({
      ...{ custody: 'in-transit', foundBy: { organisation: 'LabMSP', actor: 'lab' } },
      handOff: { ...handOff, verdict: 'pending' },
    });
    expect(ofGiver(own(), by('HospitalMSP'))).toBe(true);
    expect(ofGiver(own(), by('LabMSP'))).toBe(false);
    expect(ofGiver(found, by('LabMSP'))).toBe(true);
    expect(ofGiver(found, by('OtherMSP'))).toBe(false);
    const foreign = { ...found, known: 'foreign', therapy: therapy() } as const;
    expect(ofGiver(foreign, by('OtherMSP'))).toBe(false);
  });

  test('that came is of a party whatever nobody registered, where the hand-off names it', () => {
    const never = { id: item().id, known: 'never', therapy: therapy() } as const;
    expect(ofReceiver(never, release, by('OtherMSP'))).toBe(false);
    expect(ofReceiver(never, release, by('LabMSP'))).toBe(true);
    expect(ofReceiver(own(), nobodys, by('CourierMSP'))).toBe(false);
    const elsewhere = { ...release, release: { ...released, to: 'OtherMSP' } };
    expect(ofReceiver(never, elsewhere, by('OtherMSP'))).toBe(true);
  });

  test('that was lost is of a party that has it in hand', () => {
    const lost = own({ custody: 'lost' });
    expect(ofFinder(lost, therapy(), by('LabMSP'))).toBe(true);
    expect(ofFinder(lost, undefined, by('LabMSP'))).toBe(false);
    const never = { id: 'x', known: 'never', therapy: therapy() } as const;
    expect(ofFinder(never, therapy(), by('LabMSP'))).toBe(false);
  });

  test('that is under way to another is of a party that has it in hand', () => {
    expect(ofFinder(underWay, therapy(), by('LabMSP'))).toBe(true);
    expect(ofFinder(underWay, therapy(), by('OtherMSP'))).toBe(false);
    expect(ofFinder(arrived, therapy(), by('LabMSP'))).toBe(false);
  });

  test('how warm it was is also of who gave it away last', () => {
    expect(ofJourney(own(), by('HospitalMSP'))).toBe(true);
    expect(ofJourney(arrived, by('HospitalMSP'))).toBe(true);
    expect(ofJourney(arrived, by('LabMSP'))).toBe(false);
  });

  test('of another therapy, or that nobody registered, is a party’s', () => {
    for (const known of [
      { id: 'x', known: 'never', therapy: therapy() },
      { id: 'x', known: 'foreign', item: item(), therapy: therapy() },
    ] as const) {
      expect(ofCustodian(known, by('LabMSP'))).toBe(true);
      expect(ofCustodian(known, by('OtherMSP'))).toBe(false);
    }
  });
});
