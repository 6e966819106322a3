import { canonicalise, coi, sha256Base64url } from '@veinledger/domain';
import type { Receipt } from '@veinledger/client/node';
import { z } from 'zod';
import { defineCommand } from '../command.js';
import type { CommandResult } from '../command-result.js';
import { CliError, wrongUsage } from '../complaint.js';
import { readAnnexes, readJson } from '../content.js';
import { committed } from '../receipt-lines.js';
import type { Session } from '../session.js';
import { BY_WHAT, nameOfQueued, type Queued, queueIn } from '../waiting-queue.js';

/** What waits, as people name it: its therapy and the beginning of its id. */
const queuedName = z
  .string()
  .transform((text) => {
    const [chain, id = ''] = text.split('/');
    return { text, coi: chain, id };
  })
  .pipe(
    z.strictObject({
      text: z.string(),
      coi,
      id: z.string().min(6, { error: 'COI/ID, as waiting shows it' }),
    }),
  );
type QueuedName = z.output<typeof queuedName>;

export const sign = defineCommand({
  arguments: [
    {
      name: 'waiting',
      summary: "what to sign, COI/ID as 'veinledger waiting' names it",
      many: true,
    },
  ],
  options: [
    {
      name: 'body',
      value: 'JSON|@FILE',
      summary: 'members that the command lacks; for one at a time',
    },
    {
      name: 'annex',
      value: 'NAME=FILE',
      summary: 'content that only parties see, a JSON file; may be repeated; for one at a time',
      many: true,
    },
    {
      name: 'seen',
      value: 'CODE',
      summary:
        'signs what was shown under this code; without it, everything is shown and nothing signed',
    },
  ],
  input: z.strictObject({
    waiting: z.array(queuedName).min(1),
    body: z.string().optional(),
    annex: z.array(z.string()).default([]),
    seen: z.string().optional(),
  }),
  run: async (session, { waiting: names, body, annex, seen }) => {
    const actor = session.actor();
    const asking = names.filter(
      (each, index) => index === names.findIndex(({ text }) => text === each.text),
    );
    if (asking.length > 1 && (body !== undefined || annex.length > 0)) {
      const option = body === undefined ? '--annex' : '--body';
      throw wrongUsage(
        option,
        'one thing to sign at a time',
        names.map(({ text }) => text).join(' '),
      );
    }
    const added = body === undefined ? {} : await readBody(body);
    const annexes = await readAnnexes(annex);
    const asked = (await queuedUnder(session, actor, asking)).map((each) =>
      toSign(each, added, annexes),
    );
    const code = codeOf(asked);
    if (seen === undefined) return shown(asked, code);
    if (seen !== code) {
      throw new CliError('NOT_AS_SEEN', 'this is not what was shown; nothing was signed', {
        field: '--seen',
        expected: "the code that 'sign' shows now without --seen",
        found: seen,
      });
    }
    for (const { queued, lacking } of asked) {
      if (lacking.length > 0)
        throw wrongUsage('--body, --annex', lacking.join(', '), nameOfQueued(queued));
    }
    const receipts: Receipt[] = [];
    for (const { queued, statement } of asked) {
      try {
        receipts.push(await session.say(actor, statement));
      } catch (error) {
        for (const { type, commandId } of receipts)
          session.note(`signed before: ${type} ${commandId}`);
        session.note(`not signed: ${queued.act} of ${queued.subject}, and what comes after it`);
        throw error;
      }
    }
    const [first, ...more] = receipts;
    return first ? committed(first, ...more) : { data: [], lines: [] };
  },
});

/** A command as it would be signed. */
interface ToSign {
  readonly queued: Queued;
  readonly statement: {
    readonly type: string;
    readonly body: Readonly<Record<string, unknown>>;
    readonly annexes: Readonly<Record<string, unknown>>;
  };
  /** what has to be added before */
  readonly lacking: readonly string[];
}

const members = z.record(z.string(), z.unknown());

async function readBody(text: string): Promise<Readonly<Record<string, unknown>>> {
  const read = members.safeParse(await readJson('--body', text));
  if (read.success) return read.data;
  throw wrongUsage('--body', 'an object of members', text);
}

/** What the names name, each therapy read once. */
async function queuedUnder(
  session: Session,
  actor: string,
  names: readonly QueuedName[],
): Promise<readonly Queued[]> {
  const queues = new Map<string, readonly Queued[]>();
  for (const chain of new Set(names.map((name) => name.coi))) {
    queues.set(chain, await queueIn(session, actor, chain));
  }
  return names.map((name) => named(queues.get(name.coi) ?? [], name));
}

/** @throws CliError where nothing waits under that name any more, or several do */
function named(queue: readonly Queued[], { text, id }: QueuedName): Queued {
  const [found, ...others] = queue.filter((each) => each.id.startsWith(id));
  if (found && others.length === 0) return found;
  throw new CliError('NOT_WAITING', 'nothing waits under this name, or not any more', {
    field: 'WAITING',
    expected:
      queue.map(nameOfQueued).join(', ') || 'nothing: nothing waits there for this signature',
    found: text,
  });
}

function toSign(
  queued: Queued,
  added: ToSign['statement']['body'],
  annexes: ToSign['statement']['annexes'],
): ToSign {
  return {
    queued,
    statement: { type: queued.act, body: { ...queued.body, ...added }, annexes },
    lacking: [
      ...queued.lacking.filter((member) => !Object.hasOwn(added, member)),
      ...queued.annexes
        .filter((name) => !Object.hasOwn(annexes, name))
        .map((name) => `annex ${name}`),
    ],
  };
}

/** What tells these commands, in this order, from all others: who knows it has been shown them. */
function codeOf(asked: readonly ToSign[]): string {
  const told = asked.map(({ queued, statement }) => ({ id: queued.id, statement }));
  return sha256Base64url(canonicalise(told)).slice(0, 12);
}

/** Every member, since nothing is signed that was not seen. */
function wholeOf({ body, annexes }: ToSign['statement']): readonly string[] {
  const told = Object.keys(annexes).length > 0 ? { ...body, annexes } : body;
  return JSON.stringify(told, undefined, 2)
    .split('\n')
    .map((line) => `    ${line}`);
}

function shown(asked: readonly ToSign[], code: string): CommandResult {
  const lines = asked.flatMap(({ queued, statement, lacking }) => [
    `${nameOfQueued(queued)}  ${statement.type} of ${queued.subject}, since ${queued.since}`,
    `  means    ${queued.meaning}`,
    `  because  ${queued.code}`,
    `  by       ${BY_WHAT[queued.signature]}`,
    '  signs',
    ...wholeOf(statement),
    ...(lacking.length > 0 ? [`  lacks    ${lacking.join(', ')}: --body, --annex`] : []),
    '',
  ]);
  const complete = asked.every(({ lacking }) => lacking.length === 0);
  return {
    data: { ...(complete ? { seen: code } : {}), asked: asked.map(({ statement }) => statement) },
    lines: [
      ...lines,
      complete
        ? `nothing is signed yet; each of these is signed by itself with the same words and --seen ${code}`
        : 'nothing is signed yet; add what lacks, and look again',
    ],
  };
}
