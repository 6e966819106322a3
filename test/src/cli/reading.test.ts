import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { din } from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { here, requireDone } from './cli.fixture.js';
import {
  COI,
  type Clinic,
  COLLECTOR,
  ITEM,
  SECOND_ITEM,
  TECHNICIAN,
  toldTherapy,
} from './told-therapy.fixture.js';

let bench: Clinic;
const done = (...args: readonly string[]) => requireDone(bench.cli(...args));

beforeAll(async () => {
  bench = await toldTherapy();
});
afterAll(() => bench.close());

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

  test('a quarantined item is called quarantined, in the trace and by itself', async () => {
    const { out } = await done('trace', COI, ...TECHNICIAN);
    expect(out).toMatch(new RegExp(`^item +${SECOND_ITEM} +blood-edta +quarantined$`, 'mu'));
    expect(out).toMatch(new RegExp(`^item +${ITEM} +blood-edta +in-custody$`, 'mu'));
    expect(out).toMatch(
      new RegExp(
        `^would be refused: manufacturing:\\S+ of item ${SECOND_ITEM}.*: DEVIATION_OPEN`,
        'mu',
      ),
    );
    const shown = await done('show', 'item', COI, SECOND_ITEM, ...TECHNICIAN);
    expect(shown.out).toMatch(/^state +quarantined$/mu);
    const sound = await done('show', 'item', COI, ITEM, ...TECHNICIAN);
    expect(sound.out).toMatch(/^state +in-custody$/mu);
  });

  test('who is next is aligned in columns, with who is on call; or JSON', async () => {
    const { out } = await done('next', COI, ...TECHNICIAN);
    const [heading = '', ...rows] = out.trimEnd().split('\n');
    expect(heading).toMatch(/^state +what +why +since +act +who +on call$/u);
    expect(rows.length).toBeGreaterThan(0);
    expect(out).toMatch(/^due .*StartStep .* of .* (?:registrars|management|deputies|on-duty): /mu);
    const { acts } = JSON.parse((await done('next', COI, ...TECHNICIAN, '--json')).out) as {
      acts: readonly { readonly asked: readonly object[] }[];
    };
    expect(acts.flatMap(({ asked }) => asked)).toHaveLength(rows.length);
  });

  test('what a migration would change is told before it is signed, and what it refuses after', async () => {
    await done('enrol', 'manufacturer.quality', '--roles', 'quality');
    const asking = ['migrate', COI, '--process', 'pcv-peptide@1.0', '--as', 'manufacturer.quality'];
    const { out } = await done(...asking, '--dry-run');
    expect(out).toMatch(/^pcv-mrna 1\.0 to pcv-peptide 1\.0\n {2}process /mu);
    expect(out).toMatch(/^ {2}step synthesis added$/mu);
    expect(out).toMatch(/^ {2}step transcription removed$/mu);
    const refused = await bench.cli(...asking);
    expect(refused.err).toContain('OTHER_PROCESS');
    expect(refused.err).not.toContain('CHANGES_NOT_NAMED');
    expect(refused.code).toBe(3);
  });

  test('what befell the patient is told, traced and shown', async () => {
    const annex = join(bench.folder, 'description.json');
    await writeFile(
      annex,
      JSON.stringify({ seriousness: 'hospitalisation', description: 'Fever and shivering.' }),
    );
    const body = {
      coi: COI,
      adverseEvent: 'fever-1',
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
    expect(out).not.toMatch(/seriousness|hospitalisation/u);
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
    const { code, err } = await bench.cli('trace', COI, '--as', 'payer.registrar', '--json');
    expect(JSON.parse(err)).toMatchObject({ code: 'NOT_ENTITLED', found: 'PayerMSP registrar' });
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
    await requireDone(here(...init, ...own));
    const { err } = await requireDone(here('read', '/v1/organisations', ...own));
    expect(err).toBe('as lab.registrar\n');
  });
});

