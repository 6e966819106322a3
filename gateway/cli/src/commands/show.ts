import { coi, expectationOf, THING_NOUNS, violationOf } from '@veinledger/domain';
import { z } from 'zod';
import { describe } from '../columns.js';
import { CliError, wrongUsage } from '../complaint.js';
import { defineCommand } from '../command.js';
import type { Session } from '../session.js';
import { readTrace, type TherapyTrace } from '../therapy-trace.js';
import { wordOf } from '../words.js';

const raisedBy = z.looseObject({ raised: z.looseObject({ command: z.string() }) });

/** What has a route of its own; whatever else a therapy holds is found in its trace. */
const OF_THE_CONSORTIUM: ReadonlySet<string> = new Set(['actor', 'command']);
const ROUTED: ReadonlySet<string> = new Set(['item', 'dose']);

const NOUNS = ['actor', 'command', ...THING_NOUNS] as const;

export const show = defineCommand({
  arguments: [
    { name: 'noun', summary: 'what it is', values: NOUNS },
    { name: 'id', summary: 'what names it; for things of a therapy, COI and id', many: true },
  ],
  options: [],
  input: z.strictObject({ noun: wordOf(NOUNS), id: z.array(z.string()).min(1).max(2) }),
  run: async (session, { noun, id }) => {
    const actor = await session.reader();
    const data = OF_THE_CONSORTIUM.has(noun)
      ? await session.read(actor, `/v1/${noun}s/${encodeURIComponent(only(noun, id))}`)
      : await ofTherapy(session, actor, noun, id);
    return { data, lines: describe(data) };
  },
});

function only(noun: string, [id = '', ...more]: readonly string[]): string {
  if (more.length > 0) throw wrongUsage('ID', `one id of ${noun}`, more.join(' '));
  return id;
}

async function ofTherapy(
  session: Session,
  actor: string,
  noun: string,
  [chain = '', id]: readonly string[],
): Promise<unknown> {
  if (id === undefined) throw wrongUsage('ID', `COI and id of ${noun}`, chain);
  const parsed = coi.safeParse(chain, { error: expectationOf });
  if (!parsed.success) {
    throw wrongUsage('ID', `first ${violationOf(parsed.error, chain).expected}`, chain);
  }
  if (ROUTED.has(noun)) {
    return session.read(actor, `/v1/therapies/${chain}/${noun}s/${encodeURIComponent(id)}`);
  }
  const { things } = await readTrace(session, actor, chain);
  const found = things.find((thing) => thing.noun === noun && nameOf(thing) === id);
  if (found) return found;
  throw new CliError('NOT_FOUND', `the therapy has no such ${noun}`, { field: 'ID', found: id });
}

/** What tells a thing from the others of its noun: a step's attempt is `calling/1`, an alarm the command that raised it. */
function nameOf(thing: TherapyTrace['things'][number]): string {
  const { step, attempt, number, batch, command, subject } = thing;
  switch (thing.noun) {
    case 'step':
      return `${String(step)}/${String(attempt)}`;
    case 'recall-decision':
      return `${String(batch)}/${String(step)}/${String(attempt)}`;
    case 'alarm':
      return raisedBy.parse(thing).raised.command;
    case 'annulment':
      return String(command);
    case 'early-recall':
      return String(subject);
    default:
      return thing.id ?? String(number);
  }
}
