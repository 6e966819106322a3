import type { IncomingMessage } from 'node:http';
import { Agent, type AgentOptions, request, type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { AskFailure, type AskFault } from './ask-failure.js';
import { GROUP, LINK } from './link.js';
import type { ExchangeMember } from './members.js';
import { peerCertificateOf } from './peer-certificate.js';
import type { RevocationFile } from './revocation-file.js';
import { reasonOf } from './revocation-list.js';
import type { KeyPair } from '../tls/certificates.js';

/** The largest annex that is taken, bytes: what an HTTP body carries to a gateway. */
const MAX_BYTES = 1024 * 1024;
const MAX_SOCKETS = 4;

/** One member's gateway, as this gateway asks it. */
export class MemberLink {
  readonly member: string;
  readonly #url: string;
  readonly #agent: LinkAgent;
  readonly #timeoutMs: number;
  readonly #revocations: RevocationFile | undefined;

  constructor(member: ExchangeMember, own: KeyPair, timeoutMs: number) {
    const { mspId, url, authorities, revocations } = member;
    this.member = mspId;
    this.#url = url;
    this.#timeoutMs = timeoutMs;
    this.#revocations = revocations;
    const tls = { ...LINK, ...own, ca: authorities.map(String) };
    // a session that is taken up again shows no certificates but the last one's
    const reuse = { keepAlive: true, maxSockets: MAX_SOCKETS, maxCachedSessions: 0 };
    this.#agent = new LinkAgent({ ...tls, ...reuse }, (socket) => this.#faultOf(socket));
  }

  /**
   * Asks for the annex of a digest. What it answers is held against nothing yet.
   * @throws AskFailure
   */
  async ask(digest: string, signal?: AbortSignal): Promise<string> {
    const late = AbortSignal.timeout(this.#timeoutMs);
    const ended = signal === undefined ? late : AbortSignal.any([late, signal]);
    try {
      await this.#revocations?.look();
      const answer = await this.#get(new URL(`/annexes/${digest}`, this.#url), ended);
      const fault = faultOf(answer);
      if (fault === undefined) return await this.#textOf(answer);
      answer.destroy();
      throw new AskFailure(this.member, fault);
    } catch (error) {
      if (error instanceof AskFailure) throw error;
      signal?.throwIfAborted();
      const fault = late.aborted ? 'timed-out' : faultOfConnection(error);
      throw new AskFailure(this.member, fault, { cause: error });
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  #get(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
    const options = { agent: this.#agent, signal, headers: { accept: 'application/json' } };
    return new Promise((answered, failed) => {
      const asked = request(url, options);
      asked
        .once('socket', (socket) => {
          if (asked.reusedSocket && socket instanceof TLSSocket) this.#agent.check(socket);
        })
        .once('response', answered)
        .once('error', failed)
        .end();
    });
  }

  /** Why a connection is no link to the member, whatever TLS itself made of it. */
  #faultOf(socket: TLSSocket): LinkError | undefined {
    const group = groupOf(socket);
    if (group !== GROUP) {
      return new LinkError('untrusted', `expected key exchange ${GROUP}, found ${group ?? 'none'}`);
    }
    if (this.#revocations === undefined) return undefined;
    const certificate = peerCertificateOf(socket);
    if (certificate === undefined) {
      return new LinkError('untrusted', `expected a certificate of ${this.member}, found none`);
    }
    const revocation = this.#revocations.revocationOf(certificate);
    return revocation && new LinkError('revoked', reasonOf(revocation));
  }

  async #textOf(answer: IncomingMessage): Promise<string> {
    const parts: Buffer[] = [];
    let size = 0;
    for await (const part of answer as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > MAX_BYTES) throw new AskFailure(this.member, 'too-large');
      parts.push(part);
    }
    return Buffer.concat(parts).toString('utf8');
  }
}

/** Connections that are looked at when they are made, and again before each question that they carry. */
class LinkAgent extends Agent {
  readonly #faultOf: (socket: TLSSocket) => LinkError | undefined;

  constructor(options: AgentOptions, faultOf: (socket: TLSSocket) => LinkError | undefined) {
    super(options);
    this.#faultOf = faultOf;
  }

  override createConnection(
    options: RequestOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    const socket = super.createConnection(options, callback);
    if (socket instanceof TLSSocket) socket.once('secureConnect', () => this.check(socket));
    return socket;
  }

  /** Ends a connection that is no link, or no longer. */
  check(socket: TLSSocket): void {
    const fault = this.#faultOf(socket);
    if (fault) socket.destroy(fault);
  }
}

/** A connection that TLS made and that is no link to the member. */
class LinkError extends Error {
  readonly fault: AskFault;

  constructor(fault: AskFault, message: string) {
    super(`exchange: ${message}`);
    this.name = 'LinkError';
    this.fault = fault;
  }
}

function groupOf(socket: TLSSocket): string | undefined {
  const info: object | null = socket.getEphemeralKeyInfo();
  return info !== null && 'name' in info ? String(info.name) : undefined;
}

function faultOf({ statusCode = 0 }: IncomingMessage): AskFault | undefined {
  if (statusCode === 200) return undefined;
  if (statusCode === 404) return 'not-held';
  if (statusCode === 403) return 'refused';
  return 'garbage';
}

const TLS_FAULT = /^(?:ERR_TLS|ERR_SSL|EPROTO$|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED)/;

function faultOfConnection(error: unknown): AskFault {
  if (error instanceof LinkError) return error.fault;
  const code = codeOf(error);
  if (code.startsWith('HPE_')) return 'garbage';
  return TLS_FAULT.test(code) ? 'untrusted' : 'unreachable';
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
