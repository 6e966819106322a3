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
  member('HospitalMSP', 'DE', 'clinician', 'nurse'),
  member('SecondHospitalMSP', 'DE', 'clinician', 'nurse'),
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

function change(by: Actor, parties = ADDED, state: Partial<ChangePartiesState> = {}) {
  const body = changeParties.body.parse({ coi: COI, change: 'change-1', parties });
  return decideChangeParties(
    {
      therapy: therapy(),
      definition: process,
      members: parties.map((id) => MEMBERS.find((each) => each.id === id)),
      ...{ items: [], consents: [], earlier: undefined, ...state },
    },
    command(by.id, body),
    context(by),
  );
}

const codes = (decision: ReturnType<typeof change>) =>
  decision.decision === 'refused' ? decision.reasons.map(({ code }) => code) : [];

function halfSigned(by: Actor, parties = ADDED): PartyChange {
  const decision = change(by, parties);
  const [half, ...others] = decision.decision === 'permitted' ? decision.changes : [];
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
    expect(codes(change(quality, ['LabMSP', 'CourierMSP']))).toEqual(['ROLE_WITHOUT_PARTY']);
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
