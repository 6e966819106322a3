import { GatewayProblem } from '@veinledger/client/node';
import { z } from 'zod';
import { type Unstated, unstatedAfter, unstatedEverywhere } from '../alerts/unstated.js';
import { defineCommand } from '../command.js';
import type { CommandResult } from '../command-result.js';
import type { Session } from '../session.js';

export const stateAlerts = defineCommand({
  arguments: [],
  options: [{ name: 'follow', summary: 'goes on, and states what comes, until it is ended' }],
  input: z.strictObject({ follow: z.literal(true).optional() }),
  run: async (session, { follow }) => {
    const actor = session.actor();
    if (follow) await followEvents(session, actor);
    return resultOf(await state(session, actor, await unstatedEverywhere(session, actor)));
  },
});

interface Stated extends Unstated {
  /** of the ledger: stated, or why not */
  readonly decision: string;
  /** keys of the alerts */
  readonly changed: readonly string[];
}

/** One after the other; somebody else may have stated the same meanwhile, which the ledger says. */
async function state(session: Session, actor: string, owed: readonly Unstated[]) {
  const stated: Stated[] = [];
  for (const each of owed) {
    const { decision, changed, reasons } = await session.say(actor, {
      type: 'quality:StateAlert',
      body: { ...each },
    });
    const why = reasons.map(({ code }) => code).join(', ');
    stated.push({ ...each, decision: why === '' ? decision : why, changed });
  }
  return stated;
}

/**
 * States what is owed whenever the stream opens, then what each event leads to. Nothing is kept between: whoever starts it
 * again loses nothing.
 * @throws GatewayProblem and the like, when the gateway answers no more
 */
async function followEvents(session: Session, actor: string): Promise<void> {
  const client = await session.client(actor);
  const failed = new AbortController();
  let work = Promise.resolve();
  const then = (find: () => Promise<readonly Unstated[]>) => {
    work = work
      .then(async () => {
        const stated = await state(session, actor, await find());
        if (stated.length > 0) session.show(resultOf(stated));
      })
      .catch((error: unknown) => failed.abort(error));
  };
  const onOpen = () => {
    session.note('listening');
    then(() => unstatedEverywhere(session, actor));
  };
  for await (const { receipt } of client.events({ signal: failed.signal, onOpen })) {
    then(() => unstatedIfTold(session, actor, receipt.scope));
  }
}

/** A therapy's alerts are told to fewer than hear of its commands. */
async function unstatedIfTold(
  session: Session,
  actor: string,
  scope: Parameters<typeof unstatedAfter>[2],
) {
  try {
    return await unstatedAfter(session, actor, scope);
  } catch (error) {
    if (error instanceof GatewayProblem && error.code === 'NOT_ENTITLED') return [];
    throw error;
  }
}

function resultOf(stated: readonly Stated[]): CommandResult {
  if (stated.length === 0) return { data: stated, lines: ['nothing waits to be stated'] };
  return {
    data: stated,
    lines: stated.flatMap(({ coi, command, decision, changed }) => [
      `${decision}  ${coi}, of command ${command}`,
      ...changed.map((each) => `  changed      ${each}`),
    ]),
  };
}
