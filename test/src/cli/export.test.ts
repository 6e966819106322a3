import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, type GeneralJWS, generalVerify, type JSONWebKeySet } from 'jose';
import { here, requireDone, veinledger } from './cli.fixture.js';
import { readManifest } from './forged-export.fixture.js';
import { COI, type Clinic, CLINICIAN, TECHNICIAN, toldTherapy } from './told-therapy.fixture.js';

let bench: Clinic;
const done = (...args: readonly string[]) => requireDone(bench.cli(...args));

beforeAll(async () => {
  bench = await toldTherapy();
});
afterAll(() => bench.close());

describe('an export', () => {
  let folder: string;
  const root = () => join(bench.home, 'consortium', 'root.json');

  beforeAll(async () => {
    folder = join(bench.folder, 'export');
    const { out } = await done('export', COI, '--to', folder, ...CLINICIAN);
    expect(out).toMatch(/^exported \d+ commands/u);
  });

  test('holds every command of the therapy, verified by another JOSE library', async () => {
    const { commands } = await readManifest(folder);
    expect(commands).toHaveLength(7);
    for (const { jws, keys = '' } of commands) {
      const text = await readFile(join(folder, jws), 'utf8');
      const set = JSON.parse(await readFile(join(folder, keys), 'utf8')) as JSONWebKeySet;
      for (const alg of ['EdDSA', 'ML-DSA-65']) {
        const key = createLocalJWKSet({ keys: set.keys.filter((each) => each.alg === alg) });
        const options = { algorithms: [alg] };
        await generalVerify(JSON.parse(text) as GeneralJWS, key, options);
      }
    }
  });

  test('is proven from the consortium root, without a gateway, and what is not is named', async () => {
    const { code, out } = await veinledger('verify', '--export', folder, '--root', root());
    expect(out).toMatch(/^proven by {9}the root: enrolments, keys, signatures, receipts/mu);
    expect(out).toMatch(/^not proven {8}times, places and that nothing was left out/mu);
    expect(out).toMatch(/^differences {7}none$/mu);
    expect(code).toBe(6);
  });

  test('holds the enrolments of those who sign, and of nobody else', async () => {
    const { evidence } = await readManifest(folder);
    const receipts = await Promise.all(
      evidence.map(async ({ receipt }) => await readFile(join(folder, receipt), 'utf8')),
    );
    const enrolled = receipts.flatMap((text) => /"actor ([a-z.0-9-]+)"/u.exec(text)?.[1] ?? []);
    expect(enrolled).toEqual(expect.arrayContaining(['clinic.collector', 'lab.technician']));
    expect(enrolled).not.toContain('patient-2');
  });

  test('is checked by nothing but a root that was agreed on', async () => {
    const { code, err } = await here('verify', '--export', folder, '--home', folder);
    expect(err).toMatch(/--root: expected a file or folder, found no/u);
    expect(code).toBe(1);
  });

  test('is never written over', async () => {
    const { code, err } = await bench.cli('export', COI, '--to', folder, ...CLINICIAN);
    expect(err).toContain('expected  a folder that does not exist yet');
    expect(code).toBe(2);
  });

  test('of who may not see a consent is said to be not proven, by name', async () => {
    const other = join(bench.folder, 'export-of-lab');
    await done('export', COI, '--to', other, ...TECHNICIAN);
    const { code, out } = await here('verify', '--export', other, '--root', root());
    expect(out).toMatch(/receipts\/.*: not proven: expected/u);
    expect(code).toBe(1);
  });
});
