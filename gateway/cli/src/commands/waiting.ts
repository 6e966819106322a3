import { z } from 'zod';
import { table } from '../columns.js';
import { defineCommand } from '../command.js';
import { BY_WHAT, nameOfQueued, type Queued, queueOf } from '../waiting-queue.js';

export const waiting = defineCommand({
  arguments: [],
  options: [],
  input: z.strictObject({}),
  run: async (session) => {
    const queue = await queueOf(session, await session.reader());
    return { data: queue, lines: waitingLines(queue) };
  },
});

function waitingLines(queue: readonly Queued[]): readonly string[] {
  if (queue.length === 0) return ['nothing waits for this signature'];
  return [
    ...table(
      ['to sign', 'state', 'command', 'what', 'why', 'since', 'due', 'signature', 'adds'],
      queue.map((each) => [
        ...[nameOfQueued(each), each.state, each.act, each.subject, each.code, each.since],
        dueOf(each),
        BY_WHAT[each.signature],
        [...each.lacking, ...each.annexes.map((name) => `annex ${name}`)].join(', '),
      ]),
    ),
    "'veinledger sign' with one or several of the first column shows them as they would be signed",
  ];
}

function dueOf({ due = '', overdueMinutes = 0 }: Queued): string {
  return overdueMinutes > 0 ? `${overdueMinutes} min late` : due;
}
