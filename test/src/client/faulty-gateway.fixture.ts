import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foundAuthorities, foundConsortium } from '#scripts';
import { type Gateway, startGateway } from '@veinledger/gateway';
import { type Ledger, LedgerError, type LedgerErrorKind } from '@veinledger/ledger';
import { writeWallet } from '@veinledger/network/identities';
import { loadProfile } from '@veinledger/network/profile';
import type { Bench } from '../support/bench.js';
import { embeddedBench } from '../support/embedded.js';

/** What happens to a submission: the ledger fails before it commits, or after. */
export interface Fault {
  readonly kind: LedgerErrorKind;
  readonly committed?: boolean;
}

/** A gateway over an embedded ledger whose next submissions fail as a test says. */
export interface FaultyGateway extends Bench {
  readonly gateway: Gateway;
  /** faults of the submissions to come, in order */
  readonly faults: Fault[];
  /** how often a transaction was handed to the ledger */
  readonly submissions: () => number;
  /** Starts another gateway on the same ledger. */
  start(port: number): Promise<Gateway>;
}

export async function faultyGateway(): Promise<FaultyGateway> {
  const { members } = await loadProfile();
  const authorities = await foundAuthorities(members);
  const consortium = foundConsortium(members);
  const bench = await embeddedBench({ consortium, authorities });
  const folder = await mkdtemp(join(tmpdir(), 'veinledger-faulty-'));
  const wallet = join(folder, 'wallet');
  await writeWallet(wallet, authorities.wallet);
  const faults: Fault[] = [];
  let submissions = 0;
  const ledger: Ledger = {
    name: bench.ledger.name,
    evaluate: (invocation) => bench.ledger.evaluate(invocation),
    status: (id) => bench.ledger.status(id),
    transaction: (id) => bench.ledger.transaction(id),
    height: () => bench.ledger.height(),
    blocks: (first) => bench.ledger.blocks(first),
    follow: (first, signal) => bench.ledger.follow(first, signal),
    verify: () => bench.ledger.verify(),
    close: () => Promise.resolve(),
    submit: async (invocation, options) => {
      submissions += 1;
      const fault = faults.shift();
      if (fault?.committed === true) await bench.ledger.submit(invocation);
      if (fault) throw new LedgerError(fault.kind, 'as the test says');
      return bench.ledger.submit(invocation, options);
    },
  };
  let started = 0;
  const start = (port: number) =>
    startGateway(
      {
        environment: 'development',
        port,
        vault: join(folder, `vault-${++started}`),
        wallet,
        logLevel: 'silent',
      },
      { ledger, root: consortium.root },
    );
  const gateway = await start(0);
  return {
    ...bench,
    gateway,
    faults,
    submissions: () => submissions,
    start,
    close: async () => {
      await gateway.close();
      await bench.close();
      await rm(folder, { recursive: true });
    },
  };
}
