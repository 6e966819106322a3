import {
  changeInWords,
  changesBetween,
  code,
  coi,
  digest,
  processDefinition,
  type ProcessDefinition,
  version,
} from '@veinledger/domain';
import { z } from 'zod';
import { wrongUsage } from '../complaint.js';
import { defineCommand } from '../command.js';
import { committed } from '../receipt-lines.js';
import type { Session } from '../session.js';

const therapySchema = z.looseObject({ process: z.looseObject({ id: code, version }) });
const publishedSchema = z.looseObject({ hash: digest, definition: processDefinition });

export const migrate = defineCommand({
  arguments: [{ name: 'coi', summary: 'the chain-of-identity id' }],
  options: [
    {
      name: 'process',
      value: 'ID@VERSION',
      summary: 'the published version by which the therapy goes on',
    },
    { name: 'dry-run', summary: 'tells what would change, and signs nothing' },
  ],
  input: z.strictObject({ coi, process: z.string(), dryRun: z.literal(true).optional() }),
  run: async (session, { coi: chain, process, dryRun }) => {
    const actor = session.actor();
    const [id, number] = process.split('@');
    const asked = z.tuple([code, version]).safeParse([id, number]);
    if (!asked.success) throw wrongUsage('--process', 'ID@VERSION', process);
    const therapy = therapySchema.parse(await session.read(actor, `/v1/therapies/${chain}`));
    const before = await publishedAs(session, actor, therapy.process);
    const after = await publishedAs(session, actor, { id: asked.data[0], version: asked.data[1] });
    const changes = changesBetween(before.definition, after.definition);
    const told = [
      `${nameOf(before.definition)} to ${nameOf(after.definition)}`,
      ...changes.map((change) => `  ${changeInWords(change)}`),
    ];
    if (dryRun) return { data: { changes }, lines: told };
    const body = {
      coi: chain,
      process: { id: after.definition.id, version: after.definition.version, hash: after.hash },
      changes,
    };
    const statement = { type: 'therapy:MigrateProcess', body };
    const { data, lines } = committed(await session.say(actor, statement));
    return { data, lines: [...told, ...lines] };
  },
});

async function publishedAs(
  session: Session,
  actor: string,
  { id, version: number }: { readonly id: string; readonly version: string },
) {
  return publishedSchema.parse(await session.read(actor, `/v1/processes/${id}/${number}`));
}

function nameOf({ id, version: number }: ProcessDefinition): string {
  return `${id} ${number}`;
}
