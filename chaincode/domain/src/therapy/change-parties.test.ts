import { describe, expect, test } from '@jest/globals';
import {
  actor,
  COI,
  command,
  consent,
  context,
  definition,
  item,
  step,
  therapy,
} from '../example.fixture.js';
import { mattersOf, toldOf } from '../next/next.fixture.js';
import { waitsIn } from '../next/waits.js';
import { honest } from '../graph/honest-therapy.fixture.js';
import type { Actor } from '../nouns/actor.js';
import type { Organisation } from '../nouns/organisation.js';
import type { PartyChange } from '../nouns/party-change.js';
import type { Role } from '../values/roles.js';
import { changeParties, type ChangePartiesState, decideChangeParties } from './change-parties.js';

const member = (id: string, country: string, ...grantable: Role[]): Organisation => ({
  ...{ noun: 'organisation', id, country, grantable },
  ...{ registrars: [], standing: 'active' },
});
const MEMBERS: readonly Organisation[] = [
  member('HospitalMSP', 'DE', 'patient', 'clinician', 'nurse'),
  member('SecondHospitalMSP', 'DE', 'patient', 'clinician', 'nurse'),
  member('ThirdHospitalMSP', 'DE', 'patient', 'clinician'),
  member('LabMSP', 'DE', 'operator', 'quality'),
  member('CourierMSP', 'DE', 'courier'),
  member('AbroadMSP', 'CH', 'courier'),
];
const process = definition([
  step('transport', { roles: ['courier'] }),
  step('giving', { roles: ['clinician'] }),
]);
const clinician = actor('hospital.clinician', 'HospitalMSP', 'clinician');
const quality = actor('lab.quality', 'LabMSP', 'quality');
const ADDED = ['HospitalMSP', 'LabMSP', 'CourierMSP', 'SecondHospitalMSP'];

const patient = actor('patient-1', 'HospitalMSP', 'patient');
const found = (id: string) => MEMBERS.find((each) => each.id === id);
const MOVED = ['SecondHospitalMSP', 'LabMSP', 'CourierMSP'];

function change(
  by: Actor,
  parties = ADDED,
  { named, ...state }: Partial<ChangePartiesState> & { readonly named?: string } = {},
) {
  const hospital = named === undefined ? {} : { hospital: named };
  const body = changeParties.body.parse({ coi: COI, change: 'change-1', parties, ...hospital });
  return decideChangeParties(
    {
      therapy: therapy(),
      definition: process,
      members: parties.map(found),
      before: MEMBERS.filter(({ id }) => therapy().parties.includes(id)),
      patient,
      hospital: found('HospitalMSP'),
      ...{ items: [], consents: [], earlier: undefined, ...state },
    },
    command(by.id, body),
    context(by),
  );
}

const codes = (decision: ReturnType<typeof change>) =>
  decision.decision === 'refused' ? decision.reasons.map(({ code }) => code) : [];

function firstOf(decision: ReturnType<typeof change>) {
  return decision.decision === 'permitted' ? decision.changes : [];
}

function halfSigned(by: Actor, parties = ADDED, named?: string): PartyChange {
  const decision = change(by, parties, named === undefined ? {} : { named });
  const [half, ...others] = firstOf(decision);
  if (half?.noun !== 'party-change' || others.length > 0) throw new Error('not half signed');
  return half;
}

