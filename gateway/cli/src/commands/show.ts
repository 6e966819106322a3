import { coi, expectationOf, stateIn, THING_NOUNS, violationOf } from '@veinledger/domain';
import { z } from 'zod';
import { describe } from '../columns.js';
import { CliError, wrongUsage } from '../complaint.js';
import { defineCommand } from '../command.js';
import type { Session } from '../session.js';
import { nameOf, readOutlook, readTrace } from '../therapy-trace.js';
import { wordOf } from '../words.js';

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
  const thing = await thingOf(session, actor, noun, chain, id);
  const state = stateIn(await readOutlook(session, actor, chain), `${noun} ${id}`);
  return state === undefined ? thing : { ...thing, state };
}

async function thingOf(
  session: Session,
  actor: string,
  noun: string,
  chain: string,
  id: string,
): Promise<object> {
  if (ROUTED.has(noun)) {
    const path = `/v1/therapies/${chain}/${noun}s/${encodeURIComponent(id)}`;
    return z.looseObject({}).parse(await session.read(actor, path));
  }
  const { things } = await readTrace(session, actor, chain);
  const found = things.find((thing) => thing.noun === noun && nameOf(thing) === id);
  if (found) return found;
  throw new CliError('NOT_FOUND', `the therapy has no such ${noun}`, { field: 'ID', found: id });
}
