import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { OrdererPlan, PeerPlan } from '../plan/index.js';
import { negotiatedGroup, type NegotiatedGroup, type TlsListener } from '../tls/index.js';
import { planOf, requireManifest } from './manifest.js';

/**
 * Makes a TLS handshake with every listener of a home's peers and ordering nodes: those for clients, and those
 * by which ordering nodes reach each other, with the node's own certificate for that.
 * @throws NetworkError FILE_MISSING when the home folder has no network
 */
export async function networkTlsGroups(homeDir: string): Promise<NegotiatedGroup[]> {
  const home = resolve(homeDir);
  const plan = planOf(await requireManifest(home), home);
  const here = plan.members.filter(({ files }) => existsSync(files.dir));
  const listeners = [
    ...here.flatMap(({ orderer }) => (orderer ? [client(orderer), cluster(orderer)] : [])),
    ...here.flatMap(({ peer }) => (peer ? [client(peer)] : [])),
  ];
  return Promise.all(listeners.map((listener) => negotiatedGroup(listener)));
}

function client({ name, host, hostname, ports, shared }: OrdererPlan | PeerPlan): TlsListener {
  return {
    ...{ node: name, use: 'client', host, port: ports.client },
    ...{ serverName: hostname, authority: shared.tlsAuthority },
  };
}

/** Its certificate names its address, so that other ordering nodes need no name. */
function cluster({ name, host, ports, shared, files }: OrdererPlan): TlsListener {
  return {
    ...{ node: name, use: 'cluster', host, port: ports.cluster },
    authority: shared.tlsAuthority,
    client: files.cluster,
  };
}
