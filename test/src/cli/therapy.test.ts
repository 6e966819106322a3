import { readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { chainOfIdentity, din } from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sha256Base64url, sha256Hex } from '@veinledger/domain';
import { createLocalJWKSet, type GeneralJWS, generalVerify, type JSONWebKeySet } from 'jose';
import { generateActorKeys, nativeSigner } from '@veinledger/client/node';
import { type CliBench, cliBench, requireDone, veinledger } from './cli.fixture.js';
import {
  type Exported,
  forge,
  forgeFile,
  forgeManifest,
  jwksOf,
  readManifest,
} from './forged-export.fixture.js';

const COI = chainOfIdentity(1);
const ITEM = din(1);
const DOSE = '1:50:4012345000016:4012345000023:slot-1';
const CLINICIAN = ['--as', 'clinic.clinician'];
const COLLECTOR = ['--as', 'clinic.collector'];
const TECHNICIAN = ['--as', 'lab.technician'];

let bench: CliBench;
let form: string;
const done = (...args: readonly string[]) => requireDone(bench.cli(...args));
const order = (coi: string) => [
  ...['order', '--coi', coi, '--patient', 'patient-1', '--parties', 'ClinicMSP,LabMSP'],
  ...['--dose', DOSE, ...CLINICIAN],
];

beforeAll(async () => {
  bench = await cliBench('ClinicMSP:DE:patient,collector,clinician');
  form = join(bench.folder, 'form.md');
  await writeFile(form, 'Clause purpose: I agree.\n');
});
afterAll(() => bench.close());

