import { generateKeyPairSync } from 'node:crypto';
import { common } from '@hyperledger/fabric-protos';
import type { Invocation, Ledger, SubmitterIdentity } from '../port.js';
import { blockOf, envelopeOf } from '../fabric/block.fixture.js';
import { hashHeader } from '../fabric/block-hash.js';
import { FakePeer, type SharedChannel } from './fake-peer.fixture.js';
import { openFabricGateway } from './index.js';
import type { FabricOptions, FabricPeer } from '../fabric/options.js';
import { readBlock, readRawBlock } from '../fabric/parse/block.js';
import type { ReadProposal } from './proposal.fixture.js';
import { setOf } from '../fabric/read-write-set.fixture.js';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

export function submitterOf(mspId: string): SubmitterIdentity {
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { mspId, certificate: `certificate of ${mspId}`, privateKey: key };
}

/** The call of a hand-off by an organisation. */
export function handOff(mspId: string, ...args: string[]): Invocation {
  return { function: 'custody:ReleaseItem', args, submitter: submitterOf(mspId) };
}

/** What the members of a channel share: blocks, and orderers that put each transaction in one of its own. */
export class FakeNetwork implements SharedChannel {
  readonly blocks: Uint8Array[] = [
    blockOf(0, undefined, [envelopeOf({ transactionId: '', type: common.HeaderType.CONFIG })]),
  ];
  readonly submitted: string[] = [];
  /** of the next transactions; then all are valid */
  readonly validationCodes: number[] = [];
  readonly peers: FakePeer[] = [];
  readonly addresses: FabricPeer[] = [];
  /** runs a transaction at a height */
  contract = (input: readonly string[], height: number): string =>
    `${input.join(' ')} at ${height}`;

  static async start(...mspIds: string[]): Promise<FakeNetwork> {
    const network = new FakeNetwork();
    for (const mspId of mspIds) {
      const { peer, address } = await FakePeer.start(network, mspId);
      network.peers.push(peer);
      network.addresses.push(address);
    }
    return network;
  }

  open(options: Partial<FabricOptions> = {}): Ledger {
    return openFabricGateway({
      peers: this.addresses,
      channel: 'programme',
      chaincode: 'veinledger',
      reader: submitterOf(this.addresses[0]?.mspId ?? ''),
      ...options,
      deadlines: { submit: 2_000, commit: 500, failover: 2_000, ...options.deadlines },
    });
  }

  stop(): void {
    for (const peer of this.peers) peer.stop();
  }

  endorse({ chaincode, ...proposal }: ReadProposal, response: string): Uint8Array {
    const sets = { [chaincode]: setOf({ writes: { key: response } }) };
    return envelopeOf({ ...proposal, chaincode, response, sets });
  }

  order(transactionId: string, envelope: Uint8Array): void {
    this.submitted.push(transactionId);
    const code = this.validationCodes.shift() ?? 0;
    this.blocks.push(blockOf(this.blocks.length, this.blocks.at(-1), [envelope], [code]));
  }

  find(
    blocks: readonly Uint8Array[],
    transactionId: string,
  ): { block: number; code: 0 | 11 } | undefined {
    for (const bytes of blocks) {
      const { number, transactions } = readBlock(readRawBlock(bytes), 'veinledger');
      const found = transactions.find((each) => each.transactionId === transactionId);
      if (found !== undefined) return { block: number, code: found.validationCode as 0 | 11 };
    }
    return undefined;
  }

  /** Answers as the system chaincode `qscc` does. */
  query(blocks: readonly Uint8Array[], [name, , argument = '']: readonly string[]): Uint8Array {
    if (name === 'GetChainInfo') return chainInfo(blocks);
    const number =
      name === 'GetBlockByNumber' ? Number(argument) : this.find(blocks, argument)?.block;
    const block = number === undefined ? undefined : blocks[number];
    if (block !== undefined) return block;
    throw new Error(
      `chaincode response 500, Failed to get block for txID ${argument}, error no such transaction ID [${argument}] in index`,
    );
  }
}

function chainInfo(blocks: readonly Uint8Array[]): Uint8Array {
  const info = new common.BlockchainInfo();
  info.setHeight(blocks.length);
  const last = blocks.at(-1);
  if (last !== undefined)
    info.setCurrentblockhash(Buffer.from(hashHeader(readRawBlock(last)), 'hex'));
  return info.serializeBinary();
}
