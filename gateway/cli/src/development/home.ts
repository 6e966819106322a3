import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ConsortiumRoot, readConsortiumRoot } from '@veinledger/domain';
import { readActorKeys } from '@veinledger/client/node';
import type { DevelopmentConsortium } from './consortium.js';

/** Where a development consortium keeps what it is made of. */
export interface Home {
  readonly directory: string;
  /** public: what every chaincode process is given */
  readonly rootFile: string;
  /** private: the registrars' ledger keys, one file each */
  readonly registrars: string;
  /** the members' CA certificates, PEM, one file each */
  readonly authorities: string;
  /** private: the gateway's X.509 identities */
  readonly wallet: string;
  /** the embedded ledger's blocks and state */
  readonly ledger: string;
  /** annexes, encrypted */
  readonly vault: string;
  /** staff's and devices' keys, encrypted; each is opened by its owner only */
  readonly keystore: string;
}

/** The places below a directory. */
export function homeAt(directory: string): Home {
  return {
    directory,
    rootFile: join(directory, 'consortium', 'root.json'),
    registrars: join(directory, 'consortium', 'registrars'),
    authorities: join(directory, 'consortium', 'authorities'),
    wallet: join(directory, 'wallet'),
    ledger: join(directory, 'ledger'),
    vault: join(directory, 'vault'),
    keystore: join(directory, 'keystore'),
  };
}

/** The consortium root of a home. */
export async function readRoot(home: Home): Promise<ConsortiumRoot> {
  return readConsortiumRoot(JSON.parse(await readFile(home.rootFile, 'utf8')));
}

/** A founded consortium with its registrars' keys. */
export async function readHome(home: Home): Promise<DevelopmentConsortium> {
  const root = await readRoot(home);
  const registrars = await Promise.all(
    root.organisations.map(async ({ id, registrar }) => ({
      actor: registrar.actor,
      organisation: id,
      keys: await readActorKeys(join(home.registrars, `${registrar.actor}.json`)),
    })),
  );
  return { root, registrars };
}

/** CA certificates by MSP id, PEM. */
export async function readAuthorities(home: Home): Promise<Readonly<Record<string, string>>> {
  const files = await readdir(home.authorities);
  const entries = files.map(async (file) => {
    const certificate = await readFile(join(home.authorities, file), 'utf8');
    return [file.replace(/\.pem$/, ''), certificate] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
