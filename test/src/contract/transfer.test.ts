import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor, Change, Next } from '@veinledger/domain';
import { loadProfile } from '@veinledger/network/profile';
import {
  carry,
  enrol,
  foundAuthorities,
  foundConsortium,
  NEEDED_PARTIES,
  type Person,
  reenrol,
  registrarOf,
  revokePatient,
  send,
  TherapyJourney,
} from '#scripts';
import { embeddedBench } from '../support/embedded.js';
import { expectClean, expectError, expectPermitted, expectRefused } from '../support/refusals.js';
import { World } from '../support/world.js';

const CLINIC = 'ClinicMSP';
/** The hospital's place is the clinic's. */
const MOVED = NEEDED_PARTIES.map((id) => (id === 'HospitalMSP' ? CLINIC : id));
const VOTERS = ['LabMSP', 'ManufacturerMSP', 'CourierMSP', 'PayerMSP'] as const;

describe('a patient whose hospital is another one from some day on', () => {
  let world: World;
  let clinician: Person;

  beforeAll(async () => {
    const { members } = await loadProfile();
    const roles = members.find(({ mspId }) => mspId === 'HospitalMSP')?.roles ?? [];
    const founders = [...members, { id: 'clinic', mspId: CLINIC, roles }];
    const authorities = await foundAuthorities(founders);
    const consortium = foundConsortium(founders);
    const bench = await embeddedBench({ consortium, authorities });
    world = await World.open(bench);
    clinician = await enrol(bench.submitter, consortium, {
      id: 'clinic.clinician',
      organisation: CLINIC,
      roles: ['clinician'],
    });
  });
  afterAll(() => world.bench.close());

  const ordered = async (): Promise<TherapyJourney> => {
    const journey = await world.newPatient();
    await journey.consent('TREATMENT_MANUFACTURE');
    await journey.consent('GENOMIC_SEQUENCING');
    expectPermitted(await journey.order(NEEDED_PARTIES));
    return journey;
  };
  const change = (journey: TherapyJourney, by: Person, body: object) =>
    journey.say(by, 'therapy:ChangeParties', { change: 'change-1', ...body });
  const ask = (by: Person, { patient }: TherapyJourney, consent: string) =>
    send(world.bench.submitter, by, {
      type: 'consent:RequestConsent',
      body: {
        patient: patient.id,
        ...{ consent, purpose: 'RESEARCH', legalBasis: 'consent', scope: {} },
        form: { id: 'form-1', version: '1.0', language: 'de', digest: 'A'.repeat(43) },
      },
    });
  const actorAsReadBy = (mspId: string, { patient }: TherapyJourney) =>
    world.bench.submitter.read<Actor>(
      { mspId, label: 'clinician' },
      'registry:ReadActor',
      patient.id,
    );
  const next = (mspId: string, { coi }: TherapyJourney) =>
    world.bench.submitter.read<Next>({ mspId, label: 'clinician' }, 'therapy:ReadNext', coi);

  it('is asked for consent, enrolled anew and revoked by the hospital that takes part, and keeps what they had', async () => {
    const journey = await ordered();
    const { cast, patient } = journey;
    const { submitter, consortium } = world.bench;
    const before = await actorAsReadBy('HospitalMSP', journey);
    expectRefused(await ask(clinician, journey, 'too-early'), 'NOT_THE_PATIENTS_HOSPITAL');
    expectPermitted(await change(journey, cast.reviewer, { parties: MOVED }));
    expectPermitted(await ask(cast.clinician, journey, 'before-both'));
    expectPermitted(await change(journey, cast.clinician, { parties: MOVED }));

    expectRefused(await ask(cast.clinician, journey, 'left'), 'NOT_THE_PATIENTS_HOSPITAL');
    expectPermitted(await ask(clinician, journey, 'asked'));
    const { inCareOf, ...stays } = await actorAsReadBy(CLINIC, journey);
    expect(inCareOf).toMatchObject({ organisation: CLINIC, actor: cast.clinician.id });
    expect(stays).toEqual(before);
    for (const reading of [
      () => actorAsReadBy('HospitalMSP', journey),
      () => next('HospitalMSP', journey),
    ])
      await expectError(reading(), 'NOT_ENTITLED');

    const others = { registrar: registrarOf(consortium, 'HospitalMSP'), clinician: cast.clinician };
    const own = { registrar: registrarOf(consortium, CLINIC), clinician };
    const withoutStanding = await reenrol(submitter, patient, others);
    expectRefused(withoutStanding.committed, 'FOREIGN_ACTOR');
    const anew = await reenrol(submitter, patient, own);
    expectPermitted(anew.committed);
    const reason = { reason: 'key-lost' };
    expectRefused(await revokePatient(submitter, patient, others, reason), 'FOREIGN_ACTOR');
    expectPermitted(await revokePatient(submitter, patient, own, reason));
    // by the first key, after another hospital's registrar and clinician ended it
    const no = { type: 'consent:WithdrawConsent', body: { purpose: 'TREATMENT_MANUFACTURE' } };
    expectClean(await send(submitter, patient, no));
    const { acts } = await next(CLINIC, journey);
    expect(acts.filter(({ state }) => state === 'ended').flatMap(({ asked }) => asked)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ act: 'consent:RequestConsent', organisation: CLINIC }),
      ]),
    );
  });

  it('is taken over by no other hospital’s physician, in this therapy or in one of that hospital’s own', async () => {
    const journey = await ordered();
    const { cast, patient } = journey;
    const { submitter, consortium } = world.bench;
    const both = [...NEEDED_PARTIES, CLINIC];
    for (const by of [cast.reviewer, cast.clinician])
      expectPermitted(await change(journey, by, { parties: both }));
    for (const taking of [{ parties: both, hospital: CLINIC }, { parties: MOVED }]) {
      const again = { ...taking, change: `take-${taking.parties.length}` };
      expectPermitted(await change(journey, cast.reviewer, again));
      expectRefused(await change(journey, clinician, again), 'NOT_ASKED_TO_SIGN');
    }
    const { acts } = await next('HospitalMSP', journey);
    const asked = acts.filter(({ code }) => code === 'PARTIES_CHANGE').map((each) => each.asked);
    expect(asked).toEqual([
      [expect.objectContaining({ organisation: 'HospitalMSP' })],
      [expect.objectContaining({ organisation: 'HospitalMSP' })],
    ]);

    const own = new TherapyJourney({
      submitter,
      cast: { ...cast, clinician },
      patient,
      serial: 900,
    });
    expectPermitted(await own.order(MOVED));
    for (const by of [clinician, cast.reviewer]) {
      const taking = { parties: MOVED, hospital: CLINIC };
      expectRefused(await change(own, by, taking), 'NOT_THE_PATIENTS_HOSPITAL');
    }
    const keys = { registrar: registrarOf(consortium, CLINIC), clinician };
    const { committed } = await reenrol(submitter, patient, keys);
    expectRefused(committed, 'FOREIGN_ACTOR');
  });

  it('has another hospital by two people of quality when the one that was has left the consortium', async () => {
    const journey = await ordered();
    const { cast } = journey;
    const { submitter, consortium } = world.bench;
    const passed = async (proposal: string, motion: Change) => {
      for (const answer of await carry(submitter, consortium, { proposal, change: motion }, VOTERS))
        expectPermitted(answer);
    };
    await passed('suspend-hospital', {
      ...{ kind: 'suspend-organisation', organisation: 'HospitalMSP', reason: 'breach' },
    });
    const named = async () =>
      (
        await submitter.read<Next>(
          { mspId: 'ManufacturerMSP', label: 'quality' },
          'therapy:ReadNext',
          journey.coi,
        )
      ).acts;
    const acts = await named();
    expect(acts.length).toBeGreaterThan(0);
    for (const { asked } of acts) {
      expect(asked.length).toBeGreaterThan(0);
      expect(asked.map(({ organisation }) => organisation)).not.toContain('HospitalMSP');
    }
    expect(acts.flatMap(({ asked }) => asked.map(({ act }) => act))).toContain(
      'therapy:ChangeParties',
    );

    const moved = { parties: [...NEEDED_PARTIES, CLINIC], hospital: CLINIC };
    expectPermitted(await change(journey, cast.reviewer, moved));
    expectRefused(await change(journey, cast.reviewer, moved), 'SAME_PERSON');
    expectPermitted(await change(journey, cast.tester, moved));
    expectPermitted(await ask(clinician, journey, 'asked'));
    const after = (await named()).flatMap(({ asked }) => asked);
    expect(after.map(({ organisation }) => organisation)).toContain(CLINIC);
    await passed('reinstate-hospital', {
      ...{ kind: 'reinstate-organisation', organisation: 'HospitalMSP' },
    });
    expectRefused(await ask(cast.clinician, journey, 'back'), 'NOT_THE_PATIENTS_HOSPITAL');
  });
});
