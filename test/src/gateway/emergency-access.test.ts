import {
  type Cast,
  enrol,
  enrolCast,
  enrolment,
  enrolPatient,
  HttpSubmitter,
  openForBusiness,
  type Person,
  registerShared,
  TherapyJourney,
} from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Entity, Next, TherapyWaiting } from '@veinledger/domain';
import { GatewayClient, GatewayProblem } from '@veinledger/client/node';
import { Listener } from '../support/listener.fixture.js';
import { expectPermitted, expectRefused } from '../support/refusals.js';
import { type GatewayBench, gatewayBench } from './gateway.fixture.js';

const EXPLANATION = 'Brought in unconscious, with this card in the wallet.';

let bench: GatewayBench;
let cast: Cast;
let journey: TherapyJourney;
/** of a hospital that is no party, two of its physicians */
let physician: Person;
let colleague: Person;

beforeAll(async () => {
  bench = await gatewayBench({}, {}, { RegulatorMSP: ['clinician'] });
  const { consortium, gateway } = bench;
  const { network } = consortium.root;
  const submitter = new HttpSubmitter({ url: gateway.url, network });
  await openForBusiness(submitter, consortium);
  cast = await enrolCast(submitter, consortium);
  await registerShared(submitter, cast);
  const elsewhere = { organisation: 'RegulatorMSP', roles: ['clinician' as const] };
  physician = await enrol(submitter, consortium, { ...elsewhere, id: 'elsewhere.clinician' });
  colleague = await enrol(submitter, consortium, { ...elsewhere, id: 'elsewhere.clinician-2' });
  const patient = await enrolPatient(submitter, consortium, 'patient-1');
  journey = new TherapyJourney({ submitter, cast, patient, serial: 1 });
  await enrolment(journey);
});
afterAll(() => bench.close());

function read<T>({ id: actor, keys }: Person, path: string): Promise<T> {
  return new GatewayClient({ url: bench.gateway.url, actor, keys }).read<T>(path);
}
const ofTherapy = (rest: string) => `/v1/therapies/${journey.coi}${rest}`;
const codeOf = (by: Person, path: string) =>
  read(by, path).then(
    () => 'seen',
    (error: unknown) => (error instanceof GatewayProblem ? error.code : error),
  );
/** What everybody says who is asked at each of these doors. */
const doorsTo = async (by: Person, annex: string) => {
  const paths = ['', '/trace', '/next', '/outlook', '/things', '/records', '/turnaround'];
  const codes = new Set<unknown>();
  for (const path of paths) codes.add(await codeOf(by, ofTherapy(path)));
  codes.add(await codeOf(by, `/v1/annexes/${annex}`));
  return [...codes];
};
const accesses = async (by: Person) => {
  const { things } = await read<{ things: readonly Entity[] }>(by, ofTherapy('/trace'));
  return things.filter(({ noun }) => noun === 'emergency-access');
};
const owedTo = async (by: Person) => {
  const { waiting } = await read<TherapyWaiting>(by, ofTherapy('/waiting'));
  return waiting.filter(({ noun }) => noun === 'emergency-access');
};
const open = (by: Person, emergencyAccess = 'access-1') =>
  journey.say(
    by,
    'care:OpenEmergencyAccess',
    { emergencyAccess, reason: 'patient-cannot-tell' },
    { annexes: { explanation: { explanation: EXPLANATION } } },
  );
const review = (by: Person, finding: string, emergencyAccess = 'access-1') =>
  journey.say(
    by,
    'quality:ReviewEmergencyAccess',
    { emergencyAccess, finding },
    { annexes: { investigation: { explanation: 'as told', evidence: [] } } },
  );

describe('a patient is brought to a hospital that is no party', () => {
  let annex: string;

  test('a physician there learns at once what the therapy’s own do, alone, and is seen to', async () => {
    expectRefused(await open(cast.clinician), 'ALREADY_A_PARTY');
    const opened = await open(physician);
    expectPermitted(opened);
    annex = opened.receipt.annex['explanation'] ?? '';
    expect(await doorsTo(physician, annex)).toEqual(['seen']);
    expect(await doorsTo(colleague, annex)).toEqual(['NOT_ENTITLED']);
    const own = await read(cast.clinician, ofTherapy('/trace'));
    expect(await read(physician, ofTherapy('/trace'))).toEqual(own);
    for (const by of [cast.clinician, cast.reviewer, journey.patient]) {
      expect(await accesses(by)).toMatchObject([
        { organisation: 'RegulatorMSP', reason: 'patient-cannot-tell' },
      ]);
      expect(await read(by, `/v1/annexes/${annex}`)).toMatchObject({
        text: expect.stringContaining(EXPLANATION),
      });
    }
    const { url } = bench.gateway;
    const listener = await Listener.open({ person: physician, url, query: '?after=start' });
    await listener.until(({ heard }) =>
      heard.some(({ receipt }) => receipt.commandId === opened.receipt.commandId),
    );
    listener.leave();
    await listener.over;
  });

  test('what that physician says takes effect no more than before', async () => {
    expectRefused(await journey.say(physician, 'therapy:CancelLine', { dose: 1 }), 'NOT_A_PARTY');
    expect(await owedTo(physician)).toEqual([]);
  });

  test('the therapy’s quality owes a review, and what was not justified ends with it', async () => {
    const { acts } = await read<Next>(cast.nurse, ofTherapy('/next'));
    expect(acts.filter(({ noun }) => noun === 'emergency-access')).toMatchObject([
      { code: 'REVIEW_OWED', asked: [{ organisation: 'ManufacturerMSP' }], overdueMinutes: 0 },
    ]);
    expect(await owedTo(cast.reviewer)).toMatchObject([
      {
        act: 'quality:ReviewEmergencyAccess',
        body: { emergencyAccess: 'access-1' },
        lacking: ['finding'],
      },
    ]);
    expectPermitted(await review(cast.reviewer, 'not-justified'));
    expectRefused(await review(cast.reviewer, 'justified'), 'ALREADY_REVIEWED');
    expect(await owedTo(cast.reviewer)).toEqual([]);
    expect(await accesses(journey.patient)).toMatchObject([
      { reviewed: { finding: 'not-justified', overdueMinutes: 0 } },
    ]);
    expect(await doorsTo(physician, annex)).toEqual(['NOT_ENTITLED']);
  });

  test('a physician whose last one was not justified is not kept out, and the safety officer is called', async () => {
    expectPermitted(await open(physician, 'access-2'));
    expect(await doorsTo(physician, annex)).toEqual(['seen']);
    expect(await accesses(journey.patient)).toContainEqual(
      expect.objectContaining({ id: 'access-2', repeats: ['access-1'] }),
    );
    const { acts } = await read<Next>(cast.nurse, ofTherapy('/next'));
    expect(acts.filter(({ noun }) => noun === 'emergency-access')).toMatchObject([
      { code: 'OPENED_AGAIN', asked: [{ roles: ['safety-officer', 'quality'] }] },
    ]);
    expectPermitted(await review(cast.safetyOfficer, 'not-justified', 'access-2'));
    expect(await doorsTo(physician, annex)).toEqual(['NOT_ENTITLED']);
  });
});
