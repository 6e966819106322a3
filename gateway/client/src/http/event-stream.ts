import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { GatewayUnreachable } from './gateway-problem.js';

/** What a reader of bytes gives. */
interface Chunk {
  readonly done: boolean;
  readonly value?: Uint8Array;
}

/**
 * The messages of a server-sent event stream, until it ends.
 * @param idleMs how long the stream may stay silent, heartbeats included, milliseconds
 * @throws GatewayUnreachable when the stream breaks off or falls silent
 */
export async function* messagesOf(
  response: Response,
  idleMs: number,
): AsyncGenerator<EventSourceMessage, void, undefined> {
  if (response.body === null) return;
  const received: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (message) => void received.push(message) });
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  try {
    for (;;) {
      const chunk: Chunk = await within(idleMs, reader.read());
      if (chunk.done) return;
      parser.feed(decoder.decode(chunk.value, { stream: true }));
      yield* received.splice(0);
    }
  } finally {
    // a stream that broke off rejects its own cancellation, and there is nothing left to cancel
    await reader.cancel().catch(() => undefined);
  }
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silent = new Promise<never>((_, failed) => {
    timer = setTimeout(
      () => failed(new GatewayUnreachable(`the stream was silent for ${milliseconds} ms`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([work, silent]);
  } catch (cause) {
    if (cause instanceof GatewayUnreachable) throw cause;
    throw new GatewayUnreachable('the stream broke off', { cause });
  } finally {
    clearTimeout(timer);
  }
}
