import {
  type Cast,
  enrolCast,
  enrolment,
  enrolPatient,
  HttpSubmitter,
  lot,
  openForBusiness,
  type Person,
  registerShared,
  registrarOf,
  sequencing,
  TherapyJourney,
} from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CommandRecord, EntityOf, Next, Noun } from '@veinledger/domain';
import { GatewayClient, GatewayProblem } from '@veinledger/client/node';
import { type GatewayBench, gatewayBench } from './gateway.fixture.js';

interface Trace {
  readonly things: readonly { readonly noun: Noun }[];
  readonly records: readonly CommandRecord[];
}

/** Who looks: staff of the hospital, of another party, of no party, and patients. */
const LOOKERS = [
  'nurse',
  'operator',
  'courier',
  'payer',
  'auditor',
  'outsider',
  'patient',
  'otherPatient',
] as const;
type Looker = (typeof LOOKERS)[number] | 'clinician';

let bench: GatewayBench;
let cast: Cast;
let journey: TherapyJourney;
let people: Readonly<Record<Looker, Person>>;
/** ids of commands by their type */
let commands: ReadonlyMap<string, string>;
let annex: string;

beforeAll(async () => {
  bench = await gatewayBench();
  const { network } = bench.consortium.root;
  const submitter = new HttpSubmitter({ url: bench.gateway.url, network });
  await openForBusiness(submitter, bench.consortium);
  cast = await enrolCast(submitter, bench.consortium);
  await registerShared(submitter, cast);
  const patient = await enrolPatient(submitter, bench.consortium, 'patient-1');
  const otherPatient = await enrolPatient(submitter, bench.consortium, 'patient-2');
  journey = new TherapyJourney({ submitter, cast, patient, serial: 1 });
  await enrolment(journey);
  await sequencing(journey);
  const outsider = registrarOf(bench.consortium, 'RegulatorMSP');
  people = { ...cast, patient, otherPatient, outsider };
  const { records } = await traceOf('nurse');
  const { items: consents } = await read<{ readonly items: readonly EntityOf<'signature'>[] }>(
    'nurse',
    `/v1/actors/patient-1/signatures`,
  );
  commands = new Map([
    ...records.map(({ type, commandId }) => [type, commandId] as const),
    ['consent:GiveConsent', consents[0]?.commandId ?? ''],
  ]);
  const pathology = records.find(({ type, actor }) => {
    return type === 'manufacturing:ReportStep' && actor === cast.pathologist.id;
  });
  annex = pathology?.annex['results'] ?? '';
});
afterAll(() => bench.close());

function read<T>(looker: Looker, path: string): Promise<T> {
  const { id: actor, keys } = people[looker];
  return new GatewayClient({ url: bench.gateway.url, actor, keys }).read<T>(path);
}

const traceOf = (looker: Looker) => read<Trace>(looker, `/v1/therapies/${journey.coi}/trace`);

/** `seen`, or the code of the refusal. */
async function sightOf(looker: Looker, path: string): Promise<string> {
  const answer: unknown = await read(looker, path).catch((error: unknown) => error);
  return answer instanceof GatewayProblem ? answer.code : 'seen';
}

/** Expects that those named see a page and all others are refused. */
async function expectSeenBy(path: string, ...seeing: readonly Looker[]) {
  const sights: Partial<Record<Looker, string>> = {};
  for (const looker of LOOKERS) sights[looker] = await sightOf(looker, path);
  const expected = LOOKERS.map((looker) => [
    looker,
    seeing.includes(looker) ? 'seen' : 'NOT_ENTITLED',
  ]);
  expect(sights).toEqual(Object.fromEntries(expected));
}

