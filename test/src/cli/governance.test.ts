import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shippedProcesses } from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CliBench, cliBench, requireDone, veinledger } from './cli.fixture.js';

/** Six that ship and the clinic: four of seven carry a change. */
const VOTERS = ['hospital', 'manufacturer', 'courier'];
const LAB = ['--as', 'lab.registrar'];

let bench: CliBench;
const done = (...args: readonly string[]) => requireDone(bench.cli(...args));
const vote = (member: string, proposal: string, choice = 'approve') =>
  done('vote', proposal, choice, '--as', `${member}.registrar`);
const carry = async (proposal: string) => {
  for (const member of VOTERS) await vote(member, proposal);
};
const listed = async (...args: readonly string[]) =>
  JSON.parse((await done('proposals', '--json', ...LAB, ...args)).out) as { id: string }[];

beforeAll(async () => {
  bench = await cliBench('ClinicMSP:DE:patient,collector,clinician');
});
afterAll(() => bench.close());

describe('a registrar at the command line', () => {
  test('proposes what no registrar decides alone, and sees who is missing', async () => {
    const alone = await bench.cli('enrol', 'lab.quality', '--roles', 'quality');
    expect(alone.err).toContain('reason    ROLE_NOT_GRANTABLE (role quality)');
    expect(alone.code).toBe(3);
    const { out } = await done(
      ...['propose', 'roles', 'LabMSP', '--roles', 'lab,designer,quality,registrar'],
      ...['--name', 'grant-lab', '--days', '3', ...LAB],
    );
    expect(out).toMatch(
      /^proposal grant-lab: let LabMSP grant lab, designer, quality, registrar\npermitted {2}registry:Propose/u,
    );
    const { out: seen } = await done('proposals', '--as', 'payer.registrar');
    expect(seen).toMatch(
      /^grant-lab +open +1 of 4 +0 +3 +20\S+Z +LabMSP approve +your vote\ngrant-lab: let LabMSP grant/mu,
    );
    expect((await done('proposals', ...LAB)).out).not.toContain('your vote');
    expect((await done('proposals', '--awaiting', ...LAB)).out).toBe(
      'nothing waits for your vote\n',
    );
  });

  test('votes for the organisation, and the fourth of seven takes effect', async () => {
    const rejected = await vote('payer', 'grant-lab', 'reject');
    expect(rejected.out).toMatch(/^reject {2}grant-lab: let LabMSP[^]*needs +4 of 7 members/u);
    await carry('grant-lab');
    expect(await listed()).toEqual([]);
    expect(await listed('--all')).toMatchObject([
      { id: 'grant-lab', state: 'in-effect', tally: { approve: 4, reject: 1 }, awaitsYou: false },
    ]);
    await done('enrol', 'lab.quality', '--roles', 'quality');
    const late = await bench.cli('vote', 'grant-lab', 'approve', '--as', 'clinic.registrar');
    expect(late.err).toContain('reason    PROPOSAL_CLOSED (proposal grant-lab)');
    expect(late.code).toBe(3);
  });

  test('agrees on a process definition only where the file is the one that is voted on', async () => {
    const [shipped] = shippedProcesses();
    const file = join(bench.folder, 'process.json');
    const other = join(bench.folder, 'other.json');
    await writeFile(file, JSON.stringify({ ...shipped, version: '1.1' }));
    await writeFile(other, JSON.stringify({ ...shipped, version: '1.1', bedsideMinutes: 60 }));
    await done('propose', 'process', file, '--name', 'process-1-1', ...LAB);
    const as = ['--as', 'hospital.registrar'];
    const wrong = await bench.cli('vote', 'process-1-1', 'approve', '--definition', other, ...as);
    expect(wrong.err).toMatch(/^OTHER_DEFINITION: .*nothing was signed/u);
    expect(wrong.code).toBe(1);
    await done('vote', 'process-1-1', 'approve', '--definition', file, ...as);
    await vote('manufacturer', 'process-1-1');
    const definition = { ...shipped, version: '1.1' };
    const publish = ['send', 'process:Publish', '--body', JSON.stringify({ definition })];
    const early = await bench.cli(...publish, ...LAB);
    expect(early.err).toContain('PROCESS_NOT_AGREED (process pcv-mrna 1.1)');
    await vote('courier', 'process-1-1');
    await done(...publish, ...LAB);
    // it can be ordered by: whatever else is missing, the process is not
    await done('enrol', '--organisation', 'ClinicMSP', '--as', 'clinic.registrar');
    const ordering = ['order', '--patient', 'patient-1', '--process', 'pcv-mrna@1.1'];
    const dose = ['--dose', '1:50:4012345000016:4012345000023:slot-1'];
    const ordered = await bench.cli(...ordering, ...dose, '--as', 'clinic.clinician');
    expect(ordered.err).toContain('NOT_A_PATIENT');
    expect(ordered.err).not.toContain('PROCESS');
  });

  test('admits an organisation by what its registrar made in a home of their own', async () => {
    const theirs = join(bench.folder, 'ward');
    const application = join(bench.folder, 'ward.json');
    const root = join(bench.home, 'consortium', 'root.json');
    await requireDone(
      veinledger(
        'candidate',
        'ward.registrar',
        '--out',
        application,
        '--root',
        root,
        '--home',
        theirs,
      ),
    );
    await done(
      ...['propose', 'admit', 'WardMSP', '--country', 'AT', '--roles', 'nurse'],
      ...['--registrar', application, '--name', 'admit-ward', ...LAB],
    );
    await carry('admit-ward');
    const organisations = await done('read', '/v1/organisations', '--json', ...LAB);
    expect(JSON.parse(organisations.out)).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ id: 'WardMSP', country: 'AT', standing: 'active' }),
      ]) as unknown,
    });
    const registrar = await done('show', 'actor', 'ward.registrar', ...LAB);
    expect(registrar.out).toMatch(/^organisation +WardMSP$/mu);
    // known by its keys; it speaks through a gateway of its own, or one that holds an identity of it
    const asWard = ['--home', theirs, '--gateway', bench.url, '--as', 'ward.registrar'];
    const own = await veinledger('proposals', ...asWard);
    expect(own.err).toMatch(/^NO_IDENTITY: [^]*WardMSP as registrar/u);
  });

  test('sees a suspended organisation turned away', async () => {
    const suspend = ['propose', 'suspend', 'PayerMSP', '--reason', 'inspection'];
    await done(...suspend, '--name', 'suspend-payer', ...LAB);
    await carry('suspend-payer');
    // five of eight, since the ward is one of them
    await vote('clinic', 'suspend-payer');
    const { code, err } = await bench.cli(
      'vote',
      'suspend-payer',
      'reject',
      '--as',
      'payer.registrar',
    );
    expect(err).toMatch(/^ORGANISATION_SUSPENDED: /u);
    expect(code).toBe(4);
  });
});
