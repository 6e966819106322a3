import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type DevelopmentConsortium,
  enrolmentBody,
  PATIENT_RETRIES,
  registrarOf,
  signMessage,
  type tallyOf,
} from '#scripts';
import { commandIdOf, generateActorKeys, GatewayClient } from '@veinledger/client/node';

type Sent = Parameters<typeof tallyOf>[0][number];

/** Three in a second. */
const PERIOD_MS = 333;

/**
 * Enrols somebody three times a second, the members' registrars in turn, each at their own member's gateway and with the
 * client library's own retries.
 */
export class SteadyEnrolments {
  readonly #sent: Promise<Sent>[] = [];
  readonly #stopped: Promise<void>;
  readonly #name = `somebody-${randomUUID().slice(0, 8)}`;
  #ending = false;

  /** @param urls gateways' URLs by MSP id */
  constructor(consortium: DevelopmentConsortium, urls: ReadonlyMap<string, string>) {
    this.#stopped = this.#run(consortium, urls);
  }

  /** Hands in nothing more, and waits until every command is acknowledged or given up. */
  async end(): Promise<readonly Sent[]> {
    this.#ending = true;
    await this.#stopped;
    return Promise.all(this.#sent);
  }

  async #run(consortium: DevelopmentConsortium, urls: ReadonlyMap<string, string>): Promise<void> {
    const { network } = consortium.root;
    const submitters = [...urls].map(([mspId, url]) => {
      const person = registrarOf(consortium, mspId);
      const { id: actor, keys } = person;
      return { person, client: new GatewayClient({ url, actor, keys, retries: PATIENT_RETRIES }) };
    });
    for (let index = 0; !this.#ending; index += 1) {
      const submitter = submitters[index % submitters.length];
      if (submitter) this.#sent.push(enrol(network, submitter, `${this.#name}-${index}`));
      await delay(PERIOD_MS);
    }
  }
}

interface RegistrarSubmitter {
  readonly person: ReturnType<typeof registrarOf>;
  readonly client: GatewayClient;
}

async function enrol(network: string, submitter: RegistrarSubmitter, actor: string): Promise<Sent> {
  const keys = generateActorKeys();
  const body = await enrolmentBody(network, { id: actor, roles: ['registrar'] }, keys);
  const message = { type: 'registry:EnrolActor', body };
  const { jws, annexes } = await signMessage(network, submitter.person, message);
  const sent = { commandId: commandIdOf(jws), at: performance.now(), failures: [] };
  try {
    const { transactionId, block } = await submitter.client.submit({ jws, annexes });
    return { ...sent, acknowledged: { at: performance.now(), transactionId, block } };
  } catch (error) {
    return { ...sent, failures: [String(error)] };
  }
}
