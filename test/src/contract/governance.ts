import { describe, expect, it } from '@jest/globals';
import {
  carry,
  castVote,
  closeSession,
  enrolmentBody,
  propose,
  provenKeys,
  registrarOf,
  send,
  shippedProcesses,
  signMessage,
} from '#scripts';
import {
  type Change,
  type JwsAlgorithm,
  type Organisation,
  processHash,
  type Proposal,
  type Tally,
} from '@veinledger/domain';
import { generateActorKeys, nativeSigner, signCommand } from '@veinledger/client/node';
import { expectError, expectPermitted, expectRefused } from '../support/refusals.js';
import type { World } from '../support/world.js';

/** More than half of the six members. */
const FOUR = ['LabMSP', 'HospitalMSP', 'ManufacturerMSP', 'CourierMSP'] as const;

/** What no registrar decides alone: organisations, their roles, process definitions. */
export function governanceChapter(world: () => World): void {
  const submitter = () => world().bench.submitter;
  const registrar = (mspId: string) => registrarOf(world().bench.consortium, mspId);
  const reader = { mspId: 'PayerMSP', label: 'payer' };
  const member = async (id: string) => {
    const all = await submitter().read<Organisation[]>(reader, 'registry:ListOrganisations');
    return all.find((each) => each.id === id);
  };
  const proposal = (id: string) =>
    submitter().read<Proposal & { readonly tally: Tally }>(reader, 'registry:ReadProposal', id);
  const enrol = async (actor: string, role: 'coordinator') => {
    const body = await enrolmentBody(
      submitter().network,
      { id: actor, roles: [role] },
      generateActorKeys(),
    );
    return send(submitter(), registrar('LabMSP'), { type: 'registry:EnrolActor', body });
  };
  const passed = async (motion: { proposal: string; change: Change }) => {
    const answers = await carry(submitter(), world().bench.consortium, motion, FOUR);
    for (const each of answers) expectPermitted(each);
    return answers;
  };

  describe('governance', () => {
    const grant = {
      proposal: 'grant-lab-coordinator',
      change: {
        kind: 'set-grantable-roles',
        organisation: 'LabMSP',
        grantable: ['lab', 'designer', 'registrar', 'coordinator'],
      } satisfies Change,
    };

    it('one registrar alone grants no role that the consortium did not allow', async () => {
      expectRefused(await enrol('lab.coordinator', 'coordinator'), 'ROLE_NOT_GRANTABLE');
      expectPermitted(await propose(submitter(), registrar('LabMSP'), grant));
      expectRefused(await castVote(submitter(), registrar('LabMSP'), grant), 'ALREADY_VOTED');
      expectRefused(await enrol('lab.coordinator', 'coordinator'), 'ROLE_NOT_GRANTABLE');
      expect(await proposal(grant.proposal)).toMatchObject({
        state: 'open',
        replaces: { grantable: ['lab', 'designer', 'registrar'] },
        tally: { members: 6, needed: 4, approve: 1, reject: 0 },
      });
    });

    it('votes that come at once are counted one by one, and the fourth of six takes effect', async () => {
      const [, ...others] = FOUR;
      const voted = await Promise.all(
        others.map((each) => castVote(submitter(), registrar(each), grant)),
      );
      for (const each of voted) expectPermitted(each);
      const deciding = voted.filter(({ receipt }) =>
        receipt.changed.includes('organisation LabMSP'),
      );
      expect(deciding).toHaveLength(1);
      expect(await proposal(grant.proposal)).toMatchObject({
        state: 'in-effect',
        decided: { command: deciding[0]?.receipt.commandId },
        tally: { members: 6, needed: 4, approve: 4, reject: 0 },
      });
      expectPermitted(await enrol('lab.coordinator', 'coordinator'));
      expectRefused(await castVote(submitter(), registrar('PayerMSP'), grant), 'PROPOSAL_CLOSED');
    });

    it('a process definition is published when members agreed on its hash, and no other', async () => {
      const [shipped] = shippedProcesses();
      if (!shipped) throw new Error('no process ships');
      const definition = { ...shipped, version: '1.1', bedsideMinutes: 10 };
      const publish = { type: 'process:Publish', body: { definition } };
      expectRefused(await send(submitter(), registrar('LabMSP'), publish), 'PROCESS_NOT_AGREED');
      const { id: process, version } = definition;
      const hash = processHash(definition);
      await passed({
        proposal: 'agree-pcv-mrna-1-1',
        change: { kind: 'agree-process', process, version, hash },
      });
      const other = { definition: { ...definition, bedsideMinutes: 60 } };
      expectRefused(
        await send(submitter(), registrar('LabMSP'), { ...publish, body: other }),
        'PROCESS_NOT_AGREED',
      );
      expectPermitted(await send(submitter(), registrar('LabMSP'), publish));
      const read = await submitter().read(reader, 'process:Read', process, version);
      expect(read).toMatchObject({ hash, publishedBy: 'lab.registrar' });
    });

    it('an organisation is admitted with a registrar who holds both keys', async () => {
      const [keys, others] = [generateActorKeys(), generateActorKeys()];
      const admission = (proven: Awaited<ReturnType<typeof provenKeys>>) => ({
        proposal: 'admit-clinic',
        change: {
          kind: 'admit-organisation',
          organisation: 'ClinicMSP',
          country: 'AT',
          grantable: ['patient', 'clinician'],
          registrar: { actor: 'clinic.registrar', ...proven },
        } satisfies Change,
      });
      const proven = await provenKeys(submitter().network, 'clinic.registrar', keys);
      const stolen = { ...proven, keys: others.public };
      await expectError(
        propose(submitter(), registrar('LabMSP'), admission(stolen)),
        'UNKNOWN_KEY',
      );
      await passed(admission(proven));
      expect(await member('ClinicMSP')).toMatchObject({ country: 'AT', standing: 'active' });
      const clinic = await submitter().read(reader, 'registry:ReadActor', 'clinic.registrar');
      expect(clinic).toMatchObject({ organisation: 'ClinicMSP', keys: keys.public });
    });

    it('a command is signed by the algorithms that members require, and by no other', async () => {
      const { labTechnician } = world().cast;
      const run = (id: string) => ({
        type: 'manufacturing:RegisterRun',
        body: { run: id, flowCell: 'FC-1', instrument: 'S-1' },
      });
      const sign = (id: string, algorithms?: readonly JwsAlgorithm[]) => {
        const signer = nativeSigner(labTechnician.keys);
        const author = { network: submitter().network, actor: labTechnician.id, signer };
        return signCommand(algorithms ? { ...author, algorithms } : author, run(id));
      };
      const submit = async (id: string, algorithms?: readonly JwsAlgorithm[]) =>
        submitter().submit(labTechnician, await sign(id, algorithms));
      await expectError(submit('run-of-one', ['ML-DSA-65']), 'SIGNATURE_MISSING');
      const adopted = {
        proposal: 'require-slh-dsa',
        change: { kind: 'require-algorithm', algorithm: 'SLH-DSA-SHA2-128s' } satisfies Change,
      };
      expectRefused(await propose(submitter(), registrar('LabMSP'), adopted), 'ALGORITHM_UNKNOWN');
      await passed({
        proposal: 'disallow-ed25519',
        change: { kind: 'disallow-algorithm', algorithm: 'Ed25519', replacedBy: 'ML-DSA-65' },
      });
      expect(await submitter().read(reader, 'registry:ListAlgorithms')).toEqual([
        { id: 'Ed25519', status: 'disallowed', replacedBy: 'ML-DSA-65' },
        { id: 'ML-DSA-65', status: 'required' },
      ]);
      await expectError(submit('run-of-both'), 'ALGORITHM_REFUSED');
      const alone = await submit('run-of-one', ['ML-DSA-65']);
      expect(alone.receipt).toMatchObject({ decision: 'recorded', actor: labTechnician.id });
      const back = {
        proposal: 'require-ed25519',
        change: { kind: 'require-algorithm', algorithm: 'Ed25519' } satisfies Change,
      };
      const [proposer, ...others] = FOUR;
      const one = ['ML-DSA-65'] as const;
      expectPermitted(await propose(submitter(), registrar(proposer), back, one));
      for (const each of others) {
        expectPermitted(await castVote(submitter(), registrar(each), back, 'approve', one));
      }
      expect((await submit('run-of-both')).receipt).toMatchObject({ decision: 'recorded' });
    });

    it('a suspended organisation says and relays nothing, has no vote, still reads, and comes back', async () => {
      const { payer } = world().cast;
      const change = { organisation: 'PayerMSP' } as const;
      await passed({
        proposal: 'suspend-payer',
        change: { ...change, kind: 'suspend-organisation', reason: 'inspection' },
      });
      expect(await member('PayerMSP')).toMatchObject({ standing: 'suspended' });
      const say = () => closeSession(submitter(), payer, { id: 'payer.tablet' });
      await expectError(say(), 'ORGANISATION_SUSPENDED');
      const back = {
        proposal: 'reinstate-payer',
        change: { ...change, kind: 'reinstate-organisation' } satisfies Change,
      };
      const own = propose(submitter(), registrar('PayerMSP'), back);
      await expectError(own, 'ORGANISATION_SUSPENDED');

      const patient = await world().enrolPatient('patient-of-suspended');
      const withdraw = { type: 'consent:WithdrawConsent', body: { purpose: 'RESEARCH' } };
      const signed = await signMessage(submitter().network, patient, withdraw);
      const invocation = submitter().invocation(patient, signed);
      const relayed = world().bench.ledger.submit({
        ...invocation,
        submitter: submitter().identity('PayerMSP', 'relay'),
      });
      await expectError(relayed, 'ORGANISATION_SUSPENDED');
      // any other member carries it
      expect((await submitter().submit(patient, signed)).receipt).toMatchObject({
        decision: 'recorded',
      });

      await passed(back);
      expectRefused(await say(), 'NO_OPEN_SESSION');
    });
  });
}
