import { X509Certificate } from 'node:crypto';
import { constants } from 'node:fs';
import { access, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pino } from 'pino';
import type { DeploymentConfig } from '../config/config.js';
import type { LedgerSection } from '../config/ledger-section.js';
import type { ProgrammesConfig } from '../config/programmes.js';
import { ExchangeMembers } from '../exchange/members.js';
import { SubmitterWallet } from '../identities/wallet.js';
import { readWalletIdentity } from '../identities/wallet-files.js';
import { ProblemError } from '../problems/problem.js';
import { readKeyPair } from '../tls/certificates.js';
import { identityFileOf } from '../vault/vault-identity.js';
import { readRoot } from './read-root.js';

/** A file or folder that settings name, and how it is judged: `judge` throws what it found instead. */
interface Named {
  readonly setting: string;
  readonly expected: string;
  readonly judge: () => Promise<unknown>;
}

/**
 * Reads and judges every file that settings name, as a start would, and opens nothing.
 * @returns one text for each fault: the setting, what was expected there and what was found
 */
export async function faultsOfFiles(
  config: DeploymentConfig | ProgrammesConfig,
): Promise<readonly string[]> {
  if (!('programmes' in config)) {
    return faultsIn([...ofProcess(config), ...namedBy(config)], '');
  }
  const each = Object.entries(config.programmes).map(([name, programme]) =>
    faultsIn(namedBy(programme), `programmes.${name}.`),
  );
  return (await Promise.all([faultsIn(ofProcess(config.shared), ''), ...each])).flat();
}

async function faultsIn(named: readonly Named[], before: string): Promise<readonly string[]> {
  const faults = named.map(async ({ setting, expected, judge }) => {
    try {
      await judge();
      return [];
    } catch (error) {
      return [`${before}${setting}: expected ${expected}, found ${foundIn(error, setting)}`];
    }
  });
  return (await Promise.all(faults)).flat();
}

/** What a process has once, however many programmes it serves. */
function ofProcess({
  tls,
  telemetry,
}: Pick<DeploymentConfig, 'tls' | 'telemetry'>): readonly Named[] {
  const headers = telemetry?.headers;
  return [
    ...keyPair('tls', tls),
    ...(headers === undefined
      ? []
      : [
          {
            setting: 'telemetry.headers',
            expected: 'name=value, several apart by commas',
            judge: async () => {
              const { readCollectorHeaders } = await import('../telemetry/collector-headers.js');
              await readCollectorHeaders(headers);
            },
          },
        ]),
  ];
}

function namedBy(config: Omit<DeploymentConfig, 'tls'>): readonly Named[] {
  const { root, wallet, vault, journal, state, keystore, backups, exchange, ledger } = config;
  return [
    { setting: 'root', expected: 'a consortium root', judge: () => readRoot(root) },
    {
      setting: 'wallet',
      expected: 'an identity of a founding member, and each certificate with its own key',
      judge: () => judgeWallet(wallet, root),
    },
    ...ofLedger(ledger, wallet),
    folder('vault', vault),
    {
      setting: 'vault',
      expected: 'its key beside the annexes',
      judge: () => judgeVault(vault),
    },
    ...(journal === undefined ? [] : [folder('journal', dirname(journal))]),
    ...(state === undefined ? [] : [folder('state', state)]),
    ...(keystore === undefined ? [] : [folder('keystore', keystore)]),
    ...(backups === undefined ? [] : [folder('backups.folder', backups.folder)]),
    ...(exchange === undefined
      ? []
      : [
          ...keyPair('exchange.tls', exchange.tls),
          {
            setting: 'exchange.members',
            expected: "each member's own authority, and its revocation list",
            judge: () => ExchangeMembers.read(exchange, pino({ level: 'silent' })),
          },
        ]),
  ];
}

function keyPair(setting: string, files: DeploymentConfig['tls']): readonly Named[] {
  if (files === undefined) return [];
  const expected = 'a certificate that is valid, and its private key';
  return [{ setting, expected, judge: () => readKeyPair(files, setting) }];
}

function ofLedger(ledger: LedgerSection, wallet: string): readonly Named[] {
  const certificate = "the certificate of the organisation's authority, PEM";
  if (ledger.kind === 'fabric') {
    const { mspId, label } = ledger.reader;
    return [
      ...ledger.peers.map(({ tlsCa }, index) => ({
        setting: `ledger.peers.${index}.tlsCa`,
        expected: certificate,
        judge: () => judgeCertificate(tlsCa),
      })),
      {
        setting: 'ledger.reader',
        expected: 'an identity of the wallet',
        judge: () => readWalletIdentity(wallet, mspId, label),
      },
    ];
  }
  const { authorities, directory, organisation } = ledger;
  return [
    folder('ledger.directory', directory),
    {
      setting: 'ledger.authorities',
      expected: `${organisation}.pem and those of the other members, each ${certificate}`,
      judge: async () => {
        await judgeCertificate(join(authorities, `${organisation}.pem`));
        const files = (await readdir(authorities)).filter((file) => file.endsWith('.pem'));
        await Promise.all(files.map((file) => judgeCertificate(join(authorities, file))));
      },
    },
  ];
}

/** A folder that is there or can be made. */
function folder(setting: string, path: string): Named {
  return {
    setting,
    expected: 'a folder that can be written, or a place for it',
    judge: () => judgeFolder(path),
  };
}

async function judgeFolder(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isGone && dirname(path) !== path) return undefined;
    throw error;
  });
  if (found === undefined) return judgeFolder(dirname(path));
  if (!found.isDirectory()) throw new Error(`${path}, which is no folder`);
  await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
}

async function judgeCertificate(file: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  try {
    new X509Certificate(text);
  } catch (cause) {
    throw new Error(`${file}, which holds no X.509 certificate`, { cause });
  }
}

async function judgeWallet(directory: string, rootFile: string): Promise<void> {
  const wallet = await SubmitterWallet.read(directory);
  // what is wrong with the root is told of the root
  const root = await readRoot(rootFile).catch(() => undefined);
  if (root === undefined) return;
  const founders = root.organisations.map(({ id }) => id);
  try {
    wallet.ofAnyMember(founders);
  } catch (cause) {
    if (!(cause instanceof ProblemError)) throw cause;
    throw new Error(`${cause.details.found ?? 'none'} of ${founders.join(', ')}`, { cause });
  }
}

async function judgeVault(directory: string): Promise<void> {
  const files = await readdir(directory).catch((): string[] => []);
  if (files.some((file) => file.endsWith('.age'))) await access(identityFileOf(directory));
}

/** What an error says was found: never what stands in a file. */
function foundIn(error: unknown, setting: string): string {
  if (!(error instanceof Error)) return String(error);
  const { message, cause } = error;
  const why = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return `${message.replace(`${setting}: `, '')}${why}`;
}
