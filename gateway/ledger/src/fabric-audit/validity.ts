import { peer } from '@hyperledger/fabric-protos';
import { recomputeValidation, ReplayState, type KeyRead } from '@veinledger/chaincode/replay';
import { readText } from '../fabric/parse/text.js';
import type { RawBlock } from '../fabric/parse/block.js';
import type { Configuration } from './configuration/configuration.js';
import { EndorsementRules } from './lifecycle.js';
import { examineTransaction, type ExaminedTransaction } from './transaction/examine.js';
import type { ByteWrite, CollectionSet, NamespaceSet } from './transaction/namespaces.js';

const { VALID, DUPLICATE_TXID } = peer.TxValidationCode;

/** What became of each of a block's transactions, recomputed. */
export interface ExaminedBlock {
  readonly transactions: readonly ExaminedTransaction[];
  /** a validation code per transaction; undefined where the block does not say */
  readonly codes: readonly (number | undefined)[];
}

/**
 * Recomputes which transactions are valid: signatures, policies, repeated ids, and the versions that each one read, of
 * all chaincodes. It keeps every state that valid transactions wrote, private ones by their hashes.
 */
export class Validity {
  readonly #rules = new EndorsementRules();
  readonly #states = new Map<string, ReplayState>();
  readonly #known = new Set<string>();

  /** What valid transactions have written to a chaincode's state. */
  stateOf(chaincode: string): ReplayState {
    const state = this.#states.get(chaincode) ?? new ReplayState();
    this.#states.set(chaincode, state);
    return state;
  }

  /**
   * Examines the next block under the configuration before it.
   * @param recorded a peer's code for each transaction, taken where the block does not say
   */
  block(block: RawBlock, configuration: Configuration, recorded: Uint8Array): ExaminedBlock {
    if (block.number === 0) return { transactions: [], codes: block.envelopes.map(() => VALID) };
    const transactions = block.envelopes.map((envelope) =>
      examineTransaction(envelope, {
        configuration,
        rules: this.#rules,
        isKnown: (id) => this.#known.has(id),
      }),
    );
    const codes = this.#codes(block.number, transactions, recorded);
    for (const { transactionId } of transactions) this.#known.add(transactionId);
    this.#define(transactions, codes, recorded);
    return { transactions, codes };
  }

  #codes(
    block: number,
    transactions: readonly ExaminedTransaction[],
    recorded: Uint8Array,
  ): readonly (number | undefined)[] {
    const valid = new Set<string>();
    return transactions.map(({ transactionId, code, namespaces }, index) => {
      if (code !== undefined && code !== VALID) return code;
      if (valid.has(transactionId)) return DUPLICATE_TXID;
      valid.add(transactionId);
      const byReads = this.#byReads(namespaces);
      const computed = byReads === VALID ? code : byReads;
      if ((computed ?? recorded[index]) === VALID) this.#apply(namespaces, block, index);
      return computed;
    });
  }

  #byReads(namespaces: readonly NamespaceSet[]): number | undefined {
    let undecided = false;
    for (const set of namespaces) {
      const parts = [
        recomputeValidation(set, this.stateOf(set.namespace)),
        ...set.collections.map((each) =>
          recomputeValidation(privateReads(each), this.stateOf(nameOf(set, each))),
        ),
      ];
      const failed = parts.find((code) => code !== undefined && code !== VALID);
      if (failed !== undefined) return failed;
      undecided ||= parts.includes(undefined);
    }
    return undecided ? undefined : VALID;
  }

  #apply(namespaces: readonly NamespaceSet[], block: number, transaction: number): void {
    const version = { block, transaction };
    for (const set of namespaces) {
      this.stateOf(set.namespace).apply(set.writes.map(textWrite), version);
      for (const each of set.collections) {
        this.stateOf(nameOf(set, each)).apply(each.writes.map(textWrite), version);
      }
    }
  }

  /** A definition rules from the next block on. */
  #define(
    transactions: readonly ExaminedTransaction[],
    codes: readonly (number | undefined)[],
    recorded: Uint8Array,
  ): void {
    transactions.forEach(({ namespaces }, index) => {
      if ((codes[index] ?? recorded[index]) !== VALID) return;
      for (const set of namespaces) this.#rules.apply(set);
    });
  }
}

function privateReads({ reads }: CollectionSet): {
  readonly reads: readonly KeyRead[];
  readonly rangeReads: readonly [];
} {
  return { reads, rangeReads: [] };
}

function nameOf({ namespace }: NamespaceSet, { name }: CollectionSet): string {
  return JSON.stringify([namespace, name]);
}

function textWrite({ key, value }: ByteWrite): {
  readonly key: string;
  readonly value: string | null;
} {
  return { key, value: value === undefined ? null : readText(value) };
}
