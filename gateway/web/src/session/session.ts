import { GatewayClient, GatewayProblem } from '@veinledger/client';
import type { DevicePossession, OpenBox, PatientDevice } from '@veinledger/client/device';
import { Notebook } from '../device/notebook.js';
import { Outbox } from '../ledger/outbox.js';
import { Remembered } from '../ledger/remembered.js';
import { gatewayUrl, programme, type Settings } from '../address/settings.js';

/** Open keys, and what is done with them until they are closed again. */
export interface Session {
  readonly device: PatientDevice;
  readonly actor: string;
  readonly network: string;
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
  const outbox = new Outbox({ device, client, notebook });
  const possession = () => device.possession(open);
  return { device, actor, network, client, reads, outbox, notebook, possession };
}

/**
 * Whether the hospital has enrolled these keys.
 * @throws GatewayUnreachable, and what else the gateway answers
 */
export async function isEnrolled({ client, actor }: Session): Promise<boolean> {
  try {
    await client.read(`/v1/actors/${actor}`);
    return true;
  } catch (error) {
    if (error instanceof GatewayProblem && error.code === 'TOKEN_INVALID') return false;
    throw error;
  }
}
