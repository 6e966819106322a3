import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Receipt } from '@veinledger/client';
import { Webhook } from 'standardwebhooks';

/** A delivery as its receiver got it. */
export interface Received {
  readonly id: string;
  readonly text: string;
  readonly headers: Record<string, string>;
  readonly message: { readonly type: string; readonly id: string; readonly data: Receipt };
}

/** What a receiver answers to a delivery. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A member's own server that takes webhooks. */
export class Receiver {
  readonly deliveries: Received[] = [];
  /** what it answers; 204 to everything when nothing else is said */
  answer: (delivery: Received) => Reply | 'nothing' = () => ({ status: 204 });
  readonly url: string;
  readonly close: () => Promise<void>;
  #changed: () => void = () => undefined;

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.close = close;
  }

  static async start(): Promise<Receiver> {
    const server = createServer((request, response) => {
      void readText(request).then((text) => {
        const reply = receiver.#take(request, text);
        if (reply !== 'nothing') response.writeHead(reply.status, reply.headers).end('thanks');
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const receiver = new Receiver(`http://127.0.0.1:${port}/hook`, async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    });
    return receiver;
  }

  /** Waits until something holds of the deliveries that came. */
  async until(holds: (deliveries: readonly Received[]) => boolean): Promise<readonly Received[]> {
    while (!holds(this.deliveries)) await new Promise<void>((resolve) => (this.#changed = resolve));
    return this.deliveries;
  }

  #take(request: IncomingMessage, text: string): Reply | 'nothing' {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const message = JSON.parse(text) as Received['message'];
    const delivery = { id: headers['webhook-id'] ?? '', text, headers, message };
    this.deliveries.push(delivery);
    this.#changed();
    return this.answer(delivery);
  }
}

/** Whether the delivery is signed under the secret, as the specification's own library finds. */
export function isSigned({ text, headers }: Received, secret: string): boolean {
  try {
    new Webhook(secret).verify(text, headers);
    return true;
  } catch {
    return false;
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
