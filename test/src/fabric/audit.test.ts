import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { common, msp, type peer } from '@hyperledger/fabric-protos';
import { channelOf, runCommandLine } from '#scripts';
import type { SubmitterIdentity } from '@veinledger/ledger';
import {
  type AuditedMember,
  type AuditFinding,
  type PeerMember,
} from '@veinledger/ledger/fabric-audit';
import {
  lowSSigner,
  type RawBlock,
  readBlock,
  readRawBlock,
} from '@veinledger/ledger/fabric-gateway';
import { readWallet } from '@veinledger/network/identities';
import {
  asItIs,
  flipped,
  signedAnew,
  withAction,
  withBlock,
  withEnvelope,
  withHeight,
  withMetadata,
  withSignatures,
} from '../support/altered-blocks.js';
import { audited, auditedMembers } from '../support/audited.js';
import { editBlocks } from '../support/edited-files.js';
import { type FabricBench, fabricBench } from '../support/fabric.js';
import { type OrderingKey, orderingKeys } from '../support/ordering-keys.js';
import { World } from '../support/world.js';

type Change = (payload: peer.ChaincodeActionPayload) => void | Promise<void>;

const { COMMIT_HASH } = common.BlockMetadataIndex;

describe('an audit by two members', () => {
  let bench: FabricBench;
  let world: World;
  let genesis: RawBlock;
  let keys: OrderingKey[];
  let creator: SubmitterIdentity;
  let members: PeerMember[];
  let late: AuditedMember;
  let last: RawBlock;

  beforeAll(async () => {
    bench = await fabricBench();
    world = await World.open(bench);
    members = await auditedMembers(bench, ['HospitalMSP', 'LabMSP']);
    const [first, second] = members;
    if (!first || !second) throw new Error('there are not two members');
    late = await asItIs(second);
    await world.sampledTherapy();
    genesis = readRawBlock(await readFile(channelOf(bench.connection).genesisBlock));
    keys = await orderingKeys(bench.home.directory, genesis);
    last = await membersBlock((await first.height()) - 1);
    creator = await creatorOf(last, bench);
  });

  afterAll(async () => {
    for (const member of members) member.close();
    await bench.close();
  });

  async function membersBlock(number: number): Promise<RawBlock> {
    const [first] = members;
    if (first === undefined) throw new Error('there is no member');
    return first.block(number);
  }

  const audit = (at: readonly AuditedMember[] = members) => audited(bench, at);

  /** What is found when the second member's copy of a block is another one. */
  async function foundWith(altered: RawBlock): Promise<readonly AuditFinding[]> {
    const [first, second] = members;
    if (!first || !second) throw new Error('there are not two members');
    const { findings } = await audit([first, withBlock(second, altered)]);
    return findings;
  }

  /** What is found when every member's last block is one that all ordering nodes signed. */
  async function foundWithConspiracy(envelope: Uint8Array): Promise<readonly AuditFinding[]> {
    const altered = await signedAnew(withEnvelope(last, envelope), keys);
    const { findings } = await audit(members.map((each) => withBlock(each, altered)));
    return findings;
  }

  const kinds = (findings: readonly AuditFinding[]) =>
    findings.map(({ kind, member, block, subject }) => [kind, member, block, subject]);

  test('finds nothing on a clean network, and takes no code on anybody’s word', async () => {
    const report = await audit();
    expect(report.findings).toEqual([]);
    expect(report.uncheckedCodes).toEqual([]);
    expect(report.replay.commands).toBeGreaterThan(20);
    expect(report.signatures.ordering).toBeGreaterThanOrEqual(3 * (report.height - 1));
    expect(report.behind).toEqual([]);
    expect(report.sound).toBe(true);
  });

  test('says who is behind, which is no difference, and goes on with those who are not', async () => {
    const [first] = members;
    if (!first) throw new Error('there is no member');
    for (const order of [[first, late] as const, [late, first] as const]) {
      const { behind, height, findings } = await audit(order);
      const ahead = [{ member: first.name, height: last.number + 1 }];
      expect(behind).toEqual([{ member: late.name, height: await late.height(), ahead }]);
      expect(height).toBe(last.number + 1);
      expect(findings).toEqual([]);
    }
  });

  test('names the member that says it has more blocks than it serves', async () => {
    const [first, second] = members;
    if (!first || !second) throw new Error('there are not two members');
    const found = kinds((await audit([first, withHeight(second, 2)])).findings);
    expect(found).toEqual([['unreadable-block', second.name, last.number + 1, 'block']]);
  });

  describe('names the member whose copy of a block is another one', () => {
    test('by one byte of a transaction', async () => {
      const envelopes = last.envelopes.map((each) => flipped(each, each.length >> 1));
      const found = kinds(await foundWith({ ...last, envelopes }));
      expect(found).toEqual([['data-hash', members[1]?.name, last.number, 'dataHash']]);
    });

    test('by one byte of a transaction, with a header that stands for it', async () => {
      const [first = new Uint8Array()] = last.envelopes;
      const found = await foundWith(withEnvelope(last, flipped(first, first.length >> 1)));
      expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(['ordering-signature']));
      expect(found.at(-1)).toMatchObject({ expected: '3 of 4 ordering nodes', found: '0' });
    });

    test('by the hash of the block before', async () => {
      const found = kinds(await foundWith({ ...last, previousHash: flipped(last.previousHash) }));
      expect(found[0]).toEqual(['chain', members[1]?.name, last.number, 'previousHash']);
      expect(found[1]).toEqual([
        'ordering-signature',
        members[1]?.name,
        last.number,
        'signature 0',
      ]);
    });

    test('by an ordering node’s signature that is none', async () => {
      const altered = withSignatures(last, (signatures) => {
        signatures[0]?.setSignature(flipped(signatures[0].getSignature_asU8()));
        return signatures;
      });
      const found = kinds(await foundWith(altered));
      expect(found[0]).toEqual([
        'ordering-signature',
        members[1]?.name,
        last.number,
        'signature 0',
      ]);
    });

    test('by signatures of fewer ordering nodes than a quorum', async () => {
      const [found] = await foundWith(withSignatures(last, (all) => all.slice(0, 2)));
      expect(found).toMatchObject({
        kind: 'ordering-signature',
        subject: 'signatures',
        found: '2',
      });
    });

    test('by one ordering node’s signature in three nodes’ names', async () => {
      const [one] = keys;
      const posing = keys.map(({ id }) => ({ id, privateKeyPem: one?.privateKeyPem ?? '' }));
      const found = await foundWith(await signedAnew(last, posing));
      expect(found.at(-1)).toMatchObject({ kind: 'ordering-signature', found: '1' });
    });

    test('by a validation code, which no ordering node signs', async () => {
      const altered = { ...last, validationCodes: Uint8Array.from([11]) };
      const [found, ...others] = await foundWith(altered);
      expect(others).toEqual([]);
      expect(found).toMatchObject({ member: members[1]?.name, block: last.number });
      expect(found).toMatchObject({ expected: 'VALID', found: 'MVCC_READ_CONFLICT' });
    });

    test('by the hash of what it committed', async () => {
      const altered = withMetadata(last, COMMIT_HASH, new Uint8Array());
      const found = kinds(await foundWith(altered));
      expect(found).toEqual([['members-differ', members[1]?.name, last.number, 'commitHash']]);
    });

    test('by its first block', async () => {
      const found = kinds(await foundWith({ ...genesis, number: 0, dataHash: new Uint8Array(32) }));
      expect(found[0]).toEqual(['genesis', members[1]?.name, 0, 'header']);
    });
  });

  describe('names what all members hold as valid, where every ordering node conspires', () => {
    test('and somebody else signs for a transaction’s creator', async () => {
      const [first = new Uint8Array()] = last.envelopes;
      const other = bench.submitter.identity('LabMSP', 'registrar');
      const forged = await withAction(first, () => undefined, other);
      const [found] = await foundWithConspiracy(forged);
      expect(found).toMatchObject({ kind: 'validation-code', found: 'VALID' });
      expect(found?.expected).toMatch(/^BAD_CREATOR_SIGNATURE/);
    });

    test('and the creator changes the command after it was endorsed', async () => {
      const found = await conspired((payload) => {
        const proposal = payload.getChaincodeProposalPayload_asU8();
        payload.setChaincodeProposalPayload(flipped(proposal, proposal.length >> 1));
      });
      expect(found?.expected).toMatch(/^INVALID_ENDORSER_TRANSACTION \(proposal: /);
    });

    test('and the creator changes what was endorsed', async () => {
      const found = await conspired((payload) => {
        const action = payload.getAction();
        const response = action?.getProposalResponsePayload_asU8() ?? new Uint8Array();
        action?.setProposalResponsePayload(flipped(response, response.length - 3));
      });
      expect(found?.expected).toMatch(/^(ENDORSEMENT_POLICY_FAILURE|BAD_|INVALID_)/);
    });

    test('and the creator leaves an endorsement out', async () => {
      const found = await conspired((payload) => {
        const endorsements = payload.getAction()?.getEndorsementsList() ?? [];
        payload.getAction()?.setEndorsementsList(endorsements.slice(0, 1));
      });
      expect(found?.expected).toMatch(/^ENDORSEMENT_POLICY_FAILURE/);
    });

    test('and the creator counts one endorsement twice', async () => {
      const found = await conspired((payload) => {
        const [endorsement] = payload.getAction()?.getEndorsementsList() ?? [];
        if (endorsement) payload.getAction()?.setEndorsementsList([endorsement, endorsement]);
      });
      expect(found?.expected).toMatch(/^ENDORSEMENT_POLICY_FAILURE/);
    });

    test('and the creator endorses as a peer, which it is not', async () => {
      const found = await conspired(async (payload) => {
        const action = payload.getAction();
        const [, second] = action?.getEndorsementsList() ?? [];
        const identity = new msp.SerializedIdentity();
        identity.setMspid(creator.mspId);
        identity.setIdBytes(Buffer.from(creator.certificate));
        const endorser = identity.serializeBinary();
        const response = action?.getProposalResponsePayload_asU8() ?? new Uint8Array();
        const message = Buffer.concat([response, endorser]);
        second?.setEndorser(endorser);
        second?.setSignature(await lowSSigner(creator.privateKey)(message));
      });
      expect(found?.expected).toMatch(/^ENDORSEMENT_POLICY_FAILURE/);
    });

    test('and a transaction is ordered again', async () => {
      const earlier = await membersBlock(last.number - 1);
      const found = await foundWithConspiracy(earlier.envelopes[0] ?? new Uint8Array());
      expect(found[0]?.expected).toMatch(/^DUPLICATE_TXID/);
    });

    async function conspired(change: Change) {
      const [first = new Uint8Array()] = last.envelopes;
      const [found] = await foundWithConspiracy(await withAction(first, change, creator));
      return found;
    }
  });

  test('at the command line names the member whose block store was edited on disk', async () => {
    const [first, second] = members;
    if (!first || !second) throw new Error('there are not two members');
    const [envelope = new Uint8Array()] = last.envelopes;
    const command = envelope.subarray(envelope.length >> 1, (envelope.length >> 1) + 64);
    expect(await atCommandLine(bench)).toMatchObject({ exitCode: 0, report: { sound: true } });
    await editBlocks(bench, second, [command, flipped(command)]);
    const { exitCode, report } = await atCommandLine(bench);
    expect(exitCode).toBe(1);
    expect(report).toMatchObject({
      sound: false,
      findings: [{ kind: 'data-hash', member: second.name, block: last.number }],
    });
  });
});

/** The wallet's identity that sent the first transaction of a block. */
async function creatorOf(block: RawBlock, bench: FabricBench): Promise<SubmitterIdentity> {
  const [transaction] = readBlock(block, channelOf(bench.connection).chaincode.name).transactions;
  const { entries } = await readWallet(bench.wallet);
  const certificate = transaction?.creator.certificate;
  const found = entries.find(({ identity }) => identity.certificate === certificate);
  if (found === undefined) throw new Error('the wallet lacks the creator of the last block');
  return found.identity;
}

/** Audits as `veinledger audit` does, for programs. */
async function atCommandLine({ home, connection }: FabricBench) {
  const out: string[] = [];
  const terminal = { out: (line: string) => void out.push(line), error: () => undefined };
  const file = join(home.directory, 'network', 'connection.json');
  const peers = connection.peers.slice(0, 2).map(({ name }) => name);
  const words = ['audit', '--peers', peers.join(), '--connection', file, '--json'];
  const exitCode = await runCommandLine(words, terminal);
  return { exitCode, report: JSON.parse(out.join('\n')) as unknown };
}