describe('from the enrolment to the hand-over', () => {
  test('everybody of an organisation is enrolled, one for each role of its staff', async () => {
    const { out } = await done('enrol', '--organisation', 'ClinicMSP');
    expect(out).toMatch(/^clinic\.collector +collector +ClinicMSP +\/.*clinic\.collector\.json$/mu);
    expect(out).toMatch(/^clinic\.clinician +clinician +ClinicMSP/mu);
    expect(out).not.toMatch(/patient|clinic\.registrar/u);
    const other = await bench.cli(
      'enrol',
      '--organisation',
      'OtherMSP',
      '--as',
      'clinic.registrar',
    );
    expect(other.err).toMatch(/field +--organisation[^]*ClinicMSP[^]*found +OtherMSP/u);
    expect(other.code).toBe(2);
  });

  test('people are enrolled by name, and a patient under a pseudonym by whom --as names', async () => {
    await done('enrol', 'lab.technician', '--roles', 'lab');
    const { out } = await done(
      ...['enrol', 'patient-1', '--roles', 'patient', '--as', 'clinic.registrar', '--json'],
    );
    expect(JSON.parse(out)).toMatchObject([
      { type: 'registry:EnrolActor', actor: 'clinic.registrar', decision: 'permitted' },
    ]);
    const shown = await done('show', 'actor', 'patient-1', '--as', 'clinic.registrar', '--json');
    expect(JSON.parse(shown.out)).toMatchObject({ id: 'patient-1', roles: ['patient'] });
  });

  test('nobody is enrolled twice, and the first keys stay', async () => {
    const file = join(bench.home, 'keys', 'lab.technician.json');
    const before = await readFile(file, 'utf8');
    const { code, err } = await bench.cli('enrol', 'lab.technician', '--roles', 'lab');
    expect(err).toContain('reason    ACTOR_EXISTS (actor lab.technician)');
    expect(code).toBe(3);
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  test('whoever is refused leaves no keys behind', async () => {
    const { code, err } = await bench.cli('enrol', 'lab.nurse', '--roles', 'nurse');
    expect(err).toMatch(/reason {4}ROLE_NOT_GRANTABLE.*\n {4}expected +lab,designer,registrar/u);
    expect(code).toBe(3);
    expect(await readdir(join(bench.home, 'keys'))).not.toContain('lab.nurse.json');
  });

  test('an order without the patient’s consent is refused with every reason', async () => {
    const { code, err } = await bench.cli(...order(COI));
    expect(err).toContain('REFUSED: the permission was refused');
    expect(err).toContain('CONSENT_NOT_ACTIVE (consent TREATMENT_MANUFACTURE)');
    expect(err).toContain('CONSENT_NOT_ACTIVE (consent GENOMIC_SEQUENCING)');
    expect(code).toBe(3);
  });

  test('a patient consents to what was asked, on the very form, and to nothing else', async () => {
    const purposes = ['TREATMENT_MANUFACTURE', 'GENOMIC_SEQUENCING'];
    const asPatient = ['--form', form, '--as', 'patient-1'];
    await done(
      ...['request-consent', ...purposes, '--patient', 'patient-1', '--form', form, ...CLINICIAN],
    );
    const other = join(bench.folder, 'other.md');
    await writeFile(other, 'Another form.\n');
    const wrong = await bench.cli(
      ...['give-consent', ...purposes, '--form', other, '--as', 'patient-1'],
    );
    expect(wrong).toMatchObject({ code: 2, out: '' });
    expect(wrong.err).toContain('expected  the form that consent was asked on');
    const unasked = await bench.cli('give-consent', 'RESEARCH', ...asPatient);
    expect(unasked.err).toMatch(/^CONSENT_NOT_ASKED: [^]*found {5}RESEARCH$/mu);
    expect(unasked.code).toBe(1);
    const { out } = await done('give-consent', ...purposes, ...asPatient);
    expect(out.match(/^permitted {2}consent:GiveConsent by patient-1$/gmu)).toHaveLength(2);
    const kept = [...out.matchAll(/^kept, to prove what was shown: (.+)$/gmu)].map(([, at]) => at);
    expect(kept).toHaveLength(2);
    const sha256 = sha256Hex(await readFile(form));
    for (const file of kept.map(String)) {
      const opening = await readFile(file, 'utf8');
      expect(basename(file)).toBe(`${sha256Base64url(opening)}.json`);
      expect(JSON.parse(opening)).toMatchObject({ content: { sha256 } });
      expect((await stat(file)).mode & 0o777).toBe(0o600);
    }
  });

  test('a therapy is ordered and gets its chain of identity', async () => {
    const { out } = await done(...order(COI));
    expect(out).toMatch(
      new RegExp(`^chain of identity ${COI}\npermitted  therapy:OrderTherapy`, 'u'),
    );
    const taken = await bench.cli(...order(COI));
    expect(taken.err).toContain('COI_TAKEN');
    expect(taken.code).toBe(3);
  });

  test('an item is handed over in two halves, each signed by its own person', async () => {
    await done(
      ...['collect', COI, ITEM, '--kind', 'blood-edta', '--occasion', 'visit-1', ...COLLECTOR],
    );
    const early = await bench.cli('receive', COI, ITEM, ...TECHNICIAN);
    expect(early).toMatchObject({ code: 1 });
    expect(early.err).toMatch(/^NO_HAND_OFF: /u);
    const released = await done('release', COI, ITEM, '--to', 'LabMSP', ...COLLECTOR);
    expect(released.out).toMatch(
      /^hand-off hand-off-[0-9a-f]{8}\nrecorded {2}custody:ReleaseItem/u,
    );
    const { out } = await done('receive', COI, ITEM, ...TECHNICIAN);
    expect(out).toMatch(/^recorded {2}custody:ReceiveItem by lab\.technician$/mu);
    expect(out).not.toContain('deviation');
    const shown = await done('show', 'item', COI, ITEM, ...TECHNICIAN, '--json');
    expect(JSON.parse(shown.out)).toMatchObject({
      holder: { organisation: 'LabMSP', actor: 'lab.technician' },
      handOff: { verdict: 'accepted' },
      state: 'in-custody',
    });
  });

  test('a label that shows something else is recorded, with its deviation', async () => {
    const second = din(2);
    await done(
      ...['collect', COI, second, '--kind', 'blood-edta', '--occasion', 'visit-2', ...COLLECTOR],
    );
    await done(
      ...['release', COI, second, '--to', 'LabMSP', '--hand-off', 'h-2', '--seal', 'SEAL-1'],
      ...COLLECTOR,
    );
    const { out } = await done(
      ...['receive', COI, second, '--label', ITEM, '--seal', 'SEAL-1', ...TECHNICIAN],
    );
    expect(out).toMatch(/^ {2}deviation {4}LABEL_MISMATCH, critical/mu);
    expect(out).not.toContain('SEAL_MISMATCH');
  });

  test('any other command is sent by its type', async () => {
    const body = '{"run":"run-1","flowCell":"FC-1","instrument":"SEQ-1"}';
    const { out } = await done('send', 'manufacturing:RegisterRun', '--body', body, ...TECHNICIAN);
    expect(out).toMatch(/^recorded {2}manufacturing:RegisterRun by lab\.technician$/mu);
  });
});

describe('reading', () => {
  test('a trace is aligned in columns without colours, or JSON', async () => {
    const { out } = await done('trace', COI, ...TECHNICIAN);
    expect(out).not.toContain('\u001b');
    const [heading = '', ...rows] = out.split('\n\n')[1]?.split('\n') ?? [];
    const column = heading.indexOf('what');
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) expect(row.slice(column - 2)).toMatch(/^ {2}(therapy|custody):/u);
    const { records } = JSON.parse((await done('trace', COI, ...TECHNICIAN, '--json')).out) as {
      records: readonly { readonly type: string }[];
    };
    expect(records.map(({ type }) => type)).toContain('custody:ReceiveItem');
    expect(records).toHaveLength(rows.length);
  });

  test('what befell the patient is told, traced and shown', async () => {
    const annex = join(bench.folder, 'description.json');
    await writeFile(annex, JSON.stringify({ description: 'Fever and shivering.' }));
    const body = {
      coi: COI,
      adverseEvent: 'fever-1',
      seriousness: 'hospitalisation',
      onset: '2026-11-01T08:00:00.000Z',
    };
    await done(
      ...['send', 'care:ReportAdverseEvent', '--body', JSON.stringify(body)],
      ...['--annex', `description=${annex}`, '--as', 'patient-1'],
    );
    const { out: trace } = await done('trace', COI, ...TECHNICIAN);
    expect(trace).toMatch(/patient-1 +care:ReportAdverseEvent +recorded$/mu);
    expect(trace).toMatch(/^adverse-event +fever-1/mu);
    const { out } = await done('show', 'adverse-event', COI, 'fever-1', ...TECHNICIAN);
    expect(out).toMatch(/^seriousness +hospitalisation$/mu);
    expect(out).toMatch(/^reported\.actor +patient-1$/mu);
  });

  test('a command is shown with its receipt and the signed text', async () => {
    const trace = await done('trace', COI, ...TECHNICIAN, '--json');
    const { records } = JSON.parse(trace.out) as { records: readonly { commandId: string }[] };
    const id = records[0]?.commandId ?? '';
    const shown = await done('show', 'command', id, ...TECHNICIAN);
    expect(shown.out).toMatch(new RegExp(`^receipt\\.commandId +${id}$`, 'mu'));
    expect(shown.out).toMatch(/^jws +\{"payload":/mu);
  });

  test.each([
    '-TaCWG7SS10CYZ2iz_mvoHma8l6CwIjtTCY5LyO8yaQ',
    '--aCWG7SS10CYZ2iz_mvoHma8l6CwIjtTCY5LyO8yaQ',
  ])('a command whose id begins with a hyphen is looked for, and is no option: %s', async (id) => {
    const { code, err } = await bench.cli('show', 'command', id, ...TECHNICIAN);
    expect([code, err.split(':')[0]]).toEqual([1, 'NOT_FOUND']);
    expect(err).toContain(id);
  });

  test('what is not there is said to be not there, and to whom it is not shown, too', async () => {
    for (const noun of ['item', 'dose', 'batch']) {
      const id = noun === 'item' ? din(77) : 'thing-77';
      const { code, err } = await bench.cli('show', noun, COI, id, ...TECHNICIAN);
      expect([noun, code, err.split(':')[0]]).toEqual([noun, 1, 'NOT_FOUND']);
    }
    const { code, err } = await bench.cli('trace', COI, '--as', 'courier.registrar', '--json');
    expect(JSON.parse(err)).toMatchObject({ code: 'NOT_ENTITLED', found: 'CourierMSP' });
    expect(code).toBe(4);
  });

  test('who is enrolled is listed: of one member, in one role', async () => {
    const { out } = await done('actors', '--organisation', 'LabMSP', ...TECHNICIAN);
    expect(out).toMatch(/^actor +organisation +kind +roles +enrolled +revoked$/mu);
    expect(out).toMatch(/^lab\.technician +LabMSP +person +lab +20\S+Z$/mu);
    expect(out).not.toContain('ClinicMSP');
    const nobody = await done('actors', '--role', 'patient', '--as', 'courier.registrar');
    expect(nobody.out).toBe('nobody whom --as may know\n');
    const { code, err } = await bench.cli('actors', '--role', 'wizard', ...TECHNICIAN);
    expect([code, err.includes('--role')]).toEqual([2, true]);
  });

  test('any route is read', async () => {
    const { out } = await done('read', '/v1/organisations', ...TECHNICIAN, '--json');
    expect(JSON.stringify(JSON.parse(out))).toContain('ClinicMSP');
    const { code, err } = await bench.cli('read', '/v1/nowhere', ...TECHNICIAN);
    expect(err).toMatch(/^UNKNOWN_ROUTE: /u);
    expect(code).toBe(1);
  });

  test('nobody reads as somebody whom they did not name, where it could be several', async () => {
    const { code, out, err } = await bench.cli('read', '/v1/organisations');
    expect(err).toMatch(
      /field +--as\n +expected +one of [^]*clinic\.registrar[^]*lab\.technician/u,
    );
    expect([code, out]).toEqual([2, '']);
  });

  test('the only one whose keys are in a home reads unnamed, and is told so', async () => {
    const founded = join(bench.home, 'consortium');
    const registrar = join(founded, 'registrars', 'lab.registrar.json');
    const own = ['--home', join(bench.folder, 'lab'), '--gateway', bench.url];
    const init = ['init', '--root', join(founded, 'root.json'), '--registrar', registrar];
    await requireDone(veinledger(...init, ...own));
    const { err } = await requireDone(veinledger('read', '/v1/organisations', ...own));
    expect(err).toBe('as lab.registrar\n');
  });
});

describe('an export', () => {
  let folder: string;
  const root = () => join(bench.home, 'consortium', 'root.json');
  const verify = (...more: readonly string[]) =>
    veinledger('verify', '--export', folder, '--root', root(), ...more);

  beforeAll(async () => {
    folder = join(bench.folder, 'export');
    const { out } = await done('export', COI, '--to', folder, ...CLINICIAN);
    expect(out).toMatch(/^exported \d+ commands/u);
  });

  test('holds every command of the therapy, verified by another JOSE library', async () => {
    const { commands } = await readManifest(folder);
    expect(commands.length).toBeGreaterThan(7);
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
    const { code, out } = await verify();
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
    const { code, err } = await veinledger('verify', '--export', folder, '--home', folder);
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
    const { code, out } = await veinledger('verify', '--export', other, '--root', root());
    expect(out).toMatch(/receipts\/.*: not proven: expected/u);
    expect(code).toBe(1);
  });

  const without = async (file: string) => {
    await rm(join(folder, file));
    return /: expected SHA-256 [0-9a-f]{64}, found no file/u;
  };
  test.each<[string, (named: Exported) => Promise<RegExp>]>([
    ['a missing command', ({ jws }) => without(jws)],
    ['a missing receipt', ({ receipt }) => without(receipt)],
    [
      'a file that nobody named',
      async () => {
        await writeFile(join(folder, 'commands', 'more.jws.json'), '{}');
        return /commands\/more\.jws\.json: the manifest names no such file/u;
      },
    ],
    [
      'a signature that is another',
      async ({ jws }) => {
        await forge(folder, jws, (text) =>
          text.replace(/"signature":"(.)/u, (_, at) => `"signature":"${at === 'A' ? 'B' : 'A'}`),
        );
        return /commands\/0001.*: not proven: .*SIGNATURE_INVALID/u;
      },
    ],
    [
      'a command that somebody else signed anew, with keys to match',
      async ({ jws, keys = '' }) => {
        const forger = generateActorKeys();
        const signer = nativeSigner(forger);
        await forge(folder, jws, async (text) => {
          const { payload } = JSON.parse(text) as { payload: string };
          return signer.sign(
            Buffer.from(payload, 'base64url').toString(),
            'vnd.veinledger.command+jws',
          );
        });
        await forge(folder, keys, () => JSON.stringify(jwksOf(forger.public)));
        return /commands\/0001.*: not proven: .*UNKNOWN_KEY/u;
      },
    ],
    [
      'a changed receipt',
      async ({ receipt }) => {
        await forge(folder, receipt, (text) =>
          text.replace('"permitted"', '"recorded"').replace('"refused"', '"permitted"'),
        );
        return /receipts\/0001.*: not proven: expected/u;
      },
    ],
    [
      'a receipt that says its decision twice',
      async ({ receipt }) => {
        await forge(folder, receipt, (text) => text.replace('{', '{\n  "decision": "refused",'));
        return /commands\/0001.*: expected JSON as an export writes it/u;
      },
    ],
    [
      'a command that counts twice',
      async (named) => {
        await forgeManifest(folder, (manifest) => {
          manifest.commands = [...manifest.commands, named];
        });
        return /manifest\.json: command .*: expected once, found again/u;
      },
    ],
    [
      'a receipt beside those of its commands, with its digest',
      async ({ receipt }) => {
        const text = await readFile(join(folder, receipt), 'utf8');
        await forgeFile(folder, 'receipts/9999.json', text);
        return /receipts\/9999\.json: no command of the manifest names this file/u;
      },
    ],
    [
      'a link to a file elsewhere',
      async () => {
        await symlink(join(folder, 'manifest.json'), join(folder, 'receipts', 'link.json'));
        return /receipts\/link\.json: expected a file, found a link or a device/u;
      },
    ],
  ])('with %s is found out, whatever its manifest says', async (_, change) => {
    await rm(folder, { recursive: true });
    await done('export', COI, '--to', folder, ...CLINICIAN);
    const [first] = (await readManifest(folder)).commands;
    if (!first) throw new Error('the export holds a command');
    const finding = await change(first);
    const { code, out } = await verify();
    expect(out).toMatch(finding);
    expect(code).toBe(1);
  });
});

describe('when the gateway has stopped', () => {
  beforeAll(() => bench.stop());

  test('the ledger is verified from its blocks', async () => {
    const { code, out } = await bench.cli('verify');
    expect(out).toMatch(/^differences {7}none$/mu);
    expect(out).toMatch(/^commands {10}\d+ decided anew, 4 of them refused/mu);
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