describe('who takes part in a therapy that goes on', () => {
  test.each([
    [clinician, quality],
    [quality, clinician],
  ])('changes when quality and a physician have both signed (%#)', (first, second) => {
    const decision = change(second, ADDED, { earlier: halfSigned(first) });
    expect(decision).toMatchObject({
      decision: 'permitted',
      changes: [
        { noun: 'party-change', agreed: { actor: second.id } },
        { noun: 'therapy', parties: ADDED },
      ],
    });
  });

  test('is signed by nobody twice, nor as another change, nor once it is agreed', () => {
    const earlier = halfSigned(quality);
    expect(codes(change(quality, ADDED, { earlier }))).toEqual(['SAME_PERSON']);
    const second = actor('lab.quality-2', 'LabMSP', 'quality');
    expect(codes(change(second, ADDED, { earlier }))).toEqual(['NOT_ASKED_TO_SIGN']);
    const other = [...ADDED].reverse();
    expect(codes(change(clinician, other, { earlier }))).toEqual(['OTHER_CHANGE']);
    const [signature] = earlier.signatures;
    const agreed = { ...earlier, ...(signature ? { agreed: signature } : {}) };
    expect(codes(change(clinician, ADDED, { earlier: agreed }))).toEqual(['IDENTIFIER_TAKEN']);
    const elsewhere = actor('other.quality', 'HospitalMSP', 'quality');
    expect(codes(change(elsewhere))).toEqual(['NOT_ASKED_TO_SIGN']);
  });

  test('leaves no role of the process without a party, and never the quality that decides', () => {
    expect(codes(change(quality, ['HospitalMSP', 'LabMSP']))).toEqual(['ROLE_WITHOUT_PARTY']);
    expect(codes(change(quality, ['LabMSP', 'CourierMSP']))).toEqual([
      'ROLE_WITHOUT_PARTY',
      'HOSPITAL_NOT_NAMED',
    ]);
    const without = ['HospitalMSP', 'CourierMSP'];
    expect(codes(change(quality, without))).toEqual(['QUALITY_WITHOUT_ROLE']);
    expect(codes(change(quality, ['SecondHospitalMSP', 'LabMSP', 'CourierMSP']))).toEqual([]);
  });

  test('leaves nobody out who has a thing in hand, or whom one is under way to or from', () => {
    const moved = ['SecondHospitalMSP', 'LabMSP', 'CourierMSP'];
    const held = (of: Parameters<typeof item>[0]) =>
      codes(change(quality, moved, { items: [item(of)] }));
    expect(held({})).toEqual(['PARTY_HOLDS']);
    expect(held({ custody: 'consumed' })).toEqual([]);
    const holder = { organisation: 'CourierMSP', actor: 'courier' };
    const handOff = { id: 'h', verdict: 'pending', from: 'LabMSP', to: 'HospitalMSP' } as const;
    expect(held({ holder })).toEqual([]);
    expect(held({ holder, custody: 'in-transit', handOff })).toEqual(['PARTY_HOLDS']);
  });

  describe('has the patient in care', () => {
    const inCare = (decision: ReturnType<typeof change>) =>
      decision.decision === 'permitted'
        ? decision.changes.flatMap((each) => (each.noun === 'actor' ? [each] : []))
        : [];
    const both = (parties: readonly string[], state: Parameters<typeof change>[2] = {}) => {
      const earlier = halfSigned(clinician, [...parties], state.named);
      return change(quality, [...parties], { ...state, earlier });
    };

    test('in the only other hospital, once the one that had leaves; keys and enrolment stay', () => {
      const { inCareOf, ...stays } = inCare(both(MOVED))[0] ?? {};
      expect(inCareOf).toMatchObject({ organisation: 'SecondHospitalMSP', actor: quality.id });
      expect(stays).toEqual(patient);
      expect(change(clinician, MOVED)).toMatchObject({ changes: [{ noun: 'party-change' }] });
    });

    test('where it was, for as long as it takes part, or is a member that never did', () => {
      expect(inCare(both(ADDED))).toEqual([]);
      const elsewhere = actor('patient-1', 'ThirdHospitalMSP', 'patient');
      expect(inCare(both(MOVED, { patient: elsewhere }))).toEqual([]);
    });

    test('in the party that is named; of several somebody names one', () => {
      const several = [...MOVED, 'ThirdHospitalMSP'];
      expect(codes(change(quality, several))).toEqual(['HOSPITAL_NOT_NAMED']);
      const [moved] = inCare(both(several, { named: 'ThirdHospitalMSP' }));
      expect(moved?.inCareOf?.organisation).toBe('ThirdHospitalMSP');
      for (const named of ['LabMSP', 'HospitalMSP', 'NobodyMSP'])
        expect(codes(change(quality, MOVED, { named }))).toEqual(['HOSPITAL_WITHOUT_ROLE']);
      const able = (...grantable: Role[]) => ({
        members: MOVED.map((id) => {
          const each = found(id);
          return each && id === 'SecondHospitalMSP' ? { ...each, grantable } : each;
        }),
      });
      expect(codes(change(quality, MOVED, able('clinician', 'nurse')))).toEqual([
        'HOSPITAL_NOT_NAMED',
      ]);
      expect(codes(change(quality, [...ADDED], { named: 'SecondHospitalMSP' }))).toEqual([]);
    });

    test('elsewhere only by a physician of the hospital that has, as long as it acts', () => {
      const other = actor('second.clinician', 'SecondHospitalMSP', 'clinician');
      const parties = [...therapy().parties, 'SecondHospitalMSP'];
      const taken = {
        therapy: therapy({ parties }),
        before: parties.flatMap((id) => found(id) ?? []),
      };
      for (const [into, named] of [
        [parties, 'SecondHospitalMSP'],
        [MOVED, undefined],
        [MOVED, 'SecondHospitalMSP'],
      ] as const) {
        const state = { ...taken, ...(named === undefined ? {} : { named }) };
        expect(codes(change(other, [...into], state))).toEqual(['NOT_ASKED_TO_SIGN']);
        const [earlier] = firstOf(change(quality, [...into], state));
        if (earlier?.noun !== 'party-change') throw new Error('not half signed');
        expect(codes(change(other, [...into], { ...state, earlier }))).toEqual([
          'NOT_ASKED_TO_SIGN',
        ]);
        const agreed = change(clinician, [...into], { ...state, earlier });
        expect(inCare(agreed)[0]?.inCareOf?.organisation).toBe('SecondHospitalMSP');
        const present = member('HospitalMSP', 'DE', 'patient', 'clinician');
        const suspended: Organisation = { ...present, standing: 'suspended' };
        const without = member('HospitalMSP', 'DE', 'patient');
        for (const hospital of [suspended, without])
          expect(codes(change(other, [...into], { ...state, hospital, earlier }))).toEqual([]);
      }
      const stays = change(other, [...parties, 'ThirdHospitalMSP'], taken);
      expect(codes(stays)).toEqual([]);
    });

    test('where it was, whatever a therapy says in which the hospital takes no part', () => {
      const hospital = found('ThirdHospitalMSP');
      const elsewhere = { patient: actor('patient-1', 'ThirdHospitalMSP', 'patient'), hospital };
      const taking = { ...elsewhere, named: 'HospitalMSP' };
      expect(codes(change(quality, ADDED, taking))).toEqual(['NOT_THE_PATIENTS_HOSPITAL']);
      expect(codes(change(quality, ADDED, elsewhere))).toEqual([]);
      const gone = hospital && { ...hospital, standing: 'left' as const };
      expect(codes(change(quality, ADDED, { ...taking, hospital: gone }))).toEqual([]);
    });

    test('by one word of both: the same parties with another hospital are another change', () => {
      const earlier = halfSigned(clinician, ADDED, 'SecondHospitalMSP');
      expect(earlier.hospital).toBe('SecondHospitalMSP');
      expect(codes(change(quality, ADDED, { earlier }))).toEqual(['OTHER_CHANGE']);
    });

    test('elsewhere though nobody joins or leaves, and nowhere twice', () => {
      const parties = [...therapy().parties, 'SecondHospitalMSP'];
      const state = { therapy: therapy({ parties }) };
      const moved = change(quality, parties, { ...state, named: 'SecondHospitalMSP' });
      expect(codes(moved)).toEqual([]);
      const stays = change(quality, parties, { ...state, named: 'HospitalMSP' });
      expect(codes(stays)).toEqual(['NOTHING_CHANGES']);
    });
  });

  describe('when the hospital has gone from the consortium', () => {
    const hospital = found('HospitalMSP');
    const gone = hospital && { ...hospital, standing: 'left' as const };
    const before = MEMBERS.filter(({ id }) => therapy().parties.includes(id)).map((each) =>
      each.id === gone?.id ? gone : each,
    );
    const second = actor('lab.quality-2', 'LabMSP', 'quality');

    test('changes by two people of the quality that decides, and the patient has a hospital again', () => {
      const state = { before, hospital: gone, named: 'SecondHospitalMSP' };
      const [half] = firstOf(change(quality, ADDED, state));
      if (half?.noun !== 'party-change') throw new Error('not half signed');
      expect(half.agreed).toBeUndefined();
      expect(codes(change(quality, ADDED, { ...state, earlier: half }))).toEqual(['SAME_PERSON']);
      const members = ADDED.map((id) => (id === gone?.id ? gone : found(id)));
      const agreed = change(second, ADDED, { ...state, members, earlier: half });
      expect(agreed).toMatchObject({
        decision: 'permitted',
        changes: [
          { noun: 'party-change', hospital: 'SecondHospitalMSP', agreed: { actor: second.id } },
          { noun: 'therapy' },
          { noun: 'actor', inCareOf: { organisation: 'SecondHospitalMSP' } },
        ],
      });
    });

    test('counts what its physician signed before, and asks no physician where one is left', () => {
      const earlier = halfSigned(clinician);
      const agreed = change(second, ADDED, { before, earlier });
      expect(agreed).toMatchObject({ changes: [{ agreed: {} }, { noun: 'therapy' }] });
      const other = [...before, ...MEMBERS.filter(({ id }) => id === 'SecondHospitalMSP')];
      const half = halfSigned(quality);
      const left = { before: other, earlier: half };
      expect(codes(change(second, ADDED, left))).toEqual(['NOT_ASKED_TO_SIGN']);
    });
  });

  test('is an active member each, in a country that the patient’s consent covers', () => {
    const abroad = ['HospitalMSP', 'LabMSP', 'AbroadMSP'];
    expect(codes(change(quality, abroad))).toEqual(['COUNTRY_NOT_COVERED']);
    const consents = [consent('given', { purpose: 'CROSS_BORDER', scope: { geography: ['CH'] } })];
    expect(codes(change(quality, abroad, { consents }))).toEqual([]);
    expect(codes(change(quality, [...ADDED, 'NobodyMSP']))).toEqual(['UNKNOWN_PARTY']);
    expect(codes(change(quality, [...ADDED, 'LabMSP']))).toEqual(['PARTY_NAMED_TWICE']);
  });

  test('changes to something else, in a therapy that goes on', () => {
    const { parties } = therapy();
    expect(codes(change(quality, [...parties]))).toEqual(['NOTHING_CHANGES']);
    const blockers = [{ kind: 'halt', id: 'H.1', code: 'THERAPY_HALTED' }] as const;
    expect(codes(change(quality, ADDED, { therapy: therapy({ blockers }) }))).toEqual([
      'THERAPY_HALTED',
    ]);
  });

  test('waits for whoever has not signed', () => {
    const partyChanges = [halfSigned(quality)];
    const matters = mattersOf(honest());
    const waits = waitsIn({
      ...matters,
      whole: { ...matters.whole, therapy: { ...matters.whole.therapy, quality: 'LabMSP' } },
      partyChanges,
    });
    expect(toldOf(waits.filter(({ noun }) => noun === 'party-change'))).toEqual([
      'PARTIES_CHANGE: ChangeParties by clinician of HospitalMSP',
    ]);
  });
});
