import { GatewayClient, GatewayProblem } from '@veinledger/client';
import type { DevicePossession, OpenBox, PatientDevice } from '@veinledger/client/device';
import { keyIds } from '@veinledger/domain';
import { Notebook } from '../device/notebook.js';
import { Outbox } from '../ledger/outbox.js';
import { Remembered } from '../ledger/remembered.js';
import { gatewayUrl, programme, type Settings } from '../address/settings.js';

/** Open keys, and what is done with them until they are closed again. */
export interface Session {
  readonly device: PatientDevice;
  readonly actor: string;
  readonly network: string;
  /** thumbprint of the Ed25519 key, by which hospital and patient see that they speak of the same keys */
  readonly keyId: string;
  readonly client: GatewayClient;
  readonly reads: Remembered;
  readonly outbox: Outbox;
  readonly notebook: Notebook;
  /** what is handed in to be enrolled */
  readonly possession: () => Promise<DevicePossession>;
}

/** Few tries within little time: a page soon says that it is off line. */
const RETRIES = { attempts: 3, timeoutMs: 20_000 };

export function openSession(device: PatientDevice, open: OpenBox, { audience }: Settings): Session {
  const { owner, keys } = open;
  const { actor, network } = owner;
  const client = new GatewayClient({ url: gatewayUrl(), actor, keys, audience, retries: RETRIES });
  const notebook = new Notebook(open, programme());
  const reads = new Remembered(client, notebook);
  const outbox = new Outbox({ device, owner, client, notebook });
  const possession = () => device.possession(open);
  const keyId = keyIds(keys.public).ed25519;
  return { device, actor, network, keyId, client, reads, outbox, notebook, possession };
}

/** Where the device keeps that its keys were enrolled: keys that are no more are not keys that wait. */
const WAS_ENROLLED = 'enrolled';

/**
 * Whether these keys are those that the hospital enrolled, wait for that, or were and count no more: revoked, or others
 * took their place.
 * @throws GatewayUnreachable, and what else the gateway answers
 */
export async function standingOf(
  session: Pick<Session, 'client' | 'actor' | 'notebook'>,
): Promise<'enrolled' | 'waits' | 'ended'> {
  const { client, actor, notebook } = session;
  try {
    await client.read(`/v1/actors/${actor}`);
  } catch (error) {
    if (!(error instanceof GatewayProblem)) throw error;
    if (error.code === 'ACTOR_REVOKED') return 'ended';
    if (error.code !== 'TOKEN_INVALID') throw error;
    return (await notebook.read(WAS_ENROLLED)) === true ? 'ended' : 'waits';
  }
  await notebook.write(WAS_ENROLLED, true);
  return 'enrolled';
}
