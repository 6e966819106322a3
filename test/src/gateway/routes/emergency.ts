import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enrol, type Person } from '#scripts';
import { expect, test } from '@jest/globals';
import { writeActorKeys } from '@veinledger/client/node';
import { type CommandRecord, readCard } from '@veinledger/domain';
import { here } from '../../cli/cli.fixture.js';
import type { RoutesChapter } from './stage.js';

/** Care elsewhere: the card in the wallet, and what a physician there opens by it. */
export const emergencyRoutes: RoutesChapter = (stage) => {
  test('carry a wallet card, by which a physician elsewhere opens the therapy', async () => {
    const { bench, submitter, cast, journey, patient } = stage();
    const enrolled = (id: string) =>
      enrol(submitter, bench.consortium, {
        ...{ id, organisation: 'RegulatorMSP', roles: ['clinician'] },
      });
    const physician = await enrolled('elsewhere.clinician');
    const colleague = await enrolled('elsewhere.clinician-2');
    const home = await mkdtemp(join(tmpdir(), 'veinledger-card-'));
    try {
      await mkdir(join(home, 'keys'));
      await mkdir(join(home, 'consortium'));
      await writeFile(join(home, 'consortium', 'root.json'), JSON.stringify(bench.consortium.root));
      for (const { id, keys } of [cast.nurse, physician])
        await writeActorKeys(join(home, 'keys', `${id}.json`), keys);
      const common = ['--home', home, '--gateway', bench.gateway.url];
      const issue = ['card', 'issue', journey.coi, '--as', cast.nurse.id, '--to', home];
      const issued = await here(...issue, ...common, '--json');
      expect(issued).toMatchObject({ code: 0, err: '' });
      const { code = '', page = '' } = JSON.parse(issued.out) as Record<string, string>;
      expect(readCard(code)).toEqual({
        ...{ v: 1, card: 'emergency-access', coi: journey.coi, patient: patient.id },
        ...{ network: bench.consortium.root.network, gateway: bench.gateway.url },
      });
      const printed = await readFile(page, 'utf8');
      expect(printed).toMatch(/<svg[^]*lang="ja"/u);
      for (const told of [journey.coi, patient.id, bench.gateway.url, 'pcv-mrna'])
        expect(printed).toContain(told);
      for (const untold of ['Hospital', 'tumour', 'cancer', '癌', 'がん', cast.nurse.id])
        expect(printed).not.toContain(untold);
      const because = ['--reason', 'patient-cannot-tell', '--explanation', 'unconscious'];
      const by = ['--as', physician.id, '--id', 'access-1', ...because, ...common];
      const open = (card: string) => here('card', 'open', card, ...by);
      expect(await open('{"v":1}')).toMatchObject({
        ...{ code: 1, err: expect.stringContaining('NO_CARD') },
      });
      expect(await open(code.replace(bench.consortium.root.network, 'another'))).toMatchObject({
        ...{ code: 1, err: expect.stringContaining('OTHER_NETWORK') },
      });
      expect(await open(code)).toMatchObject({ code: 0, err: '' });
    } finally {
      await rm(home, { recursive: true });
    }
    const again = (by: Person) =>
      journey.say(
        by,
        'care:OpenEmergencyAccess',
        { emergencyAccess: 'access-2', reason: 'treatment-cannot-wait' },
        { annexes: { explanation: { explanation: 'still unconscious' } } },
      );
    expect((await again(physician)).receipt.reasons).toMatchObject([{ code: 'ALREADY_ADMITTED' }]);
    expect((await again(colleague)).receipt.reasons).toEqual([]);
    const reviewed = await journey.say(
      cast.reviewer,
      'quality:ReviewEmergencyAccess',
      { emergencyAccess: 'access-1', finding: 'justified' },
      { annexes: { investigation: { explanation: 'looked into', evidence: [] } } },
    );
    expect(reviewed.receipt.reasons).toEqual([]);
  });

  test('take an assignment to an arm and an unblinding, which deviate where nothing is blinded', async () => {
    const { cast, journey } = stage();
    const codesOf = ({ receipt }: { readonly receipt: Pick<CommandRecord, 'deviations'> }) =>
      receipt.deviations.map(({ code }) => code);
    const arm = { annexes: { arm: { arm: 'active' } } };
    const assigned = await journey.say(cast.pharmacist, 'therapy:AssignArm', {}, arm);
    expect(codesOf(assigned)).toEqual(['NOT_BLINDED']);
    const unblinded = await journey.say(
      cast.clinician,
      'care:Unblind',
      { reason: 'serious-adverse-event' },
      { annexes: { explanation: { explanation: 'anaphylaxis' } } },
    );
    expect(codesOf(unblinded)).toEqual(['NOT_BLINDED']);
  });
};
