import { readFile } from 'node:fs/promises';
import { connect, type TLSSocket } from 'node:tls';

/** The hybrid of X25519 and ML-KEM-768 (FIPS 203): a recorded session stays closed to a quantum computer. */
export const HYBRID_GROUP = 'X25519MLKEM768';

/** What is offered, in this order: a node that does not know the hybrid shows what it falls back to. */
const OFFERED = [HYBRID_GROUP, 'X25519', 'prime256v1', 'secp384r1'];

const ANSWER_MS = 3000;

/** A listener of a node, and how its certificate is checked. */
export interface TlsListener {
  readonly node: string;
  /** who connects to it: clients, other ordering nodes, administrators */
  readonly use: 'client' | 'cluster' | 'admin';
  readonly host: string;
  readonly port: number;
  /** the name in its certificate; its address when left out */
  readonly serverName?: string;
  /** path of the PEM that its certificate descends from */
  readonly authority: string;
  /** paths of a certificate and its key, where the listener asks for one */
  readonly client?: { readonly certificate: string; readonly key: string };
}

/** What a handshake with a listener ended in. */
export interface NegotiatedGroup {
  readonly node: string;
  readonly use: TlsListener['use'];
  readonly port: number;
  /** the key exchange's group; undefined when there was no handshake */
  readonly group: string | undefined;
  /** why there was no handshake */
  readonly failure?: string;
}

/**
 * Makes one TLS 1.3 handshake with a listener and tells the group that it chose. Never throws.
 * @param offered the groups, the most wanted first
 */
export async function negotiatedGroup(
  listener: TlsListener,
  offered: readonly string[] = OFFERED,
): Promise<NegotiatedGroup> {
  const { node, use, port } = listener;
  try {
    return { node, use, port, group: await handshake(listener, offered) };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    return { node, use, port, group: undefined, failure };
  }
}

async function handshake(listener: TlsListener, offered: readonly string[]): Promise<string> {
  const { host, port, serverName, authority, client } = listener;
  const socket = connect({
    host,
    port,
    ...(serverName === undefined ? {} : { servername: serverName }),
    ca: await readFile(authority),
    ...(client && { cert: await readFile(client.certificate), key: await readFile(client.key) }),
    minVersion: 'TLSv1.3',
    ecdhCurve: offered.join(':'),
    // gRPC ends a connection that does not name HTTP/2
    ALPNProtocols: ['h2'],
    timeout: ANSWER_MS,
  });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('secureConnect', resolve);
      socket.once('error', reject);
      socket.once('timeout', () => reject(new Error(`no handshake in ${ANSWER_MS} ms`)));
    });
    return groupOf(socket);
  } finally {
    socket.destroy();
  }
}

function groupOf(socket: TLSSocket): string {
  const key = socket.getEphemeralKeyInfo();
  const name = key !== null && 'name' in key ? key.name : undefined;
  if (typeof name !== 'string') throw new Error('the handshake told no group');
  return name;
}
