import { join } from 'node:path';
import {
  type EndorsementRule,
  keepFilesPrivate,
  readProcessSettings,
  serveUntilStopped,
  SettingsError,
  startGateway,
  untilStopped,
} from '@veinledger/gateway';
import type { Ledger } from '@veinledger/ledger';
import { type Connection, readConnection } from '@veinledger/network';
import { z } from 'zod';
import { defineCommand } from '../command.js';
import { CliError } from '../complaint.js';
import { foundWhereMissing } from '../development/found-home.js';
import { type Home, readRoot } from '../development/home.js';
import { connectFabric, endorsementOf, gatherWallets } from '../development/open-fabric.js';
import { openEmbedded } from '../development/open-embedded.js';
import { developmentConfig } from '../development/settings.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Session } from '../session.js';

interface Development {
  readonly port?: string | undefined;
  readonly fabric: boolean;
}

/**
 * Without settings: a persistent ledger in the environment development, where tokens are had without passwords, over
 * plain HTTP. Where there is no consortium root it founds a development consortium.
 */
export const start = defineCommand({
  arguments: [],
  options: [
    {
      name: 'fabric',
      summary: "the network that 'network up' brought up, instead of the embedded ledger",
    },
    {
      name: 'port',
      value: 'PORT',
      summary: '0 picks a free one (default: VEINLEDGER_PORT, else 8080)',
    },
    {
      name: 'config',
      value: 'FILE',
      summary:
        'the settings of a gateway with a consortium of its own (default: VEINLEDGER_CONFIG); founds nothing',
    },
  ],
  input: z.strictObject({
    fabric: z.boolean().default(false),
    port: z.string().optional(),
    config: z.string().optional(),
  }),
  run: async (session, { config = process.env['VEINLEDGER_CONFIG'], ...development }) => {
    keepFilesPrivate();
    try {
      const exitCode =
        config === undefined
          ? await startDevelopment(session, development)
          : exitCodeOf(await serveUntilStopped(await readProcessSettings(config, process.env)));
      return { data: { stopped: true }, lines: [], exitCode };
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      throw new CliError('WRONG_SETTINGS', error.message, {}, EXIT.wrongUsage);
    }
  },
});

function exitCodeOf(code: number): ExitCode {
  return code === 0 ? EXIT.done : EXIT.failed;
}

/** Settings are read before anything is founded: what does not fit leaves nothing behind. */
async function startDevelopment(
  session: Session,
  { port, fabric }: Development,
): Promise<ExitCode> {
  const { home } = session;
  const network = fabric ? await openedNetwork(home) : undefined;
  const wallet = network
    ? await gatherWallets(network, join(home.directory, 'network-wallet'))
    : home.wallet;
  const settings = developmentConfig(home, { wallet, port });
  if (await foundWhereMissing(home)) session.note('founded a development consortium');
  const root = await readRoot(home);
  const { ledger, endorsement } = network ? await openNetwork(network) : await openOwn(home);
  const gateway = await startGateway(settings, { ledger, root, endorsement });
  session.show({
    data: { gateway: gateway.url, ledger: ledger.name, home: home.directory },
    lines: [
      `
  gateway           ${gateway.url}
  environment       development: tokens without passwords, plain HTTP
  patients' pages   ${pagesAt(gateway.url)}
  API               ${gateway.url}/docs
  tokens            ${gateway.url}/dev/issuer (for development: it asks nobody for a password)
  consortium root   ${home.rootFile}
  registrars' keys  ${home.registrars} (private: each belongs to one member)
  X.509 identities  ${wallet} (private: the gateway's)
  ledger            ${ledger.name}, ${await ledger.height()} blocks
${fabric ? '' : ONE_WORD}${NEXT}
Stop it with Ctrl-C.`,
    ],
  });
  const close = async () => {
    const cutOff = await gateway.close();
    await ledger.close();
    return cutOff;
  };
  return exitCodeOf(await untilStopped({ ...gateway, close }, settings.shutdownSeconds));
}

/** By the name of this machine: passkeys belong to names, not to numbers. */
function pagesAt(gateway: string): string {
  const url = new URL('/app/', gateway);
  if (url.hostname === '127.0.0.1') url.hostname = 'localhost';
  return url.href;
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
  npx veinledger bootstrap
  npx veinledger enrol --organisation HospitalMSP
  npx veinledger read /v1/organisations
`;
