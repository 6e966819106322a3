import { coi, type Outlook, stateIn } from '@veinledger/domain';
import { z } from 'zod';
import { table } from '../columns.js';
import { defineCommand } from '../command.js';
import type { CommandResult } from '../command-result.js';
import { outlookLines } from '../outlook-lines.js';
import type { Session } from '../session.js';
import { nameOf, readOutlook, readTrace, type TherapyTrace } from '../therapy-trace.js';

export const trace = defineCommand({
  arguments: [{ name: 'coi', summary: 'the chain-of-identity id' }],
  options: [{ name: 'browser', summary: 'gives a short-lived link to a page that can be printed' }],
  input: z.strictObject({ coi, browser: z.boolean().default(false) }),
  run: async (session, { coi: chain, browser }) => {
    const actor = await session.reader();
    if (browser) return link(session, actor, chain);
    const found = await readTrace(session, actor, chain);
    const outlook = await readOutlook(session, actor, chain);
    return { data: { ...found, outlook }, lines: traceLines(found, outlook) };
  },
});

/** The link, relative to the gateway. */
const answer = z.looseObject({ url: z.string(), expiresAt: z.string() });

async function link(session: Session, actor: string, chain: string): Promise<CommandResult> {
  const client = await session.client(actor);
  const told = answer.parse(await client.post(`/v1/therapies/${chain}/trace/links`));
  const data = { ...told, url: new URL(told.url, session.gateway).href };
  return { data, lines: [data.url, `until ${data.expiresAt}, for whoever has the link`] };
}

function traceLines(
  { therapy, things, records }: TherapyTrace,
  outlook: Outlook,
): readonly string[] {
  const { coi: chain, patient, process, parties } = therapy;
  return [
    `chain of identity ${chain}, patient ${patient}, process ${process.id} ${process.version}`,
    `parties ${parties.join(', ')}`,
    ...outlookLines(outlook),
    '',
    ...table(
      ['time', 'actor', 'what', 'decision', 'codes'],
      records.map((record) => [
        record.transactionTime,
        record.actor,
        record.type,
        record.decision,
        [...record.reasons, ...record.deviations].map(({ code }) => code).join(' '),
      ]),
    ),
    ...(things.length === 0
      ? []
      : [
          '',
          ...table(
            ['thing', 'id', 'kind', 'state'],
            things.map((thing) => row(thing, outlook)),
          ),
        ]),
  ];
}

/** Members of things of which no gate is asked that say where they stand, in the order of what is looked at first. */
const STATES = ['state', 'verdict', 'disposition'];
const KINDS = ['kind', 'step', 'item', 'code'];

function row(thing: TherapyTrace['things'][number], outlook: Outlook): readonly string[] {
  const members = new Map<string, unknown>(Object.entries(thing));
  const first = (names: readonly string[]) =>
    names.map((name) => members.get(name)).find((each) => typeof each === 'string');
  const state = stateIn(outlook, `${thing.noun} ${nameOf(thing)}`) ?? first(STATES);
  return [thing.noun, thing.id ?? '', first(KINDS) ?? '', state ?? ''];
}
