import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateActorKeys } from '@veinledger/client/node';
import { type Role, VeinledgerError } from '@veinledger/domain';
import type { Ledger } from '@veinledger/ledger';
import { ledgerDirectory } from '../auth/actor-directory.js';
import type { Caller } from '../auth/caller.js';
import { EnrolmentCodes } from '../enrolment/enrolment-codes.js';
import type { Question } from '../operation/operation.js';
import { CursorSeal } from '../reads/cursor-seal.js';
import { GatewayState } from '../state/gateway-state.js';
import { enrolmentOperations } from './enrolment-operations.js';

const HOSPITAL = 'HospitalMSP';
const CLINIC = 'ClinicMSP';
const keys = () => generateActorKeys().public;
const caller = (organisation: string, role: Role): Caller => ({
  ...{ id: `${organisation}-${role}`.toLowerCase(), organisation, roles: [role], keys: keys() },
});

/** Whom the hospital enrolled, as the ledger tells it. */
const enrolled: Readonly<Record<string, object>> = {
  'p-stays': { roles: ['patient'] },
  'p-moved': { roles: ['patient'], inCareOf: { organisation: CLINIC } },
  'hospital.doctor': { roles: ['clinician'] },
};
const ledger: Pick<Ledger, 'evaluate'> = {
  evaluate: ({ args }) => {
    const [id = ''] = args;
    const found = enrolled[id];
    if (found === undefined) return Promise.reject(new VeinledgerError('NOT_FOUND', 'nobody'));
    const actor = { id, organisation: HOSPITAL, keys: keys(), ...found };
    return Promise.resolve(JSON.stringify(actor));
  },
};

let folder: string;
let state: GatewayState;
let codes: EnrolmentCodes;
let operations: ReturnType<typeof enrolmentOperations>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veinledger-enrolments-'));
  state = await GatewayState.open(folder);
  const key = randomBytes(32);
  codes = new EnrolmentCodes({ state, sealer: { keyFor: () => key } });
  const reader = () => ({}) as never;
  const directory = ledgerDirectory(ledger, {} as never, reader, () => undefined);
  const cursors = await CursorSeal.open(state);
  operations = enrolmentOperations({ codes, directory, cursors, network: 'A'.repeat(43) });
});
afterAll(async () => {
  await state.close();
  await rm(folder, { recursive: true });
});

async function asked(id: string, by: Caller, body?: object): Promise<unknown> {
  const operation = operations.find((each) => each.id === id);
  const { signal } = new AbortController();
  const header = () => undefined;
  const question: Question = { caller: by, body, parameters: {}, query: {}, header, signal };
  const answer = await operation?.handle(question);
  return answer && 'body' in answer ? answer.body : undefined;
}
const codeBy = (organisation: string, patient: string) =>
  asked('issueEnrolmentCode', caller(organisation, 'nurse'), { patient });

describe('a code for a patient who is enrolled', () => {
  test.each([
    [HOSPITAL, 'p-stays'],
    [CLINIC, 'p-moved'],
  ])('is issued at %s for %s, whom it has in care', async (organisation, patient) => {
    expect(await codeBy(organisation, patient)).toMatchObject({ patient });
  });

  test.each([
    [CLINIC, 'p-stays'],
    [HOSPITAL, 'p-moved'],
    [HOSPITAL, 'hospital.doctor'],
  ])('is not issued at %s for %s', async (organisation, patient) => {
    await expect(codeBy(organisation, patient)).rejects.toThrow("the patient's own hospital only");
  });
});

test('keys wait for the registrars of the hospital alone that can have them enrolled', async () => {
  for (const organisation of [HOSPITAL, CLINIC]) {
    for (const patient of ['p-stays', 'p-moved', 'hospital.doctor', 'p-new']) {
      const { code } = await codes.issue({ patient, organisation, issuedBy: 'some.nurse' });
      await codes.use(code, { keys: keys(), proof: '{}' }, () => Promise.resolve());
    }
  }
  const waiting = async (organisation: string) => {
    const told = await asked('listEnrolments', caller(organisation, 'registrar'));
    const { items } = told as { items: readonly { patient: string; renews: boolean }[] };
    return items.map(({ patient, renews }) => [patient, renews]).sort();
  };
  expect(await waiting(HOSPITAL)).toEqual([
    ['p-new', false],
    ['p-stays', true],
  ]);
  expect(await waiting(CLINIC)).toEqual([
    ['p-moved', true],
    ['p-new', false],
  ]);
});
