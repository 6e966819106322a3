import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { channelOf } from '#scripts';
import type { AuditedMember } from '@veinledger/ledger/fabric-audit';
import { networkStatus, startNode, stopNode } from '@veinledger/network';
import type { FabricBench } from './fabric.js';
import { until } from './until.js';

/** Stops a member's peer, has its files edited, and starts it again; returns when it serves blocks. */
async function editFiles(
  bench: FabricBench,
  peer: AuditedMember,
  edit: (ledgersData: string) => Promise<void>,
): Promise<void> {
  const home = join(bench.home.directory, 'network');
  const before = await peer.height();
  await stopNode(home, peer.name);
  await edit(await ledgersDataOf(home, peer.name));
  await startNode(home, peer.name);
  await until(`${peer.name} to serve blocks again`, async () => {
    const status = (await networkStatus(home)).find(({ name }) => name === peer.name);
    return status?.pid !== undefined && (await peer.height()) >= before;
  });
}

/**
 * Puts a text in place of another of the same length, in what a peer's state database holds under a key.
 * @throws Error when the value does not hold the text once
 */
export async function editState(
  bench: FabricBench,
  peer: AuditedMember,
  key: string,
  [from, to]: readonly [from: string, to: string],
): Promise<void> {
  const { name, chaincode } = channelOf(bench.connection);
  await editFiles(bench, peer, async (ledgersData) => {
    const options = { keyEncoding: 'buffer', valueEncoding: 'buffer' } as const;
    const database = new ClassicLevel<Buffer, Buffer>(join(ledgersData, 'stateLeveldb'), options);
    try {
      const stored = Buffer.from(`${name}\u0000d${chaincode.name}\u0000${key}`);
      const value = await database.get(stored);
      if (value === undefined) throw new Error(`the database of ${peer.name} lacks ${key}`);
      await database.put(stored, replaced(value, Buffer.from(from), Buffer.from(to)));
    } finally {
      await database.close();
    }
  });
}

/**
 * Puts bytes in place of others, as many, in the file in which a peer keeps its blocks.
 * @throws Error when the file does not hold them once
 */
export async function editBlocks(
  bench: FabricBench,
  peer: AuditedMember,
  [from, to]: readonly [from: Uint8Array, to: Uint8Array],
): Promise<void> {
  const { name } = channelOf(bench.connection);
  await editFiles(bench, peer, async (ledgersData) => {
    const file = join(ledgersData, 'chains', 'chains', name, 'blockfile_000000');
    await writeFile(file, replaced(await readFile(file), from, to));
  });
}

function replaced(whole: Buffer, from: Uint8Array, to: Uint8Array): Buffer {
  const place = whole.indexOf(from);
  const isOnce = place >= 0 && whole.indexOf(from, place + 1) < 0;
  if (!isOnce || from.length !== to.length) throw new Error('no text that stands there once');
  return Buffer.concat([whole.subarray(0, place), to, whole.subarray(place + from.length)]);
}

async function ledgersDataOf(home: string, peer: string): Promise<string> {
  const folders = await readdir(home, { recursive: true, withFileTypes: true });
  const found = folders.find(
    (each) => each.name === 'ledgersData' && each.parentPath.split('/').includes(peer),
  );
  if (found === undefined) throw new Error(`no ledgersData of ${peer} below ${home}`);
  return join(found.parentPath, found.name);
}
