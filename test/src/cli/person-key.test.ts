import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Actor, keyShareSchema } from '@veinledger/domain';
import { Decrypter } from 'age-encryption';
import { type CliBench, cliBench, requireDone } from './cli.fixture.js';

const LAB = ['--as', 'lab.registrar'];
const HOSPITAL = ['--as', 'hospital.registrar'];
const SECOND = ['--as', 'lab.second'];
const ERIKA = ['--licence', 'DE-BE:4711'];

let bench: CliBench;
const done = (...args: readonly string[]) => requireDone(bench.cli(...args));
const read = async (path: string) =>
  JSON.parse((await done('read', path, '--json', ...LAB)).out) as unknown;
const personOf = async (actor: string) => ((await read(`/v1/actors/${actor}`)) as Actor).person;

/** What a registrar's copy holds, opened by the identity of any registrar. */
async function copyOf(registrar: string, opener: string): Promise<unknown> {
  const { sealed } = keyShareSchema.parse(await read(`/v1/actors/${registrar}/key-share`));
  const decrypter = new Decrypter();
  const identity = await readFile(join(bench.home, 'keys', `${opener}.age`), 'utf8');
  decrypter.addIdentity(identity.trim());
  const file = Buffer.from(sealed?.file ?? '', 'base64url');
  return JSON.parse(await decrypter.decrypt(new Uint8Array(file), 'text')) as unknown;
}

beforeAll(async () => {
  bench = await cliBench('ClinicMSP:DE:patient,collector,clinician');
  await done('enrol', 'lab.second', '--roles', 'registrar');
});
afterAll(() => bench.close());

describe('registrars who share the key of persons’ digests', () => {
  test('seal it to each, who alone opens it', async () => {
    const early = await bench.cli('share-person-key', 'hospital.registrar', ...LAB);
    expect(early.err).toMatch(/^NO_RECIPIENT: /u);
    await done('state-recipient', ...HOSPITAL);
    await done('state-recipient', ...SECOND);
    await done('share-person-key', 'hospital.registrar', ...LAB);
    await done('share-person-key', 'lab.second', ...HOSPITAL);
    const { network } = (await read('/v1/ledger')) as { network: string };
    const copy = await copyOf('lab.second', 'lab.second');
    expect(copy).toEqual({ v: 1, network, key: expect.stringMatching(/^[\w-]{43}$/u) });
    expect(await copyOf('lab.registrar', 'lab.registrar')).toEqual(copy);
    await expect(copyOf('lab.second', 'hospital.registrar')).rejects.toThrow('no identity matched');
  });

  test('know a person again whom another enrols', async () => {
    const unnamed = await bench.cli('enrol', 'lab.erika', '--roles', 'lab');
    expect(unnamed.err).toContain('reason    OTHER_PERSON_KEY (person key)');
    await done('enrol', 'lab.erika', '--roles', 'lab', ...ERIKA, ...LAB);
    await done(
      'enrol',
      'hospital.erika',
      '--roles',
      'nurse',
      '--licence',
      'de-be: 4711',
      ...HOSPITAL,
    );
    await done(
      ...['enrol', 'hospital.max', '--roles', 'nurse', ...HOSPITAL],
      ...['--name', 'Max Mustermann', '--birth-date', '1980-02-29'],
    );
    const erika = await personOf('lab.erika');
    expect(erika).toMatch(/^[\w-]{43}$/u);
    expect(await personOf('hospital.erika')).toBe(erika);
    expect(await personOf('hospital.max')).not.toBe(erika);
  });

  test('renew it when one of them has left, who does not get it, and know everybody again', async () => {
    const revoke = { actor: 'lab.second', reason: 'left' };
    await done('send', 'registry:RevokeActor', '--body', JSON.stringify(revoke), ...LAB);
    const anna = ['enrol', 'lab.anna', '--roles', 'lab', '--licence', 'DE-BE:0815', ...LAB];
    const before = await bench.cli(...anna);
    expect(before.err).toContain('reason    PERSON_KEY_TO_ROTATE (person key)');
    const old = await copyOf('hospital.registrar', 'hospital.registrar');
    await done('share-person-key', '--rotate', ...LAB);
    const renewed = await copyOf('hospital.registrar', 'hospital.registrar');
    expect(renewed).not.toEqual(old);
    expect(await copyOf('lab.second', 'lab.second')).toEqual(old);
    await done(...anna);
    const erika = await personOf('lab.erika');
    await done('restate-person', 'lab.erika', ...ERIKA, ...LAB);
    await done('enrol', 'hospital.erika-2', '--roles', 'nurse', ...ERIKA, ...HOSPITAL);
    expect(await personOf('lab.erika')).toBe(erika);
    expect(await personOf('hospital.erika-2')).toBe(erika);
  });
});

test('a patient who was revoked says no at the command line, and nothing else', async () => {
  await done(
    'enrol',
    'hospital.clinician',
    '--roles',
    'clinician',
    '--licence',
    'DE-BY:1',
    ...HOSPITAL,
  );
  await done('enrol', 'patient-1', '--roles', 'patient', ...HOSPITAL);
  const asked = await done(
    ...['send', 'registry:RevokePatient', '--json', ...HOSPITAL],
    ...['--body', JSON.stringify({ patient: 'patient-1', reason: 'key-lost' })],
  );
  const { commandId } = JSON.parse(asked.out) as { commandId: string };
  await done(
    ...['send', 'registry:ConfirmRevocation', '--as', 'hospital.clinician'],
    ...['--body', JSON.stringify({ patient: 'patient-1', asked: commandId })],
  );
  const no = ['--body', '{"purpose":"RESEARCH"}', '--as', 'patient-1'];
  const said = await done('send', 'consent:RefuseConsent', ...no);
  expect(said.out).toContain('consent:RefuseConsent');
  expect(said.err).toContain('ACTOR_REVOKED: handed in without a token');
  const renewed = await bench.cli('read', '/v1/actors/patient-1', '--as', 'patient-1');
  expect(renewed.err).toMatch(/^ACTOR_REVOKED: /u);
});
