import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { requireNoPrototype } from '@veinledger/domain';
import { SettingsError } from './faults.js';
import { isTree, mapSetting, type SettingsTree } from './settings-tree.js';

/** The settings that name files and folders. */
const PATHS = [
  'vault',
  'journal',
  'state',
  'keystore',
  'wallet',
  'root',
  'tls.certificate',
  'tls.privateKey',
  'backups.folder',
  'patientPages.forms',
  'telemetry.headers',
  'exchange.tls.certificate',
  'exchange.tls.privateKey',
  'exchange.members.*.tlsCa',
  'exchange.members.*.crl',
  'ledger.directory',
  'ledger.authorities',
  'ledger.peers.*.tlsCa',
];

/**
 * The settings in a JSON file, its relative paths made absolute from the file's own folder.
 * @throws Error naming the file when it cannot be read, or is no JSON object
 */
export async function readConfigFile(file: string): Promise<SettingsTree> {
  const folder = dirname(resolve(file));
  const tree = PATHS.flatMap((path) => [path, `programmes.*.${path}`]).reduce<unknown>(
    (settings, path) => mapSetting(settings, path.split('.'), (text) => resolve(folder, text)),
    parse(file, await read(file)),
  );
  if (isTree(tree)) return tree;
  throw new SettingsError(`${file}: expected a JSON object of settings`);
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new SettingsError(`${file}: the configuration cannot be read`, { cause });
  }
}

/** JSON's own message may quote the file: only where it went wrong is told. */
function parse(file: string, text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    requireNoPrototype(parsed);
    return parsed;
  } catch (cause) {
    const place =
      cause instanceof Error
        ? /line \d+ column \d+|a member is named __proto__/.exec(cause.message)?.[0]
        : undefined;

    throw new SettingsError(
      `${file}: expected JSON${place === undefined ? '' : `, found a fault: ${place}`}`,
    );
  }
}
