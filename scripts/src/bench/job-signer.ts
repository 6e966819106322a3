import { buildCommand, nativeSigner, type Signer } from '@veinledger/client/node';
import type { Person } from '../journey/submitter.js';
import type { Job, Request } from './jobs.js';
import type { Said } from './messages.js';

/** Signs what several people say, each with their own keys. */
export class JobSigner {
  readonly #network: string;
  readonly #signers: ReadonlyMap<string, Signer>;

  constructor(network: string, people: readonly Pick<Person, 'id' | 'keys'>[]) {
    this.#network = network;
    this.#signers = new Map(people.map(({ id, keys }) => [id, nativeSigner(keys)]));
  }

  /** @throws Error when the keys of a speaker are not at hand */
  async sign(said: readonly Said[]): Promise<Job> {
    const job: Request[] = [];
    for (const { actor, message } of said) {
      const signer = this.#signers.get(actor);
      if (!signer) throw new Error(`no keys of ${actor}`);
      const { type, body } = message;
      const payload = buildCommand({ network: this.#network, type, actor, body });
      const jws = await signer.sign(payload, 'vnd.veinledger.command+jws');
      job.push({ actor, body: JSON.stringify({ jws }) });
    }
    return job;
  }
}
