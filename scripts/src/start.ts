import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type EndorsementRule, startGateway } from '@veinledger/gateway';
import type { Ledger } from '@veinledger/gateway/ledger';
import { readConnection } from '@veinledger/network';
import { foundWhereMissing, type Home, homeAt, readRoot } from './development/home.js';
import { connectFabric, endorsementOf } from './development/open-fabric.js';
import { openEmbedded } from './development/open-embedded.js';
import { runAsMain } from './main-process.js';

const HELP = `npm start -- [--home DIR] [--port PORT] [--fabric]

Serves a persistent ledger at http://127.0.0.1:8080. Without a consortium root it founds a development
consortium: six members, their registrars' keys, their certificate authorities.

  --fabric      the network that 'npm run network -- up' brought up, instead of the embedded ledger
  --home DIR    where everything is kept (default: .veinledger)
  --port PORT   0 picks a free one (default: 8080)
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      home: { type: 'string', default: '.veinledger' },
      port: { type: 'string', default: '8080' },
      fabric: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const home = homeAt(resolve(values.home));
  if (await foundWhereMissing(home)) console.log('founded a development consortium');
  const root = await readRoot(home);
  const { ledger, wallet, endorsement } = values.fabric
    ? await openNetwork(home)
    : await openOwn(home);
  const gateway = await startGateway(
    {
      port: Number(values.port),
      vault: home.vault,
      wallet,
      keystore: home.keystore,
      developmentIssuer: true,
    },
    { ledger, root, endorsement },
  );
  console.log(`
  gateway           ${gateway.url}
  API               ${gateway.url}/docs
  tokens            ${gateway.url}/dev/issuer (for development: it asks nobody for a password)
  consortium root   ${home.rootFile}
  registrars' keys  ${home.registrars} (private: each belongs to one member)
  X.509 identities  ${wallet} (private: the gateway's)
  ledger            ${ledger.name}, ${await ledger.height()} blocks
${values.fabric ? '' : ONE_WORD}${NEXT}
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
  npm run veinledger -- enrol hospital.nurse --roles nurse
  npm run veinledger -- read /v1/organisations
`;

function stopped(): Promise<void> {
  return new Promise((done) => {
    process.once('SIGINT', () => done());
    process.once('SIGTERM', () => done());
  });
}

await runAsMain(main);
