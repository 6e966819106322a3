import {
  actorId,
  annulledBy,
  attestationOf,
  attestationSchema,
  coi,
  commandTypeName,
  effectiveOf,
  type Entity,
  instant,
  isHalted,
  isNoun,
  NOUNS,
  organisationId,
  role,
  therapySchema,
} from '@veinledger/domain';
import type { LedgerBlock } from '@veinledger/chaincode/replay';
import type { Ledger } from '@veinledger/ledger';
import { z } from 'zod';
import { eventsOf } from '../events/ledger-event.js';
import { BlockIndex } from '../state/block-index.js';
import type { GatewayState } from '../state/gateway-state.js';

const ids = z.array(z.string());

const course = z.strictObject({
  of: z.literal('therapy'),
  coi,
  patient: actorId,
  parties: z.array(organisationId),
  admitted: therapySchema.shape.admitted,
  process: z.strictObject({ id: z.string(), version: z.string() }),
  /** by effective time */
  ordered: instant,
  attestations: z.array(attestationSchema),
  halted: z.boolean().default(false),
});

const timedProcess = z.strictObject({
  of: z.literal('process'),
  id: z.string(),
  version: z.string(),
  steps: z.array(
    z.strictObject({
      id: z.string(),
      roles: z.array(role),
      attestedBy: commandTypeName,
      needs: ids,
      inputs: ids,
      outputs: ids,
      targetDay: z.int(),
    }),
  ),
});

const member = z.strictObject({
  of: z.literal('organisation'),
  id: organisationId,
  grantable: z.array(role),
});

const entry = z.discriminatedUnion('of', [course, timedProcess, member]);
type Entry = z.output<typeof entry>;

/** What blocks tell of all therapies: what was attested of each, by which process, among which members. */
export interface Courses {
  readonly therapies: readonly z.output<typeof course>[];
  readonly processes: readonly z.output<typeof timedProcess>[];
  readonly members: readonly z.output<typeof member>[];
}

/** The nouns whose writes are read. */
const READ = /"noun":"(?:annulment|item|organisation|process|step|therapy)"/u;

/** What was attested of every therapy, read from the blocks: the ledger's state answers one therapy at a time. */
export class CourseIndex {
  readonly #entries: BlockIndex<Entry>;

  constructor(ledger: Pick<Ledger, 'blocks'>, state: GatewayState) {
    this.#entries = new BlockIndex<Entry>({
      ledger,
      state,
      collection: 'course-index',
      entry,
      changes: changesOf,
    });
  }

  /**
   * All of it, whoever asks: what of it a caller is told, decides who asks for the caller.
   * @throws LedgerError when the ledger does not answer
   */
  async courses(): Promise<Courses> {
    const found: Entry[] = [];
    for await (const [, each] of this.#entries.entries()) found.push(each);
    return {
      therapies: found.filter((each) => each.of === 'therapy'),
      processes: found.filter((each) => each.of === 'process'),
      members: found.filter((each) => each.of === 'organisation'),
    };
  }
}

const keyOf = (of: Entry['of'], ...names: readonly string[]) => JSON.stringify([of, ...names]);

/** What each command of a block adds: entries of the same block build on each other. */
async function* changesOf(
  block: LedgerBlock,
  before: (key: string) => Promise<Entry | undefined>,
): AsyncGenerator<readonly [string, Entry | undefined]> {
  const changed = new Map<string, Entry>();
  const courseOf = async (chain: string) => {
    const key = keyOf('therapy', chain);
    const known = changed.get(key) ?? (await before(key));
    return known?.of === 'therapy' ? known : undefined;
  };
  for (const { position, receipt } of eventsOf(block).events) {
    const transaction = block.transactions.find(({ index }) => index === position.index);
    const written = (transaction?.writes ?? []).flatMap(({ value }) => entityIn(value));
    for (const each of written) {
      if (each.noun === 'process') {
        const { id, version, definition } = each;
        const steps = definition.steps.map((step) => timed.parse(step));
        changed.set(keyOf('process', id, version), { of: 'process', id, version, steps });
      }
      if (each.noun === 'organisation') {
        const { id, grantable } = each;
        changed.set(keyOf('organisation', id), {
          of: 'organisation',
          id,
          grantable: [...grantable],
        });
      }
      if (each.noun === 'therapy') {
        const { patient, parties, admitted, process: of, ordered } = each;
        const known = await courseOf(each.coi);
        changed.set(keyOf('therapy', each.coi), {
          of: 'therapy',
          ...{ coi: each.coi, patient, parties: [...parties] },
          ...(admitted ? { admitted: [...admitted] } : {}),
          process: { id: of.id, version: of.version },
          ordered: effectiveOf(ordered),
          attestations: known?.attestations ?? [],
          halted: isHalted(each),
        });
      }
    }
    if (receipt.scope.kind !== 'therapy') continue;
    const known = await courseOf(receipt.scope.id);
    const attested = attestationOf(receipt, written);
    const annulled = annulledBy(written)?.command;
    if (!known || (attested === undefined && annulled === undefined)) continue;
    const standing = known.attestations.filter(({ command }) => command !== annulled);
    const attestations = attested ? [...standing, attested] : standing;
    changed.set(keyOf('therapy', known.coi), { ...known, attestations });
  }
  yield* changed;
}

const timed = z.object(timedProcess.shape.steps.element.shape);

function entityIn(value: string | null): readonly Entity[] {
  if (value === null || !READ.test(value)) return [];
  const written = z.looseObject({ noun: z.string() }).safeParse(JSON.parse(value)).data;
  if (written === undefined || !isNoun(written.noun)) return [];
  const { data } = NOUNS[written.noun].schema.safeParse(written);
  return data ? [data] : [];
}
