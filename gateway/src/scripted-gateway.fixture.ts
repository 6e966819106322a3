import { Writable } from 'node:stream';
import { GatewayClient, issueBearerToken } from '@veinledger/client/node';
import { pino } from 'pino';
import type { GatewaySettings } from './config/config.js';
import { clinician, gatewayFolders, root, scriptedLedger } from './gateway.fixture.js';
import type { Ledger } from '@veinledger/ledger';
import { startGateway } from './server.js';

/** A request, its headers by name. */
interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly signal?: AbortSignal;
}

/** A gateway on a scripted ledger, its log kept, in folders of its own. */
export async function scriptedGateway(
  settings: Partial<GatewaySettings> = {},
  script: Partial<Ledger> = {},
) {
  const folders = await gatewayFolders();
  const { vault, wallet } = folders;
  let logged = '';
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged += chunk.toString();
      done();
    },
  });
  const start = () =>
    startGateway(
      { environment: 'development', port: 0, vault, wallet, ...settings },
      { ledger: scriptedLedger(script), root, logger: pino({ level: 'trace' }, sink) },
    );
  let gateway = await start();
  const { id: actor, keys } = clinician;
  return {
    get gateway() {
      return gateway;
    },
    get logged() {
      return logged;
    },
    vault,
    /** a fetch of the gateway with the clinician's token */
    call: async (path: string, init: Call = {}) => {
      const token = await issueBearerToken(keys, { actor, audience: gateway.url });
      const headers = { authorization: `Bearer ${token}`, ...init.headers };
      return fetch(`${gateway.url}${path}`, { ...init, headers });
    },
    client: () => new GatewayClient({ url: gateway.url, actor, keys }),
    restart: async () => {
      await gateway.close();
      gateway = await start();
    },
    remove: async () => {
      await gateway.close();
      await folders.remove();
    },
  };
}

export type ScriptedGateway = Awaited<ReturnType<typeof scriptedGateway>>;