describe('the turnaround at the command line', () => {
  test('tells each step of one therapy, and by organisation over all', async () => {
    const one = await requireDone(bench.cli('turnaround', COI, ...TECHNICIAN));
    expect(one.out).toMatch(/^enrolment +on-time/mu);
    expect(one.out).toMatch(/^pathology +waiting .*HospitalMSP/mu);
    const all = await requireDone(bench.cli('turnaround', ...TECHNICIAN));
    expect(all.out).toMatch(/collection +ClinicMSP +1 +0/u);
    expect(all.out).not.toContain(COI);
  });

  test('is exported without the few, to a file that is not there yet', async () => {
    const file = join(bench.folder, 'turnaround.json');
    const words = ['turnaround', '--export', file, ...TECHNICIAN];
    expect((await requireDone(bench.cli(...words))).out).toContain('wrote 0 cells');
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ smallestCell: 5, cells: [] });
    expect((await bench.cli(...words)).code).toBe(2);
    expect((await bench.cli('turnaround', COI, '--export', `${file}-2`, ...TECHNICIAN)).code).toBe(
      2,
    );
  });
});

describe('what waits for a signature', () => {
  const QUALITY = ['--as', 'manufacturer.quality'];
  const SECOND = ['--as', 'clinic.second'];
  interface Queued {
    readonly id: string;
    readonly act: string;
    readonly subject: string;
  }
  const queueOf = async (who: readonly string[]) =>
    JSON.parse((await done('waiting', ...who, '--json')).out) as readonly Queued[];
  const nameOf = ({ id }: Pick<Queued, 'id'>) => `${COI}/${id.slice(0, 10)}`;
  const codeIn = ({ out }: { readonly out: string }) => / --seen (\S+)$/mu.exec(out)?.[1] ?? '';

  test('is listed for whoever may give it, over all their therapies', async () => {
    await done('enrol', 'clinic.second', '--roles', 'collector', '--as', 'clinic.registrar');
    const { out } = await done('waiting', ...SECOND);
    expect(out).toMatch(
      new RegExp(
        `^${COI}/\\S{10} +stopped +custody:ConfirmCollection +item ${ITEM} .*session`,
        'mu',
      ),
    );
    // whoever took the samples does not confirm them
    const own = (await queueOf(COLLECTOR)).map(({ act }) => act);
    expect(own).not.toContain('custody:ConfirmCollection');
  });

  test('is signed one by one after one look, and not before it', async () => {
    const names = (await queueOf(SECOND))
      .filter(({ act }) => act === 'custody:ConfirmCollection')
      .map(nameOf);
    expect(names).toHaveLength(2);
    const look = await done('sign', ...names, ...SECOND);
    expect(look.out).toMatch(/means +Review: I saw that this sample was taken/u);
    for (const item of [ITEM, SECOND_ITEM]) expect(look.out).toContain(`"item": "${item}"`);
    expect((await queueOf(SECOND)).map(nameOf)).toEqual(expect.arrayContaining([...names]));
    const other = await bench.cli('sign', names[0] ?? '', '--seen', codeIn(look), ...SECOND);
    expect(other.err).toContain('NOT_AS_SEEN');
    const signed = await done('sign', ...names, '--seen', codeIn(look), ...SECOND);
    expect(signed.out.match(/custody:ConfirmCollection by clinic\.second/gu)).toHaveLength(2);
    const left = (await queueOf(SECOND)).map(({ act }) => act);
    expect(left).not.toContain('custody:ConfirmCollection');
    const again = await bench.cli('sign', ...names, '--seen', codeIn(look), ...SECOND);
    expect(again.err).toContain('NOT_WAITING');
  });

  test('leaves what is decided to whoever signs, and shows it with the rest', async () => {
    await bench.cli('enrol', 'manufacturer.quality', '--roles', 'quality');
    const found = (await queueOf(QUALITY)).find(
      ({ act, subject }) =>
        act === 'manufacturing:RecordDisposition' && subject === `item ${SECOND_ITEM}`,
    );
    const words = ['sign', nameOf({ id: found?.id ?? '' }), ...QUALITY];
    const bare = await done(...words);
    expect(bare.out).toMatch(/lacks +decision/u);
    expect(codeIn(bare)).toBe('');
    const decided = [...words, '--body', '{"decision":"reject"}'];
    const look = await done(...decided);
    expect(look.out).toMatch(/by +own electronic signature$/mu);
    expect(look.out).toContain('"decision": "reject"');
    const { out } = await done(...decided, '--seen', codeIn(look));
    expect(out).toMatch(/^permitted +manufacturing:RecordDisposition by manufacturer\.quality$/mu);
  });
});
