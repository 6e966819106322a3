import { common } from '@hyperledger/fabric-protos';
import type { ReplayState, UncheckedCode } from '@veinledger/chaincode/replay';
import { hashHeader } from '../fabric/block-hash.js';
import type { RawBlock } from '../fabric/parse/block.js';
import { LedgerError } from '../port.js';
import { blockFindings } from './block-check.js';
import { readConfigBlock, readGenesis } from './configuration/config-block.js';
import { Configuration } from './configuration/configuration.js';
import { updateFault } from './configuration/update.js';
import { type Copy, copyFindings } from './copies.js';
import type { AuditFinding } from './finding.js';
import type { AuditedMember } from './member.js';
import { transactionFindings } from './transaction-check.js';
import { Validity } from './validity.js';

/** Walks several members' copies of a channel, block by block. */
export class ChainAudit {
  readonly findings: AuditFinding[] = [];
  readonly uncheckedCodes: UncheckedCode[] = [];
  readonly #genesisHash: string;
  readonly #validity = new Validity();
  #configuration: Configuration;
  #configurations = 1;
  #previousHash = '';
  #statesDiffer = false;
  #ordering = 0;
  #endorsements = 0;

  private constructor(genesis: RawBlock, configuration: Configuration) {
    this.#genesisHash = hashHeader(genesis);
    this.#configuration = configuration;
  }

  /** Throws an Error when the block is no channel's first. */
  static async from(genesis: RawBlock): Promise<ChainAudit> {
    return new ChainAudit(genesis, await readGenesis(genesis));
  }

  get channel(): string {
    return this.#configuration.channel;
  }

  get configurations(): number {
    return this.#configurations;
  }

  get signatures(): { readonly ordering: number; readonly endorsements: number } {
    return { ordering: this.#ordering, endorsements: this.#endorsements };
  }

  /** What valid transactions have written to a chaincode's state. */
  stateOf(chaincode: string): ReplayState {
    return this.#validity.stateOf(chaincode);
  }

  /**
   * Checks the next block at the members that have it, and gives the copy to go on with, with recomputed validation codes.
   * Throws a LedgerError of kind `contract` when no member can read it.
   */
  async next(number: number, members: readonly AuditedMember[]): Promise<RawBlock> {
    const copies = await Promise.all(members.map((each) => this.#fetch(each, number)));
    const accepted = copies.find(({ sound }) => sound) ?? copies.find(({ block }) => block);
    const block = accepted?.block;
    if (block === undefined) {
      throw new LedgerError('contract', `block ${number}: no member can read it`);
    }
    const examined = this.#validity.block(block, this.#configuration, block.validationCodes);
    const codes = examined.codes.map((code, index) => code ?? block.validationCodes[index] ?? 255);
    this.findings.push(
      ...transactionFindings(number, examined, copies),
      ...copyFindings(copies, { commitHashes: !this.#statesDiffer }),
    );
    this.#statesDiffer ||= this.findings.at(-1)?.subject === 'commitHash';
    this.#note(block, examined);
    if (number > 0) await this.#configure(block);
    this.#previousHash = hashHeader(block);
    return { ...block, validationCodes: Uint8Array.from(codes) };
  }

  async #fetch(member: AuditedMember, number: number): Promise<Copy> {
    try {
      const block = await member.block(number);
      const findings = blockFindings(block, member.name, {
        number,
        previousHash: this.#previousHash,
        genesisHash: this.#genesisHash,
        configuration: this.#configuration,
      });
      this.findings.push(...findings);
      return { member: member.name, block, sound: findings.length === 0 };
    } catch (error) {
      if (!(error instanceof LedgerError) || error.kind !== 'contract') throw error;
      this.findings.push({
        kind: 'unreadable-block',
        member: member.name,
        block: number,
        subject: 'block',
        expected: 'a block that can be read',
        found: error.message,
      });
      return { member: member.name, sound: false };
    }
  }

  /** A configuration block rules from the next block on, also when something is wrong with it: that was said. */
  async #configure(block: RawBlock): Promise<void> {
    const next = readConfigBlock(block);
    if (next === undefined) return;
    const fault = updateFault(this.#configuration, next);
    if (fault !== undefined) {
      const expected = 'a configuration made by those who may';
      const place = { block: block.number, subject: 'configuration' };
      this.findings.push({ kind: 'configuration', ...place, expected, found: fault });
    }
    this.#configurations += 1;
    const place = { channel: next.channel, block: block.number };
    this.#configuration = await Configuration.read(place, next.config);
  }

  #note(block: RawBlock, examined: ReturnType<Validity['block']>): void {
    const bytes = block.metadata[common.BlockMetadataIndex.SIGNATURES] ?? new Uint8Array();
    this.#ordering += common.Metadata.deserializeBinary(bytes).getSignaturesList().length;
    examined.codes.forEach((code, index) => {
      const { transactionId = '', endorsements = 0 } = examined.transactions[index] ?? {};
      this.#endorsements += endorsements;
      if (code !== undefined) return;
      const validationCode = block.validationCodes[index] ?? 255;
      this.uncheckedCodes.push({ block: block.number, transactionId, validationCode });
    });
  }
}