describe('a therapy', () => {
  const chain = (rest = '') => `/v1/therapies/${journey.coi}${rest}`;

  test('is seen by its parties, its patient and auditors', async () => {
    const parties = ['nurse', 'operator', 'courier', 'payer', 'auditor', 'patient'] as const;
    await expectSeenBy(chain(), ...parties);
    await expectSeenBy(chain('/trace'), ...parties);
    await expectSeenBy(chain('/outlook'), ...parties);
  });

  test('says who is next to its parties, its patient and auditors, of the things that they see', async () => {
    const next = chain('/next');
    const parties = ['nurse', 'operator', 'courier', 'payer', 'auditor', 'patient'] as const;
    await expectSeenBy(next, ...parties);
    const nounsSeenBy = async (looker: Looker) => {
      const { acts } = await read<Next>(looker, next);
      return new Set(acts.map(({ noun }) => noun));
    };
    expect(await nounsSeenBy('nurse')).toContain('step');
    expect(await nounsSeenBy('courier')).toEqual(new Set());
    expect(await nounsSeenBy('payer')).toEqual(new Set());
    await journey.release(journey.things.library, cast.labTechnician, 'CourierMSP');
    expect(await nounsSeenBy('courier')).toEqual(new Set(['hand-off']));
  });

  test('shows a courier what is carried and nothing else', async () => {
    const { things, records } = await traceOf('courier');
    expect(new Set(things.map(({ noun }) => noun))).toEqual(
      new Set(['item', 'hand-off', 'readings']),
    );
    expect(records.length).toBeGreaterThan(0);
    expect(records.filter(({ type }) => !type.startsWith('custody:'))).toEqual([]);
  });

  test('shows a payer the order, and nothing of how it is made', async () => {
    const { things, records } = await traceOf('payer');
    expect(things).toEqual([]);
    expect(records.map(({ type }) => type)).toEqual(['therapy:OrderTherapy']);
  });

  test('shows its patient everything that the hospital sees', async () => {
    const [patient, nurse] = [await traceOf('patient'), await traceOf('nurse')];
    expect(patient).toEqual(nurse);
    expect(nurse.things.some(({ noun }) => noun === 'step')).toBe(true);
  });

  test('shows an item to who handles it, and not to a payer', async () => {
    const item = chain(`/items/${encodeURIComponent(journey.things.block)}`);
    await expectSeenBy(item, 'nurse', 'operator', 'courier', 'auditor', 'patient');
  });

  test('shows a hand-off to who carries, and no batch and no adverse event to them', async () => {
    const codes = async (path: string) => {
      const told: Record<string, string> = {};
      for (const looker of LOOKERS) told[looker] = await sightOf(looker, chain(path));
      return told;
    };
    const refused = {
      payer: 'NOT_ENTITLED',
      outsider: 'NOT_ENTITLED',
      otherPatient: 'NOT_ENTITLED',
    };
    const absent = {
      nurse: 'NOT_FOUND',
      operator: 'NOT_FOUND',
      auditor: 'NOT_FOUND',
      patient: 'NOT_FOUND',
    };
    expect(await codes('/hand-offs/never')).toEqual({
      ...refused,
      ...absent,
      courier: 'NOT_FOUND',
    });
    for (const path of ['/batches/never', '/adverse-events/never']) {
      expect(await codes(path)).toEqual({ ...refused, ...absent, courier: 'NOT_ENTITLED' });
    }
  });

  test('shows a dose to who gives it or pays for it, and not to a courier', async () => {
    for (const looker of LOOKERS) {
      const seeing = ['nurse', 'operator', 'payer', 'auditor', 'patient'].includes(looker);
      expect([looker, await sightOf(looker, chain('/doses/dose-9'))]).toEqual([
        looker,
        seeing ? 'NOT_FOUND' : 'NOT_ENTITLED',
      ]);
    }
  });
});

