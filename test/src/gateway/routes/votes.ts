import { castVote, type Motion, propose, registrarOf } from '#scripts';
import { expect, test } from '@jest/globals';
import type { Proposal } from '@veinledger/domain';
import type { Page, RoutesChapter } from './stage.js';

/** What members vote on. */
export const votesRoutes: RoutesChapter = (stage) => {
  test('carry what members vote on, and list what waits for whom', async () => {
    const { bench, submitter, cast, patient } = stage();
    const { consortium } = bench;
    const lab = registrarOf(consortium, 'LabMSP');
    const motion = {
      proposal: 'lab-moves',
      change: { kind: 'set-country', organisation: 'LabMSP', country: 'AT' },
    } satisfies Motion;
    expect((await propose(submitter, lab, motion)).receipt.decision).toBe('permitted');
    const hospital = registrarOf(consortium, 'HospitalMSP');
    expect((await castVote(submitter, hospital, motion, 'reject')).receipt.decision).toBe(
      'permitted',
    );
    expect(
      await submitter.read(cast.nurse, 'readProposal', { proposal: 'lab-moves' }),
    ).toMatchObject({
      replaces: { country: 'DE' },
      tally: { members: 6, needed: 4, approve: 1, reject: 1 },
    });
    const idsOf = async (query: string) => {
      const { items } = await submitter.client(lab).read<Page<Proposal>>(`/v1/proposals${query}`);
      return items.map(({ id }) => id);
    };
    const other = { proposal: 'bring-lab-back', change: { ...motion.change, country: 'CH' } };
    await propose(submitter, hospital, other);
    expect(await idsOf('')).toEqual(['bring-lab-back', 'lab-moves', 'mrna-1-1']);
    expect(await idsOf('?awaits=LabMSP')).toEqual(['bring-lab-back']);
    expect(await idsOf('?state=rejected')).toEqual([]);
    expect(await idsOf('?kind=suspend-organisation')).toEqual([]);
    expect(await idsOf('?kind=set-country&state=open&limit=1')).toEqual(['bring-lab-back']);
    expect((await submitter.read<Page>(patient, 'listProposals')).items).toHaveLength(3);
    expect((await submitter.read<Page>(patient, 'listAlgorithms')).items).toEqual([
      { id: 'Ed25519', status: 'required' },
      { id: 'ML-DSA-65', status: 'required' },
    ]);
  });
};
