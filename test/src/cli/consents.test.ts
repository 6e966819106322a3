import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { requireDone } from './cli.fixture.js';
import { type Clinic, CLINICIAN, clinicBench } from './told-therapy.fixture.js';

const PATIENT = ['--as', 'patient-1'];
const SECOND = ['--as', 'clinic.second'];
const OF = ['--patient', 'patient-1'];
const LATER = '2040-01-01T00:00:00.000Z';

let bench: Clinic;
const done = (...args: readonly string[]) => requireDone(bench.cli(...args));
const ask = (purpose: string, ...rest: readonly string[]) =>
  done('request-consent', purpose, ...OF, '--form', bench.form, ...rest, ...CLINICIAN);

/** How each consent for a purpose stands, in the order in which they were made. */
async function states(purpose: string): Promise<readonly string[]> {
  const { out } = await done('read', '/v1/patients/patient-1/consents', ...PATIENT, '--json');
  const { items } = JSON.parse(out) as { items: readonly { purpose: string; state: string }[] };
  return items.filter((each) => each.purpose === purpose).map(({ state }) => state);
}

beforeAll(async () => {
  bench = await clinicBench();
  await done('enrol', '--organisation', 'ClinicMSP');
  await done('enrol', 'clinic.second', '--roles', 'clinician');
  await done('enrol', 'patient-1', '--roles', 'patient', '--as', 'clinic.registrar');
});
afterAll(() => bench.close());

describe('a patient at the command line', () => {
  test('answers later, agrees, narrows it, agrees for longer, and takes it back', async () => {
    await ask('RESEARCH', '--until', LATER);
    await done('defer-consent', 'RESEARCH', ...PATIENT);
    expect(await states('RESEARCH')).toEqual(['deferred']);
    await done('give-consent', 'RESEARCH', '--form', bench.form, ...PATIENT);
    await done('restrict-consent', 'RESEARCH', '--recipient', 'LabMSP', ...PATIENT);
    const until = '2041-01-01T00:00:00.000Z';
    const { out } = await done(
      ...['renew-consent', 'RESEARCH', '--form', bench.form, '--until', until, ...PATIENT],
    );
    expect(out).toMatch(/^kept, to prove what was shown: /mu);
    expect((await states('RESEARCH')).toSorted()).toEqual(['renewed', 'restricted', 'superseded']);
    await done('withdraw-consent', 'RESEARCH', ...PATIENT);
    const { code, err } = await bench.cli('restrict-consent', 'RESEARCH', ...PATIENT);
    expect(err).toMatch(/^CONSENT_NOT_FOUND: [^]*expected +a consent in force/mu);
    expect(code).toBe(1);
  });

  test('says no to one question alone where it is named', async () => {
    await ask('RECONTACT');
    await ask('RECONTACT');
    const unnamed = await bench.cli('defer-consent', 'RECONTACT', ...PATIENT);
    const [, one = ''] = /--consent, one of (\S+),/u.exec(unnamed.err) ?? [];
    await done('refuse-consent', 'RECONTACT', '--consent', one, ...PATIENT);
    expect((await states('RECONTACT')).toSorted()).toEqual(['refused', 'requested']);
  });
});

describe('staff at the command line', () => {
  const record = (...rest: readonly string[]) => [
    ...['record-consent', 'AI_TRAINING', ...OF, '--form', bench.form, '--route', 'paper', ...rest],
  ];

  test('record what was signed on paper, the second in the words of the first', async () => {
    await ask('AI_TRAINING', '--think-hours', '0');
    const early = await bench.cli(...record(...CLINICIAN));
    expect(early.err).toContain('TALK_MISSING');
    await done('record-talk', 'AI_TRAINING', ...OF, ...CLINICIAN);
    const scan = join(bench.folder, 'scan.pdf');
    await writeFile(scan, 'signed');
    await done(...record('--scan', scan, ...CLINICIAN));
    const other = await bench.cli(...record('--decline', 'extra', ...SECOND));
    expect(other.err).toMatch(/^OTHER_WORDS: [^]*field +clauses/mu);
    await done(...record(...SECOND));
    expect(await states('AI_TRAINING')).toEqual(['given']);
  });

  test('record a no at once, and with another that it was taken back', async () => {
    await done('record-no', 'AI_TRAINING', ...OF, ...CLINICIAN);
    expect((await states('AI_TRAINING')).toSorted()).toEqual(['withdrawn', 'withdrawn']);
    for (const by of [CLINICIAN, SECOND]) await done('take-back-no', 'AI_TRAINING', ...OF, ...by);
    expect(await states('AI_TRAINING')).toContain('given');
  });

  test('record that what lapsed goes on, which nothing that is in force does', async () => {
    const inForce = await bench.cli('continue-consent', 'AI_TRAINING', ...OF, ...CLINICIAN);
    expect(inForce.err).toMatch(/^CONSENT_NOT_FOUND: /mu);
    const past = '2020-01-01T00:00:00.000Z';
    await done('restrict-consent', 'AI_TRAINING', '--until', past, ...PATIENT);
    for (const by of [CLINICIAN, SECOND])
      await done('continue-consent', 'AI_TRAINING', ...OF, ...by);
    expect(await states('AI_TRAINING')).toContain('renewed');
  });
});

describe('who speaks in a patient’s place', () => {
  test('is enrolled for one patient, and says no by their own keys', async () => {
    const proxy = ['--roles', 'proxy', '--as', 'clinic.registrar'];
    const alone = await bench.cli('enrol', 'proxy-1', ...proxy);
    expect(alone.err).toContain('NOT_A_PATIENT (actor proxy-1)');
    await done('enrol', 'proxy-1', ...OF, ...proxy);
    const body = {
      ...{ patient: 'patient-1', proxy: 'mother', actor: 'proxy-1', relationship: 'parent' },
      authority: 'A'.repeat(43),
    };
    await done('send', 'consent:EnrolProxy', '--body', JSON.stringify(body), ...CLINICIAN);
    const { out } = await done(
      ...['refuse-as-proxy', 'AI_TRAINING', ...OF, '--proxy', 'mother', '--as', 'proxy-1'],
    );
    expect(out).toMatch(/^recorded {2}consent:RefuseAsProxy by proxy-1$/mu);
    const left = await states('AI_TRAINING');
    expect(left.filter((state) => state === 'given' || state === 'renewed')).toEqual([]);
  });
});
