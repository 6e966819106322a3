import type { IncomingMessage } from 'node:http';
import { Agent, request, type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { AskFailure, type AskFault } from './ask-failure.js';
import { GROUP, LINK } from './link.js';
import type { ExchangeMember } from './members.js';
import type { KeyPair } from '../tls/certificates.js';

/** The largest annex that is taken, bytes: what an HTTP body carries to a gateway. */
const MAX_BYTES = 1024 * 1024;
const MAX_SOCKETS = 4;

/** One member's gateway, as this gateway asks it. */
export class MemberLink {
  readonly member: string;
  readonly #url: string;
  readonly #agent: Agent;
  readonly #timeoutMs: number;

  constructor({ mspId, url, authorities }: ExchangeMember, own: KeyPair, timeoutMs: number) {
    this.member = mspId;
    this.#url = url;
    this.#timeoutMs = timeoutMs;
    const ca = authorities.map(String);
    this.#agent = new LinkAgent({ ...LINK, ...own, ca, keepAlive: true, maxSockets: MAX_SOCKETS });
  }

  /**
   * Asks for the annex of a digest. What it answers is held against nothing yet.
   * @throws AskFailure
   */
  async ask(digest: string, signal?: AbortSignal): Promise<string> {
    const late = AbortSignal.timeout(this.#timeoutMs);
    const ended = signal === undefined ? late : AbortSignal.any([late, signal]);
    try {
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
    return new Promise((answered, failed) => {
      request(url, { agent: this.#agent, signal, headers: { accept: 'application/json' } })
        .once('response', answered)
        .once('error', failed)
        .end();
    });
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

/** Connects by the pinned key exchange only, and looks that it was used. */
class LinkAgent extends Agent {
  override createConnection(
    options: RequestOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    const socket = super.createConnection(options, callback);
    if (socket instanceof TLSSocket) {
      socket.once('secureConnect', () => {
        const group = groupOf(socket);
        if (group !== GROUP) socket.destroy(new GroupError(group));
      });
    }
    return socket;
  }
}

/** A link by another key exchange than the pinned one. */
class GroupError extends Error {
  constructor(found: string | undefined) {
    super(`exchange: expected key exchange ${GROUP}, found ${found ?? 'none'}`);
    this.name = 'GroupError';
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
  if (error instanceof GroupError) return 'untrusted';
  const code = codeOf(error);
  if (code.startsWith('HPE_')) return 'garbage';
  return TLS_FAULT.test(code) ? 'untrusted' : 'unreachable';
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
