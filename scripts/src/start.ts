import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type EndorsementRule,
  gatewayConfigFrom,
  keepFilesPrivate,
  readProcessSettings,
  serveUntilStopped,
  SettingsError,
  startGateway,
  untilStopped,
} from '@veinledger/gateway';
import type { Ledger } from '@veinledger/ledger';
import { type Connection, readConnection } from '@veinledger/network';
import { foundWhereMissing, type Home, homeAt, readRoot } from './development/home.js';
import { connectFabric, endorsementOf, gatherWallets } from './development/open-fabric.js';
import { openEmbedded } from './development/open-embedded.js';
import { runAsMain } from './main-process.js';

const HELP = `npm start -- [--home DIR] [--port PORT] [--fabric]
npm start -- --config FILE

Serves a persistent ledger at http://127.0.0.1:8080, in the environment development: tokens are had without
passwords, over plain HTTP. Without a consortium root it founds a development consortium: six members, their registrars' keys, their certificate authorities.

  --fabric      the network that 'npm run network -- up' brought up, instead of the embedded ledger
  --home DIR    where everything is kept (default: VEINLEDGER_HOME, else .veinledger)
  --port PORT   0 picks a free one (default: VEINLEDGER_PORT, else 8080)
  --config FILE the settings of a gateway with a consortium of its own (default: VEINLEDGER_CONFIG); founds nothing

Environment variables (VEINLEDGER_PORT, VEINLEDGER_LOG_LEVEL, …) stand over defaults and file: docs/operations.md.
Exit codes: 0 stopped; 1 it could not be started, or requests were cut off; 2 wrong usage or settings.
`;

const DIGITS = /^\d+$/;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      home: { type: 'string', default: process.env['VEINLEDGER_HOME'] ?? '.veinledger' },
      port: { type: 'string' },
      config: { type: 'string' },
      fabric: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  keepFilesPrivate();
  const config = values.config ?? process.env['VEINLEDGER_CONFIG'];
  return config === undefined ? startDevelopment(values) : startConfigured(config);
}

async function startConfigured(file: string): Promise<number> {
  return serveUntilStopped(await readProcessSettings(file, process.env));
}

interface Development {
  readonly home: string;
  readonly port?: string | undefined;
  readonly fabric: boolean;
}

/** Settings are read before anything is founded: what does not fit leaves nothing behind. */
async function startDevelopment({ home: directory, port, fabric }: Development): Promise<number> {
  const home = homeAt(resolve(directory));
  const { vault, keystore } = home;
  const network = fabric ? await openedNetwork(home) : undefined;
  const wallet = network
    ? await gatherWallets(network, join(home.directory, 'network-wallet'))
    : home.wallet;
  const environment = {
    ...process.env,
    ...(port === undefined ? {} : { VEINLEDGER_PORT: undefined }),
  };
  const settings = gatewayConfigFrom(
    {
      environment: 'development',
      vault,
      wallet,
      keystore,
      developmentIssuer: true,
      ...portOf(port),
    },
    environment,
  );
  if (await foundWhereMissing(home)) console.log('founded a development consortium');
  const root = await readRoot(home);
  const { ledger, endorsement } = network ? await openNetwork(network) : await openOwn(home);
  const gateway = await startGateway(settings, { ledger, root, endorsement });
  console.log(`
  gateway           ${gateway.url}
  environment       development: tokens without passwords, plain HTTP
  API               ${gateway.url}/docs
  tokens            ${gateway.url}/dev/issuer (for development: it asks nobody for a password)
  consortium root   ${home.rootFile}
  registrars' keys  ${home.registrars} (private: each belongs to one member)
  X.509 identities  ${wallet} (private: the gateway's)
  ledger            ${ledger.name}, ${await ledger.height()} blocks
${fabric ? '' : ONE_WORD}${NEXT}
Stop it with Ctrl-C.`);
  const close = async () => {
    const cutOff = await gateway.close();
    await ledger.close();
    return cutOff;
  };
  return untilStopped({ ...gateway, close }, settings.shutdownSeconds);
}

/** What is no number stays text, which the settings then refuse by name. */
function portOf(port: string | undefined): { readonly port?: number | string } {
  if (port === undefined) return {};
  return { port: DIGITS.test(port) ? Number(port) : port };
}

interface OpenLedger {
  readonly ledger: Ledger;
  readonly endorsement: EndorsementRule | undefined;
}

async function openOwn(home: Home): Promise<OpenLedger> {
  return { ledger: await openEmbedded(home), endorsement: undefined };
}

function openedNetwork(home: Home): Promise<Connection> {
  return readConnection(join(home.directory, 'network', 'connection.json'));
}

async function openNetwork(connection: Connection): Promise<OpenLedger> {
  return { ledger: await connectFabric(connection), endorsement: endorsementOf(connection) };
}

const ONE_WORD = `
This ledger is one organisation's word: for development and a first look. A consortium runs Fabric.
`;

const NEXT = `
On an empty ledger, in another terminal:
  npm run veinledger -- bootstrap
  npm run veinledger -- enrol --organisation HospitalMSP
  npm run veinledger -- read /v1/organisations
`;

/** @returns 2 for what the reader of the help can mend */
async function mainOrUsage(): Promise<number> {
  try {
    return await main();
  } catch (error) {
    if (!(error instanceof SettingsError) && !isArgumentError(error)) throw error;
    console.error(`${error.message}\n\n${HELP}`);
    return 2;
  }
}

function isArgumentError(error: unknown): error is Error {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return String(error.code).startsWith('ERR_PARSE_ARGS');
}

await runAsMain(mainOrUsage);
