import type { LedgerBlock } from '@veinledger/chaincode/replay';
import { readBlock } from '../fabric/parse/block.js';
import { LedgerError } from '../port.js';
import type { ChainAudit } from './chain-audit.js';
import type { AuditFinding } from './finding.js';
import { heightsOf } from './heights.js';
import type { AuditedMember } from './member.js';
import type { AuditOptions } from './options.js';
import { stateFindings } from './state-check.js';

/** How often states are read anew while members go on committing. */
const MAX_ROUNDS = 5;

type States = ReadonlyMap<AuditedMember, readonly AuditFinding[]>;

/**
 * Walks to the last block that any member has, each block at those that have it, and holds each member's state against
 * the blocks where its own end: so that a member that is behind differs in nothing.
 */
export class LedgerWalk {
  readonly #options: AuditOptions;
  readonly #chain: ChainAudit;
  readonly #states = new Map<AuditedMember, readonly AuditFinding[]>();
  #heights: ReadonlyMap<AuditedMember, number> = new Map();

  constructor(options: AuditOptions, chain: ChainAudit) {
    this.#options = options;
    this.#chain = chain;
  }

  /** How many blocks each member had when it was asked last. */
  get heights(): ReadonlyMap<AuditedMember, number> {
    return this.#heights;
  }

  /** In what members' states differ from their blocks. */
  get stateFindings(): readonly AuditFinding[] {
    return [...this.#states.values()].flat();
  }

  /** Every block, checked. Throws a LedgerError `contract` when none of the members can read one that all have. */
  async *blocks(): AsyncGenerator<LedgerBlock, void> {
    const { members, chaincode, signal, onProgress } = this.#options;
    let next = 0;
    let round = 1;
    this.#heights = await heightsOf(members);
    for (
      let open = [...members];
      open.length > 0;
      open = open.filter((each) => !this.#done(each))
    ) {
      const end = Math.min(...open.map((each) => this.#heightOf(each)));
      for (; next < end; next += 1) {
        signal?.throwIfAborted();
        const block = await this.#next(next);
        if (block === undefined) {
          this.#settle(await this.#statesAt(open, next));
          return;
        }
        yield readBlock(block, chaincode);
        onProgress?.({ doing: 'blocks', done: next + 1, total: end });
      }
      const level = open.filter((each) => this.#heightOf(each) <= next);
      const states = await this.#statesAt(level, next);
      const moved = await this.#moved();
      const again = (each: AuditedMember) => round < MAX_ROUNDS && moved.has(each);
      this.#settle(states, again);
      round += 1;
    }
  }

  #heightOf(member: AuditedMember): number {
    return this.#heights.get(member) ?? 0;
  }

  #done(member: AuditedMember): boolean {
    return this.#states.has(member);
  }

  /** Undefined when only some say that they have the block, and none of them can read it: that was found. */
  async #next(number: number) {
    const having = this.#options.members.filter((each) => this.#heightOf(each) > number);
    try {
      return await this.#chain.next(number, having);
    } catch (error) {
      const all = having.length === this.#options.members.length;
      if (all || !(error instanceof LedgerError) || error.kind !== 'contract') throw error;
      return undefined;
    }
  }

  async #statesAt(members: readonly AuditedMember[], height: number): Promise<States> {
    const { chaincode, onProgress } = this.#options;
    const total = this.#options.members.length;
    const states = new Map<AuditedMember, readonly AuditFinding[]>();
    for (const member of members) {
      onProgress?.({ doing: 'states', done: this.#states.size + states.size, total });
      states.set(member, await stateFindings(member, this.#chain.stateOf(chaincode), height));
    }
    onProgress?.({ doing: 'states', done: this.#states.size + states.size, total });
    return states;
  }

  /** Those that have other heights than when they were asked before. */
  async #moved(): Promise<ReadonlySet<AuditedMember>> {
    const before = this.#heights;
    this.#heights = await heightsOf(this.#options.members);
    const { members } = this.#options;
    return new Set(members.filter((each) => this.#heightOf(each) !== before.get(each)));
  }

  /** Takes what was found, unless a state differs that is to be read `again`. */
  #settle(states: States, again: (member: AuditedMember) => boolean = () => false): void {
    for (const [member, findings] of states) {
      if (findings.length === 0 || !again(member)) this.#states.set(member, findings);
    }
  }
}
