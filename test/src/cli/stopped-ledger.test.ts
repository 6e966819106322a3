import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateActorKeys } from '@veinledger/client/node';
import { forge, forgeManifest, jwksOf, readManifest } from './forged-export.fixture.js';
import {
  COI,
  type Clinic,
  CLINICIAN,
  orderOf,
  TECHNICIAN,
  toldTherapy,
} from './told-therapy.fixture.js';

let bench: Clinic;

beforeAll(async () => {
  bench = await toldTherapy();
  const taken = await bench.cli(...orderOf(COI));
  const enrolled = await bench.cli('enrol', 'lab.technician', '--roles', 'lab');
  expect([taken.code, enrolled.code]).toEqual([3, 3]);
  await bench.tell('export', COI, '--to', join(bench.folder, 'export'), ...CLINICIAN);
  await bench.tell('export', COI, '--to', join(bench.folder, 'export-of-lab'), ...TECHNICIAN);
  await bench.stop();
});
afterAll(() => bench.close());

describe('when the gateway has stopped', () => {
  test('the ledger is verified from its blocks', async () => {
    const { code, out } = await bench.cli('verify');
    expect(out).toMatch(/^differences {7}none$/mu);
    expect(out).toMatch(/^commands {10}\d+ decided anew, 2 of them refused/mu);
    expect(code).toBe(0);
  });

  test('an export is held against its blocks, times and places too', async () => {
    const folder = join(bench.folder, 'export-of-lab');
    const ledger = ['--ledger', join(bench.home, 'ledger')];
    const verify = () => bench.cli('verify', '--export', folder, ...ledger);
    const honest = await verify();
    expect(honest.out).toMatch(/^proven by {9}the ledger's blocks/mu);
    expect(honest.code).toBe(0);
    const [first] = (await readManifest(folder)).commands;
    await forge(folder, first?.receipt ?? '', (text) =>
      text.replace(/"transactionTime": "20/u, '"transactionTime": "19'),
    );
    const forged = await verify();
    expect(forged.out).toMatch(/commands\/0001.*: receipt: expected .*, found /u);
    expect(forged.code).toBe(1);
  });

  test('an export is held against its blocks in what it leaves out, and in its keys', async () => {
    const folder = join(bench.folder, 'export');
    const ledger = ['--ledger', join(bench.home, 'ledger')];
    const last = (await readManifest(folder)).commands.at(-1);
    if (!last?.keys) throw new Error('the export holds keys');
    await forge(
      folder,
      last.keys,
      () => `${JSON.stringify(jwksOf(generateActorKeys().public), undefined, 2)}\n`,
    );
    await forgeManifest(folder, (manifest) => {
      const others = manifest.commands.slice(0, -1);
      manifest.commands = others;
      manifest.files = manifest.files.filter(
        ({ path }) => path !== last.jws && path !== last.receipt,
      );
    });
    await rm(join(folder, last.jws));
    await rm(join(folder, last.receipt));
    const { code, out } = await bench.cli('verify', '--export', folder, ...ledger);
    expect(out).toContain(`manifest.json: leaves out `);
    expect(out).toContain(last.id);
    expect(out).toMatch(/keys\/.*: not the keys that .* had then/u);
    expect(code).toBe(1);
  });

  test('a ledger that is not the one that is known is named', async () => {
    const { code, out } = await bench.cli('verify', '--block', `3:${'0'.repeat(64)}`);
    const [, hash = ''] = /before block 3: expected 0{64}, found ([0-9a-f]{64})$/mu.exec(out) ?? [];
    expect(code).toBe(1);
    const known = await bench.cli('verify', '--block', `3:${hash}`);
    expect(known.out).toMatch(/^known hash {8}that of the block before 3$/mu);
    expect(known.code).toBe(0);
  });

  test('whoever asks is told so, after further attempts', async () => {
    const { code, err } = await bench.cli('trace', COI, ...TECHNICIAN);
    expect(err).toMatch(/unreachable; again in [\d.]+ s\n[^]*^GATEWAY_UNREACHABLE: /mu);
    expect(code).toBe(5);
  });
});
