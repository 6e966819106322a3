import {
  commandIdOf,
  GatewayClient,
  generateActorKeys,
  signCommand,
  webSigner,
} from '@veinledger/client';
import { possessionStatement } from '@veinledger/domain';

/** What the page says of itself when it is done. */
export interface PageReport {
  readonly userAgent: string;
  readonly providers: Readonly<Record<string, string>>;
  readonly commandId: string;
  readonly receipt: {
    readonly commandId: string;
    readonly decision: string;
    readonly actor: string;
  };
  readonly height: number;
}

/** A technician in a browser: makes keys, has them enrolled, signs a command and hands it in. */
async function work(): Promise<PageReport> {
  const actor = 'lab.browser';
  const keys = generateActorKeys();
  const signer = await webSigner(keys);
  const network = await (await fetch('/network')).text();
  const proof = await signer.sign(
    possessionStatement(network, actor),
    'vnd.veinledger.possession+jws',
  );
  await say('/enrol', { actor, kind: 'person', roles: ['lab'], keys: keys.public, proof });
  const url = new URL('/', import.meta.url).origin;
  const audience = await (await fetch('/audience')).text();
  const client = new GatewayClient({ url, actor, keys, audience });
  const command = await signCommand(
    { network, actor, signer },
    {
      type: 'manufacturing:RegisterRun',
      body: { run: 'run-1', flowCell: 'FC-1', instrument: 'SEQ-1' },
    },
  );
  const { commandId, decision, actor: by } = await client.submit(command);
  const { height } = await client.read<{ height: number }>('/v1/ledger');
  return {
    userAgent: navigator.userAgent,
    providers: signer.providers,
    commandId: commandIdOf(command.jws),
    receipt: { commandId, decision, actor: by },
    height,
  };
}

async function say(path: string, body: object): Promise<void> {
  const response = await fetch(path, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
}

await work().then(
  (report) => say('/report', report),
  (error: unknown) => say('/failure', { error: String(error) }),
);
