import type { Person } from '#scripts';
import { GatewayClient, GatewayProblem, GatewayUnreachable } from '@veinledger/client/node';
import type { LoadedCommand } from '../crash/load.js';

/** What became of a load that was handed in over HTTP. */
export interface HttpLoad {
  /** ids of commands whose receipt came back */
  readonly acknowledged: Set<string>;
  /** commands that were refused because the gateway was stopping, or could not be handed in */
  readonly turnedAway: Set<string>;
  /** answers that were neither */
  readonly other: string[];
  readonly done: Promise<void>;
}

/** Hands signed commands in, so many at a time, each by its own actor. */
export function httpLoad(
  url: string,
  people: readonly Person[],
  load: readonly LoadedCommand[],
  atOnce: number,
): HttpLoad {
  const clients = new Map(
    people.map(({ id, keys }) => [id, new GatewayClient({ url, actor: id, keys })]),
  );
  const acknowledged = new Set<string>();
  const turnedAway = new Set<string>();
  const other: string[] = [];
  const waiting = [...load];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { commandId, actor, invocation } = next;
      try {
        const receipt = await clients.get(actor)?.send({ jws: invocation.args[0] ?? '' });
        if (receipt?.commandId === commandId) acknowledged.add(commandId);
        else other.push(`a receipt of another command for ${commandId}`);
      } catch (error) {
        const stopping = error instanceof GatewayProblem && error.code === 'SHUTTING_DOWN';
        if (stopping || error instanceof GatewayUnreachable) turnedAway.add(commandId);
        else other.push(String(error));
      }
    }
  };
  const done = Promise.all(Array.from({ length: atOnce }, work)).then(() => undefined);
  return { acknowledged, turnedAway, other, done };
}

/** Waits until so many commands are acknowledged. */
export async function acknowledgedAtLeast({ acknowledged, other }: HttpLoad, count: number) {
  while (acknowledged.size < count && other.length === 0) {
    await new Promise((next) => setTimeout(next, 5));
  }
}
