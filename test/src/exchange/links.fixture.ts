import { readFile } from 'node:fs/promises';
import { request, type RequestOptions } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect } from 'node:tls';

/** What a member's exchange answered. */
export interface DirectAnswer {
  readonly status: number;
  readonly text: string;
}

/** The TLS files of one member, and whom it trusts as another. */
export async function credentials(folder: string, member: string, other: string) {
  const file = (id: string, name: string) =>
    readFile(join(folder, 'gateways', id, 'exchange', name), 'utf8');
  return {
    cert: await file(member, 'cert.pem'),
    key: await file(member, 'key.pem'),
    ca: await file(other, 'tls-ca.pem'),
    agent: false as const,
  };
}

/** Asks an exchange as whoever the options say. */
export function get(url: URL, options: RequestOptions): Promise<DirectAnswer> {
  return new Promise((done, failed) => {
    request(url, options, (answer) => {
      void text(answer).then(
        (body) => done({ status: answer.statusCode ?? 0, text: body }),
        failed,
      );
    })
      .once('error', failed)
      .end();
  });
}

/** The key exchange that a connection to an exchange is made with. */
export function groupOf(
  { hostname: host, port }: URL,
  { cert, key, ca }: Pick<RequestOptions, 'cert' | 'key' | 'ca'>,
): Promise<string> {
  return new Promise((done, failed) => {
    const socket = connect({ host, port: Number(port), cert, key, ca }, () => {
      const info: object | null = socket.getEphemeralKeyInfo();
      socket.end();
      done(info !== null && 'name' in info ? String(info.name) : 'none');
    });
    socket.once('error', failed);
  });
}
