import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

type Handler = (body: string) => Promise<string> | string;

/** What the page may ask of the test besides the gateway: by path, what is done with the body. */
export type Handlers = Readonly<Record<string, Handler>>;

export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves a page of one script from the same origin as a gateway: `/v1` goes on to the gateway as it comes. */
export async function pageServer(
  gateway: string,
  script: string,
  handlers: Handlers,
): Promise<PageServer> {
  const server = createServer((request, response) => {
    answer(request, response, gateway, { ...handlers, '/page.js': () => script }).catch(
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  gateway: string,
  handlers: Handlers,
): Promise<void> {
  const { url = '/', method = 'GET' } = request;
  const body = await text(request);
  if (url.startsWith('/v1/')) {
    const { authorization = '', 'content-type': type } = request.headers;
    const passed = await fetch(new URL(url, gateway), {
      method,
      headers: { authorization, ...(type === undefined ? {} : { 'content-type': type }) },
      ...(method === 'POST' ? { body } : {}),
    });
    const content = passed.headers.get('content-type') ?? '';
    response.writeHead(passed.status, { 'content-type': content }).end(await passed.text());
    return;
  }
  const handler = handlers[url];
  if (handler) {
    const type = url.endsWith('.js') ? 'text/javascript' : 'text/plain';
    response.writeHead(200, { 'content-type': type }).end(await handler(body));
    return;
  }
  const page =
    '<!doctype html><meta charset="utf-8"><script type="module" src="/page.js"></script>';
  response.writeHead(url === '/' ? 200 : 404, { 'content-type': 'text/html' }).end(page);
}
