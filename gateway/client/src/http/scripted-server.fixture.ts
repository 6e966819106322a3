import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server that gives one answer to each request, in order, and keeps what it was asked. */
export interface ScriptedServer {
  readonly url: string;
  readonly asked: readonly IncomingMessage[];
  close(): Promise<void>;
}

/** Starts a server that answers by a script; whatever comes after its last line is answered by that again. */
export async function scriptedServer(script: readonly Answer[]): Promise<ScriptedServer> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    const answer = script[Math.min(asked.length, script.length - 1)];
    asked.push(request);
    request.resume();
    request.on('end', () => answer?.(request, response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Answers JSON. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return (_request, response) => {
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    response.writeHead(status, { 'content-type': type, ...headers }).end(JSON.stringify(body));
  };
}

/** Answers a problem of that code. */
export function problem(
  status: number,
  code: string,
  headers: Record<string, string> = {},
): Answer {
  const type = `urn:veinledger:problem:${code}`;
  const instance = 'urn:uuid:0';
  return json({ type, title: code, status, detail: code, code, instance }, status, headers);
}

/** Answers an event stream of these chunks, and ends it or leaves it open. */
export function stream(
  chunks: readonly string[],
  end: 'ends' | 'breaks off' | 'stays open',
): Answer {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const chunk of chunks) response.write(chunk);
    if (end === 'ends') response.end();
    if (end === 'breaks off') setImmediate(() => response.destroy());
  };
}
