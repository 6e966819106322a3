import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type EndorsementRule, startGateway } from '@veinledger/gateway';
import type { Ledger } from '@veinledger/gateway/ledger';
import { readConnection } from '@veinledger/network';
import { foundWhereMissing, type Home, homeAt, readRoot } from './development/home.js';
import { connectFabric, endorsementOf } from './development/open-fabric.js';
import { openEmbedded } from './development/open-embedded.js';
import { runAsMain } from './main-process.js';

/** The highest TCP port. */
const HIGHEST_PORT = 65_535;

const HELP = `npm start -- [--home DIR] [--port PORT] [--fabric]

Serves a persistent ledger at http://127.0.0.1:8080. Without a consortium root it founds a development
consortium: six members, their registrars' keys, their certificate authorities.

  --fabric      the network that 'npm run network -- up' brought up, instead of the embedded ledger
  --home DIR    where everything is kept (default: VEINLEDGER_HOME, else .veinledger)
  --port PORT   0 picks a free one (default: VEINLEDGER_PORT, else 8080)

Exit codes: 0 stopped; 1 it could not be started; 2 wrong usage.
`;

interface Options {
  readonly home: string;
  readonly port: number;
  readonly fabric: boolean;
}

/** @throws Error naming the option that does not fit */
function readOptions(): Options | 'help' {
  const { VEINLEDGER_HOME, VEINLEDGER_PORT } = process.env;
  const { values } = parseArgs({
    options: {
      home: { type: 'string', default: VEINLEDGER_HOME ?? '.veinledger' },
      port: { type: 'string', default: VEINLEDGER_PORT ?? '8080' },
      fabric: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return 'help';
  const { home, fabric } = values;
  return { home, fabric, port: readPort(values.port) };
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/u.test(text) ? Number(text) : Number.NaN;
  if (port <= HIGHEST_PORT) return port;
  throw new Error(`--port: expected 0 to ${HIGHEST_PORT}, found ${text}`);
}

async function main(): Promise<number> {
  let options: Options | 'help';
  try {
    options = readOptions();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return 2;
  }
  if (options === 'help') {
    console.log(HELP);
    return 0;
  }
  return serve(options);
}

async function serve(options: Options): Promise<number> {
  const home = homeAt(resolve(options.home));
  if (await foundWhereMissing(home)) console.log('founded a development consortium');
  const root = await readRoot(home);
  const { ledger, wallet, endorsement } = options.fabric
    ? await openNetwork(home)
    : await openOwn(home);
  const gateway = await startGateway(
    { port: options.port, vault: home.vault, wallet },
    { ledger, root, endorsement },
  );
  console.log(`
  gateway           ${gateway.url}
  API               ${gateway.url}/docs
  consortium root   ${home.rootFile}
  registrars' keys  ${home.registrars} (private: each belongs to one member)
  X.509 identities  ${wallet} (private: the gateway's)
  ledger            ${ledger.name}, ${await ledger.height()} blocks
${options.fabric ? '' : ONE_WORD}${NEXT}
Stop it with Ctrl-C.`);
  await stopped();
  await gateway.close();
  await ledger.close();
  return 0;
}

interface OpenLedger {
  readonly ledger: Ledger;
  readonly wallet: string;
  readonly endorsement: EndorsementRule | undefined;
}

async function openOwn(home: Home): Promise<OpenLedger> {
  return { ledger: await openEmbedded(home), wallet: home.wallet, endorsement: undefined };
}

async function openNetwork(home: Home): Promise<OpenLedger> {
  const connection = await readConnection(join(home.directory, 'network', 'connection.json'));
  return {
    ledger: await connectFabric(connection),
    wallet: connection.walletDir,
    endorsement: endorsementOf(connection),
  };
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

function stopped(): Promise<void> {
  return new Promise((done) => {
    process.once('SIGINT', () => done());
    process.once('SIGTERM', () => done());
  });
}

await runAsMain(main);
