import { createHash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { here, requireDone } from './cli.fixture.js';
import {
  COI,
  type Clinic,
  CLINICIAN,
  ITEM,
  PRINTED_NAME,
  toldTherapy,
} from './told-therapy.fixture.js';

interface Told {
  readonly restored: { readonly findings: readonly unknown[]; readonly commands: number };
  readonly access: readonly { readonly id: string; readonly enrolledAt: string }[];
  readonly trail: readonly {
    readonly record: { readonly type: string };
    readonly changed?: readonly {
      readonly noun: string;
      readonly values: readonly { member: string; old?: string; new?: string }[];
    }[];
  }[];
  readonly requirements: readonly { readonly id: string }[];
  readonly processes: readonly { readonly hash: string }[];
}

let bench: Clinic;
let folder: string;
let told: Told;
let page: string;
const read = (name: string) => readFile(join(folder, name), 'utf8');

beforeAll(async () => {
  bench = await toldTherapy();
  folder = join(bench.folder, 'pack');
  const network = join(bench.folder, 'network-verify.txt');
  await writeFile(network, 'each member approved sequence 1\n');
  const words = ['inspect', COI, '--to', folder, '--attach', network, ...CLINICIAN];
  await requireDone(bench.cli(...words));
  told = JSON.parse(await read('inspection.json')) as Told;
  page = await read('inspection.html');
});
afterAll(() => bench.close());

describe("an inspector's pack", () => {
  test('was restored from what it holds, by the root alone', () => {
    expect(told.restored).toMatchObject({ commands: 7, findings: [] });
    expect(page).toContain('Restored: 7 commands of the therapy');
  });

  test('tells of each command who, what, when, why, and the old and new values', () => {
    expect(told.trail.map(({ record }) => record.type)).toEqual([
      'therapy:OrderTherapy',
      ...Array.from({ length: 2 }, () => [
        ...['custody:CollectItem', 'custody:ReleaseItem', 'custody:ReceiveItem'],
      ]).flat(),
    ]);
    const received = told.trail.find(({ record }) => record.type === 'custody:ReceiveItem');
    const item = received?.changed?.find(({ noun }) => noun === 'item');
    expect(item?.values).toContainEqual({
      member: 'holder.organisation',
      old: 'ClinicMSP',
      new: 'LabMSP',
    });
    expect(page).toMatch(/holder\.organisation: <code>ClinicMSP<\/code> → <code>LabMSP</u);
    expect(page).toContain('LABEL_MISMATCH');
  });

  test('lists who has access, since when, and which requirement is held by which tests', () => {
    expect(told.access.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['clinic.clinician', 'lab.technician', 'patient-1']),
    );
    expect(page).toMatch(/Access list \(\d+\)/u);
    expect(told.requirements.map(({ id }) => id)).toContain('A1');
    expect(page).toContain('chaincode/domain/src/gates/leaves.test.ts');
  });

  test('prints the names of those who signed to their own house, and to no other party', async () => {
    expect(told.access.find(({ id }) => id === 'lab.technician')).not.toHaveProperty('name');
    expect(page).not.toContain(PRINTED_NAME);
    const named = join(bench.folder, 'named');
    // its own house is not told all that was decided, so that the pack says what was not restored
    await bench.cli('inspect', COI, '--to', named, '--as', 'lab.technician');
    expect(await readFile(join(named, 'inspection.html'), 'utf8')).toContain(PRINTED_NAME);
  });

  test('has the therapy as a page that reads by itself, each process by its hash, and what was taken in', async () => {
    const therapy = await read('therapy.html');
    expect(therapy).toContain(`Trace of therapy ${COI}`);
    expect(therapy).toContain(ITEM);
    for (const text of [page, therapy]) expect(text).not.toMatch(/<script|https?:\/\/127/u);
    expect(page).toContain(told.processes[0]?.hash ?? 'no process');
    expect(await read('attached/network-verify.txt')).toContain('sequence 1');
  });

  test('names the inspection that it is made for, as it stands on record, and gives its digest', async () => {
    const made = join(bench.folder, 'made-for-inspection');
    const unknown = await bench.cli(
      'inspect',
      COI,
      '--to',
      made,
      '--inspection',
      'i-1',
      ...CLINICIAN,
    );
    expect(unknown.err).toContain('an inspection that is on record in this therapy');
    expect(unknown.code).toBe(2);
    await bench.tell('enrol', 'manufacturer.quality', '--roles', 'quality');
    const body = {
      ...{ coi: COI, inspection: 'i-1', authority: 'pei', reference: 'I-2026-7' },
      ...{ kind: 'good-manufacturing-practice', basis: 'eu-2001-83-article-111' },
      ...{ from: '2026-11-02T08:00:00.000Z', shown: ['pack'] },
    };
    const said = ['--body', JSON.stringify(body), '--as', 'manufacturer.quality'];
    await bench.tell('send', 'quality:RecordInspection', ...said);
    const { out } = await requireDone(
      bench.cli('inspect', COI, '--to', made, '--inspection', 'i-1', ...CLINICIAN),
    );
    const data = await readFile(join(made, 'inspection.json'));
    expect(out).toContain(createHash('sha256').update(data).digest('base64url'));
    expect(JSON.parse(data.toString())).toMatchObject({
      inspection: { id: 'i-1', authority: 'pei', host: 'ManufacturerMSP' },
    });
    expect(await readFile(join(made, 'inspection.html'), 'utf8')).toContain('pei I-2026-7');
  });

  test('is for its owner alone, and is never written over', async () => {
    expect((await stat(folder)).mode & 0o77).toBe(0);
    expect((await stat(join(folder, 'inspection.html'))).mode & 0o77).toBe(0);
    const { code, err } = await bench.cli('inspect', COI, '--to', folder, ...CLINICIAN);
    expect(err).toContain('expected  a folder that does not exist yet');
    expect(code).toBe(2);
  });

  test('holds an export that verifies by itself', async () => {
    const root = join(bench.home, 'consortium', 'root.json');
    const { out } = await here('verify', '--export', join(folder, 'export'), '--root', root);
    expect(out).toMatch(/^differences {7}none$/mu);
  });
});
