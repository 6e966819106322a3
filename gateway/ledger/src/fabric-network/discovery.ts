import type { DiscoveryService, Endorser } from 'fabric-common';
import { PeerError } from '../fabric/peer-error.js';
import type { Connection } from './connection.js';

/** How long what was discovered is taken for true, milliseconds. */
const FRESH = 60_000;
const ANSWER = 5_000;

/**
 * What the peers' discovery service tells: the channel's ordering nodes and peers, which the library then knows, and
 * whose endorsements the chaincode's policy takes.
 */
export class Discovery {
  readonly #connection: Connection;
  readonly #endorsers: readonly Endorser[];
  #found: { readonly service: Promise<DiscoveryService>; readonly until: number } | undefined;

  constructor(connection: Connection, endorsers: readonly Endorser[]) {
    this.#connection = connection;
    this.#endorsers = endorsers;
  }

  /**
   * The library's discovery service with results at hand.
   * @throws PeerError when no peer answers
   */
  service(): Promise<DiscoveryService> {
    if (this.#found !== undefined && Date.now() < this.#found.until) return this.#found.service;
    const service = this.#discover();
    this.#found = { service, until: Date.now() + FRESH };
    service.catch(() => this.forget());
    return service;
  }

  /** Has the peers asked anew when next something is to be known. */
  forget(): void {
    this.#found = undefined;
  }

  async #discover(): Promise<DiscoveryService> {
    const { channel, client, chaincode, reader } = this.#connection;
    const context = await this.#connection.context(reader);
    const service = channel.newDiscoveryService(channel.name);
    const targets = this.#endorsers.map((endorser) => {
      const discoverer = client.newDiscoverer(endorser.name, endorser.mspid);
      discoverer.setEndpoint(endorser.endpoint);
      return discoverer;
    });
    service.build(context, { endorsement: channel.newEndorsement(chaincode) });
    service.sign(context);
    try {
      await service.send({ asLocalhost: false, targets, requestTimeout: ANSWER });
    } catch (cause) {
      throw new PeerError({ texts: [`discovery: ${String(cause)}`], mspIds: [], cause });
    } finally {
      for (const target of targets) target.disconnect();
    }
    return service;
  }
}
