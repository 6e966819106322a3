import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sha256Base64url, sha256Hex } from '@veinledger/domain';
import { requireDone } from './cli.fixture.js';
import {
  COI,
  type Clinic,
  CLINICIAN,
  clinicBench,
  COLLECTOR,
  ITEM,
  orderOf,
  SECOND_ITEM,
  TECHNICIAN,
} from './told-therapy.fixture.js';

let bench: Clinic;
const done = (...args: readonly string[]) => requireDone(bench.cli(...args));

beforeAll(async () => {
  bench = await clinicBench();
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
    const { code, err } = await bench.cli(...orderOf(COI));
    expect(err).toContain('REFUSED: the permission was refused');
    expect(err).toContain('CONSENT_NOT_ACTIVE (consent TREATMENT_MANUFACTURE)');
    expect(err).toContain('CONSENT_NOT_ACTIVE (consent GENOMIC_SEQUENCING)');
    expect(code).toBe(3);
  });

  test('a patient consents to what was asked, on the very form, and to nothing else', async () => {
    const purposes = ['TREATMENT_MANUFACTURE', 'GENOMIC_SEQUENCING'];
    const asPatient = ['--form', bench.form, '--as', 'patient-1'];
    await done(
      ...[
        'request-consent',
        ...purposes,
        '--patient',
        'patient-1',
        '--form',
        bench.form,
        ...CLINICIAN,
      ],
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
    const sha256 = sha256Hex(await readFile(bench.form));
    for (const file of kept.map(String)) {
      const opening = await readFile(file, 'utf8');
      expect(basename(file)).toBe(`${sha256Base64url(opening)}.json`);
      expect(JSON.parse(opening)).toMatchObject({ content: { sha256 } });
      expect((await stat(file)).mode & 0o777).toBe(0o600);
    }
  });

  test('a therapy is ordered and gets its chain of identity', async () => {
    const { out } = await done(...orderOf(COI));
    expect(out).toMatch(
      new RegExp(`^chain of identity ${COI}\npermitted  therapy:OrderTherapy`, 'u'),
    );
    const taken = await bench.cli(...orderOf(COI));
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
    await done(
      ...[
        'collect',
        COI,
        SECOND_ITEM,
        '--kind',
        'blood-edta',
        '--occasion',
        'visit-2',
        ...COLLECTOR,
      ],
    );
    await done(
      ...['release', COI, SECOND_ITEM, '--to', 'LabMSP', '--hand-off', 'h-2', '--seal', 'SEAL-1'],
      ...COLLECTOR,
    );
    const { out } = await done(
      ...['receive', COI, SECOND_ITEM, '--label', ITEM, '--seal', 'SEAL-1', ...TECHNICIAN],
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
