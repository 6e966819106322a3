import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';

const seen = new WeakMap<TLSSocket, X509Certificate>();

/**
 * The certificate that the other end of a connection showed. At the end that connected, Node 24 gives it once and then no
 * more: what the first call gave is kept as long as the connection.
 */
export function peerCertificateOf(socket: TLSSocket): X509Certificate | undefined {
  const certificate = seen.get(socket) ?? socket.getPeerX509Certificate();
  if (certificate) seen.set(socket, certificate);
  return certificate;
}
