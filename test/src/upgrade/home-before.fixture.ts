import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { foundAuthorities, type Home, homeAt } from '#scripts';
import { writeWallet } from '@veinledger/network/identities';
import { loadProfile } from '@veinledger/network/profile';
import { ClassicLevel } from 'classic-level';
import { extract } from 'tar-stream';

/**
 * What the last version that kept answers by digests of its own (commit fbdd3ed) left of the README's first steps, made by
 * its command line and its gateway: consortium root, people's keys, ledger, and a vault with an outcome's annex and with
 * the state, in which a job was asked for under an idempotency key; and a backup of that. X.509 identities are left out:
 * they end after a year.
 */
const BEFORE_FORMATS = archive('home-before-formats.tar.gz');
/** What 0.1.0 left of the root, the bootstrap and the enrolment of a clinician. */
const OF_0_1_0 = archive('home-0.1.0.tar.gz');

/** The therapy that the home's ledger holds. */
export const COI = 'H1234269000015';
/** What nobody may find in the state any more: where its version kept answers under idempotency keys. */
export const UNKEYED = '!idempotency!';

/** Unpacks the home, with a wallet and authorities that are valid now. */
export async function homeBefore(folder: string): Promise<Home> {
  await unpack(BEFORE_FORMATS, folder);
  const home = homeAt(folder);
  const { members } = await loadProfile();
  const clinic = { id: 'clinic', mspId: 'ClinicMSP', roles: ['patient', 'collector', 'clinician'] };
  const { certificates, wallet } = await foundAuthorities([...members, clinic]);
  await mkdir(home.authorities, { recursive: true });
  for (const [mspId, certificate] of Object.entries(certificates)) {
    await writeFile(join(home.authorities, `${mspId}.pem`), certificate);
  }
  await writeWallet(home.wallet, wallet);
  return home;
}

/** Unpacks the home of 0.1.0. */
export async function homeOf010(folder: string): Promise<Home> {
  await unpack(OF_0_1_0, folder);
  return homeAt(folder);
}

/** Everything that the files of a folder hold. */
export async function bytesIn(folder: string): Promise<string> {
  const names = await readdir(folder);
  const files = names.map((name) => readFile(join(folder, name), 'latin1'));
  return (await Promise.all(files)).join('');
}

/** What a database holds, opened as no kind of its own. */
export async function entriesOf(folder: string): Promise<readonly (readonly [string, string])[]> {
  const db = new ClassicLevel(folder, { createIfMissing: false });
  try {
    return await db.iterator().all();
  } finally {
    await db.close();
  }
}

function archive(name: string): string {
  return new URL(`../../src/upgrade/${name}`, import.meta.url).pathname;
}

async function unpack(file: string, folder: string): Promise<void> {
  const entries = createReadStream(file).pipe(createGunzip()).pipe(extract());
  for await (const entry of entries) {
    if (entry.header.type !== 'file') {
      entry.resume();
      continue;
    }
    const place = join(folder, entry.header.name);
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    await mkdir(dirname(place), { recursive: true, mode: 0o700 });
    await writeFile(place, Buffer.concat(chunks), { mode: 0o600 });
  }
}
