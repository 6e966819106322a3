import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cast, enrolCast, HttpSubmitter, openForBusiness, signMessage } from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Gateway, startGateway } from '@veinledger/gateway';
import { writeWallet } from '@veinledger/network/identities';
import { foundAuthorities, foundConsortium } from '#scripts';
import { loadProfile } from '@veinledger/network/profile';
import type { Bench } from '../support/bench.js';
import { embeddedBench } from '../support/embedded.js';

describe('two gateways on one ledger', () => {
  let folder: string;
  let bench: Bench;
  let gateways: readonly [Gateway, Gateway];
  let cast: Cast;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'veinledger-two-'));
    const { members } = await loadProfile();
    const authorities = await foundAuthorities(members);
    const directory = join(folder, 'ledger');
    bench = await embeddedBench({ authorities, consortium: foundConsortium(members), directory });
    const wallet = join(folder, 'wallet');
    await writeWallet(wallet, authorities.wallet);
    const start = (name: string) =>
      startGateway(
        {
          environment: 'development',
          port: 0,
          vault: join(folder, name),
          wallet,
          logLevel: 'silent',
        },
        { ledger: bench.ledger, root: bench.consortium.root },
      );
    gateways = [await start('first'), await start('second')];
    await openForBusiness(submitterAt(0), bench.consortium);
    cast = await enrolCast(submitterAt(1), bench.consortium);
  });
  afterAll(async () => {
    for (const gateway of gateways) await gateway.close();
    await bench.close();
    await rm(folder, { recursive: true });
  });

  function submitterAt(index: 0 | 1): HttpSubmitter {
    return new HttpSubmitter({ url: gateways[index].url, network: bench.consortium.root.network });
  }

  test('decide once on a command that is handed to both at the same time', async () => {
    const body = { run: 'run-of-two', flowCell: 'FC-1', instrument: 'SEQ-1' };
    const type = 'manufacturing:RegisterRun';
    const { network } = bench.consortium.root;
    const message = await signMessage(network, cast.operator, { type, body });
    const before = await bench.ledger.height();
    const [one, other] = await Promise.all([
      submitterAt(0).submit(cast.operator, message),
      submitterAt(1).submit(cast.operator, message),
    ]);
    expect(one.receipt).toEqual(other.receipt);
    expect(one.block).toBe(other.block);
    const path = `/v1/commands/${one.receipt.commandId}`;
    expect(await submitterAt(0).read(cast.operator, path)).toEqual(
      await submitterAt(1).read(cast.operator, path),
    );
    expect(one.block).toBeGreaterThanOrEqual(before);
  });

  test('show one what was handed to the other', async () => {
    const path = `/v1/actors/${cast.nurse.id}`;
    expect(await submitterAt(0).read(cast.nurse, path)).toEqual(
      await submitterAt(1).read(cast.nurse, path),
    );
  });

  test('of which the second is another process are one too many: it is told whose files they are', async () => {
    await expect(embeddedBench({ directory: join(folder, 'ledger') })).rejects.toThrow(
      /ledger is open already, here or in another process/,
    );
  });
});