describe('a command', () => {
  const path = (type: string) => `/v1/commands/${commands.get(type) ?? ''}`;

  test('about custody is seen by couriers, not by payers', async () => {
    await expectSeenBy(
      path('custody:ReleaseItem'),
      ...(['nurse', 'operator', 'courier', 'auditor', 'patient'] as const),
    );
  });

  test('about manufacturing is seen by neither', async () => {
    const seeing = ['nurse', 'operator', 'auditor', 'patient'] as const;
    await expectSeenBy(path('manufacturing:ReportStep'), ...seeing);
  });

  test("of a patient's consent is seen by the patient, their hospital and auditors", async () => {
    await expectSeenBy(path('consent:GiveConsent'), 'nurse', 'auditor', 'patient');
  });
});

describe('an annex', () => {
  test('of results is for parties and the patient; not for couriers, payers or auditors', async () => {
    await expectSeenBy(`/v1/annexes/${annex}`, 'nurse', 'operator', 'patient');
  });
});

describe('a person', () => {
  test('who is a patient is known to their hospital and to auditors', async () => {
    await expectSeenBy('/v1/actors/patient-1', 'nurse', 'auditor', 'patient');
    await expectSeenBy('/v1/actors/patient-1/signatures', 'nurse', 'auditor', 'patient');
    await expectSeenBy('/v1/patients/patient-1/consents', 'nurse', 'auditor', 'patient');
  });

  test('who is staff is known to everybody, and what they signed to their own member and auditors', async () => {
    await expectSeenBy(`/v1/actors/${cast.nurse.id}`, ...LOOKERS);
    await expectSeenBy(`/v1/actors/${cast.nurse.id}/signatures`, 'nurse', 'auditor');
    await expectSeenBy(`/v1/actors/${cast.courier.id}/signatures`, 'courier', 'auditor');
  });
});

describe('what members share', () => {
  test('is seen by everybody', async () => {
    for (const path of [
      '/v1/consortium',
      '/v1/organisations',
      '/v1/proposals',
      '/v1/algorithms',
      '/v1/actors',
      '/v1/processes',
      '/v1/processes/pcv-mrna/1.0',
      '/v1/ledger',
      '/v1/ledger/verification',
    ]) {
      await expectSeenBy(path, ...LOOKERS);
    }
  });

  test('does not include lots, runs and who used them: couriers, payers and patients do not see it', async () => {
    const path = `/v1/lots/${encodeURIComponent(lot('EX-1'))}/uses`;
    await expectSeenBy(path, 'nurse', 'operator', 'auditor');
    for (const listed of ['/v1/lots', '/v1/runs'])
      await expectSeenBy(listed, 'nurse', 'operator', 'auditor', 'outsider');
  });
});

describe('an answer at the bedside', () => {
  const answerOf = async (by: Person, verification: string) => {
    const { receipt } = await journey.say(by, 'care:VerifyBedside', {
      ...{ verification, item: journey.things.blood, labelCoi: journey.coi },
      ...{ token: 'witnessed', patient: 'patient-1' },
    });
    return receipt.commandId;
  };
  const verified = async (looker: Looker) => {
    const { things, records } = await traceOf(looker);
    const told = records.filter(({ type }) => type === 'care:VerifyBedside');
    return [things.filter(({ noun }) => noun === 'verification').length, told.length];
  };

  test('is kept from whoever may give the second, until they have', async () => {
    const first = `/v1/commands/${await answerOf(cast.nurse, 'first')}`;
    const sights = async () => [
      await sightOf('nurse', first),
      await sightOf('clinician', first),
      await sightOf('patient', first),
      await sightOf('auditor', first),
    ];
    expect(await sights()).toEqual(['seen', 'NOT_ENTITLED', 'NOT_ENTITLED', 'seen']);
    expect(await verified('clinician')).toEqual([0, 0]);
    const one = `/v1/therapies/${journey.coi}/verifications/first`;
    expect(await sightOf('clinician', one)).toBe('NOT_FOUND');
    await answerOf(cast.clinician, 'second');
    expect(await sights()).toEqual(['seen', 'seen', 'seen', 'seen']);
    expect(await verified('clinician')).toEqual([2, 2]);
    expect(await sightOf('clinician', one)).toBe('seen');
  });
});
