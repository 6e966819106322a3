import { randomBytes } from 'node:crypto';
import { executeCommand, PLANS } from '../commands/index.js';
import { nativeVerifier } from '../crypto/native.js';
import {
  canonicalise,
  type ConsortiumRoot,
  possessionStatement,
  readConsortiumRoot,
  type Role,
  rootDigest,
  sha256Base64url,
} from '@veinledger/domain';
import { type LedgerBlock, type LedgerTransaction, VALIDATION } from './block.js';
import { ObservedStore } from './observed-store.js';
import { ReplayState } from './replay-state.js';
import { certificateWith, nonce, type Signatory, signatory } from './signing.fixture.js';
import { submitterOf } from './submitter.js';

const START = Date.parse('2026-11-22T13:00:00.000Z');

/** A ledger that does what the rules say, one command a block, so that a test can then change a block. */
export class HonestLedger {
  readonly registrar: Signatory;
  readonly root: ConsortiumRoot;
  readonly blocks: LedgerBlock[] = [];
  readonly #state = new ReplayState();
  readonly #certificates = new Map<string, string>();

  private constructor(registrar: Signatory) {
    this.registrar = registrar;
    this.root = readConsortiumRoot({
      v: 1,
      network: randomBytes(32).toString('base64url'),
      organisations: [
        {
          id: 'LabMSP',
          country: 'DE',
          grantable: ['lab', 'registrar'],
          registrar: { actor: registrar.id, keys: registrar.keys },
        },
      ],
      processes: [],
    });
  }

  /** Bootstrapped by its registrar. */
  static async founded(): Promise<HonestLedger> {
    const ledger = new HonestLedger(signatory('lab.registrar'));
    await ledger.submit(ledger.registrar, 'registrar', 'registry:Bootstrap', {
      root: rootDigest(ledger.root),
    });
    return ledger;
  }

  /** Enrols a new actor. */
  async enrol(id: string, role: Role): Promise<Signatory> {
    const person = signatory(id);
    const statement = possessionStatement(this.root.network, id);
    await this.submit(this.registrar, 'registrar', 'registry:EnrolActor', {
      actor: id,
      kind: 'person',
      roles: [role],
      person: sha256Base64url(id),
      keys: person.keys,
      proof: person.sign(statement, 'vnd.veinledger.possession+jws'),
    });
    return person;
  }

  /** Replaces a person's keys. */
  async rotate(holder: Signatory, role: Role): Promise<Signatory> {
    const renewed = signatory(holder.id);
    const statement = possessionStatement(this.root.network, holder.id);
    await this.submit(holder, role, 'registry:RotateKeys', {
      keys: renewed.keys,
      proof: renewed.sign(statement, 'vnd.veinledger.possession+jws'),
    });
    return renewed;
  }

  /** Signs and commits a command, relayed by an identity of one role. */
  async submit(by: Signatory, role: Role, type: string, body: object): Promise<LedgerTransaction> {
    return this.commit(type, this.sign(by, type, body), role);
  }

  /** A signed command. */
  sign(by: Signatory, type: string, body: object): string {
    const payload = {
      v: 1,
      network: this.root.network,
      type,
      actor: by.id,
      at: this.#now(),
      nonce: nonce(),
      body,
    };
    return by.sign(canonicalise(payload), 'vnd.veinledger.command+jws');
  }

  /** Commits a signed command in a block of its own. */
  async commit(type: string, jws: string, role: Role): Promise<LedgerTransaction> {
    const transaction = await this.endorse(type, jws, role);
    const { block, writes } = transaction;
    this.#state.apply(writes, { block, transaction: 0 });
    this.append(transaction);
    return transaction;
  }

  /** A block that holds these transactions. */
  append(...transactions: readonly LedgerTransaction[]): void {
    this.blocks.push({ number: this.blocks.length, previousHash: '', dataHash: '', transactions });
  }

  /** What a transaction would be in the next block; nothing is committed. */
  async endorse(type: string, jws: string, role: Role): Promise<LedgerTransaction> {
    const plan = PLANS.get(type);
    if (!plan) throw new Error(`no type ${type}`);
    const creator = { mspId: 'LabMSP', certificate: await this.#certificate(role) };
    const carried = {
      transactionId: randomBytes(32).toString('hex'),
      timestamp: this.#now(),
    };
    const observed = new ObservedStore(this.#state);
    const { receipt, writes, event } = await executeCommand(
      observed,
      {
        plan,
        jws,
        annexes: { from: 'annex', texts: new Map() },
        submitter: submitterOf(creator),
        transactionId: carried.transactionId,
        transactionTime: carried.timestamp,
      },
      { root: this.root, verifier: nativeVerifier },
    );
    const response = canonicalise(receipt);
    const rangeReads = [...observed.prefixes].map(async (prefix) => ({
      startKey: prefix,
      endKey: `${prefix}\u{10FFFF}`,
      results: (await this.#state.range(prefix)).map(({ key }) => this.#readOf(key)),
    }));
    return {
      ...carried,
      block: this.blocks.length,
      index: 0,
      creator,
      function: type,
      args: [jws],
      response,
      endorsers: ['LabMSP'],
      reads: [...observed.keys].map((key) => this.#readOf(key)),
      rangeReads: await Promise.all(rangeReads),
      writes,
      ...(event ? { event } : {}),
      validationCode: VALIDATION.VALID,
    };
  }

  /** The value of a key after the last block. */
  read(key: string): Promise<string | undefined> {
    return this.#state.get(key);
  }

  #readOf(key: string) {
    return { key, version: this.#state.version(key) };
  }

  #now(): string {
    return new Date(START + this.blocks.length * 1000).toISOString();
  }

  async #certificate(role: Role): Promise<string> {
    const known =
      this.#certificates.get(role) ?? (await certificateWith({ 'veinledger.roles': role }));
    this.#certificates.set(role, known);
    return known;
  }
}
