import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Authorities,
  type DevelopmentConsortium,
  foundAuthorities,
  foundConsortium,
  LedgerSubmitter,
} from '#scripts';
import { contractsWith } from '@veinledger/chaincode/contracts';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import { openEmbeddedLedger } from '@veinledger/ledger/embedded';
import { loadProfile } from '@veinledger/network/profile';
import type { Bench } from './bench.js';

/** What an embedded ledger of a test may do otherwise than by default. */
export interface EmbeddedOptions {
  readonly directory?: string;
  readonly consortium?: DevelopmentConsortium;
  readonly authorities?: Authorities;
  readonly clock?: () => number;
  /** when transactions take place and the contract's endorser hears of them; by the clock when left out */
  readonly time?: () => number;
}

/** An embedded ledger in a directory of its own, with every member's identities. */
export async function embeddedBench(options: EmbeddedOptions = {}): Promise<Bench> {
  const { members } = await loadProfile();
  const consortium = options.consortium ?? foundConsortium(members);
  const authorities = options.authorities ?? (await foundAuthorities(members));
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'veinledger-')));
  const clock = options.clock ?? Date.now;
  const time = options.time ?? clock;
  let skewMs = 0;
  const ledger = await openEmbeddedLedger({
    directory,
    channel: 'programme',
    organisation: 'HospitalMSP',
    contracts: contractsWith({ root: consortium.root, verifier: nativeVerifier, clock: time }),
    certificateAuthorities: authorities.certificates,
    clock,
    transactionTime: () => time() + skewMs,
  });
  const submitter = new LedgerSubmitter({
    ledger,
    network: consortium.root.network,
    wallet: authorities.wallet,
  });
  const close = async () => {
    await ledger.close();
    if (options.directory === undefined) await rm(directory, { recursive: true, force: true });
  };
  const submitAt: Bench['submitAt'] = async (person, message, skew) => {
    skewMs = skew;
    try {
      await ledger.submit(submitter.invocation(person, message));
    } finally {
      skewMs = 0;
    }
  };
  return { ledger, submitter, consortium, submitAt, close };
}
