import {
  type Circle,
  circleOfActor,
  circleOfTherapy,
  type CommandRecord,
  type Entity,
  learnsNamesOfBoth,
  MEMBERS,
  namesIn,
  numbersEver,
  type Noun,
  type Seen,
  type Sight,
  sightOfNoun,
  sightOfRecordIn,
  subjectsOf,
  tell,
  type Therapy,
  VeinledgerError,
  type Viewer,
  withoutNames,
} from '@veinledger/domain';
import type { LedgerContext } from './ledger-context.js';

/** Who reads at a contract: an organisation in its certificate's roles; a relay reads for the patient that it asks about. */
export function viewerOf({ submitter: { mspId, roles, relay } }: LedgerContext): Viewer {
  return { organisation: mspId, roles: relay ? ['patient'] : roles };
}

/**
 * Whose affair a therapy is when it is read. A reader who chooses an earlier time than this peer's clock says is admitted to
 * nothing by it.
 */
export function circleIn({ stub, settings }: LedgerContext, therapy: Therapy): Circle {
  const asked = stub.getDateTimestamp().getTime();
  const now = Math.max(asked, settings?.clock() ?? asked);
  return circleOfTherapy(therapy, new Date(now).toISOString());
}

/**
 * Refuses whoever learns nothing of a noun's things that belong to the circle.
 * @throws VeinledgerError NOT_ENTITLED
 */
export function requireSight(
  context: LedgerContext,
  noun: Noun,
  circle: Circle,
  told: { readonly who: string; readonly expected: string },
): Sight {
  const sight = sightOfNoun(viewerOf(context), noun, circle);
  if (sight !== 'nothing') return sight;
  const { mspId, roles, relay } = context.submitter;
  throw new VeinledgerError('NOT_ENTITLED', told.who, {
    field: 'submitter',
    expected: told.expected,
    found: relay ? `a relay of ${mspId}` : [mspId, ...roles].join(' '),
  });
}

/** What the reader learns of a therapy's things, each as it is told. */
export async function tellThings(
  context: LedgerContext,
  therapy: Therapy,
  things: readonly Entity[],
): Promise<readonly Seen<Entity>[]> {
  const viewer = viewerOf(context);
  const circle = circleIn(context, therapy);
  const told = things.flatMap((each) => tell(each, sightOfNoun(viewer, each.noun, circle)) ?? []);
  const own = things.flatMap((each) => (each.noun === 'item' ? numbersEver(each) : []));
  const others = await namesOfOthers(context, therapy, told, new Set(own));
  return told.map((each) => withoutNames(each, others));
}

/** A record as the reader is told of it; undefined where nothing is. */
export async function tellRecord<T extends CommandRecord>(
  context: LedgerContext,
  record: T,
): Promise<Seen<T> | undefined> {
  return tell(record, await sightOf(context, record));
}

/** What the reader learns of a therapy's records, each as it is told. */
export function tellRecords<T extends CommandRecord>(
  context: LedgerContext,
  therapy: Therapy,
  records: readonly T[],
): readonly Seen<T>[] {
  const viewer = viewerOf(context);
  const circles = [circleIn(context, therapy)];
  return records.flatMap((record) => tell(record, sightOfRecordIn(viewer, record, circles)) ?? []);
}

/**
 * What stands in something of a therapy and is another's, and is not the reader's to learn (H2).
 * @param own identifiers that are known to be this therapy's
 */
export async function namesOfOthers(
  context: LedgerContext,
  { coi, quality }: Pick<Therapy, 'coi' | 'quality'>,
  value: unknown,
  own: ReadonlySet<string> = new Set(),
): Promise<ReadonlySet<string>> {
  const viewer = viewerOf(context);
  const names = new Set<string>();
  for (const name of namesIn(value)) {
    const other = own.has(name) ? undefined : await therapyOf(context, coi, name);
    if (other === undefined) continue;
    const of = await context.reader.get('therapy', { coi: other });
    if (!learnsNamesOfBoth(viewer, [quality, of?.quality])) names.add(name);
  }
  return names;
}

/** An answer without what is another therapy's, and whether something stood there that is withheld now. */
export async function tellAnswer<T extends object>(
  context: LedgerContext,
  therapy: Therapy,
  answer: T,
  own?: ReadonlySet<string>,
): Promise<{ readonly left: Omit<Seen<T>, 'withheld'>; readonly partial: boolean }> {
  const names = await namesOfOthers(context, therapy, answer, own);
  const { withheld, ...left } = withoutNames(answer, names);
  return { left, partial: withheld !== undefined };
}

/** The other therapy that a name is of; undefined for this one's, and for what nobody registered. */
async function therapyOf(
  { reader }: LedgerContext,
  own: string,
  name: string,
): Promise<string | undefined> {
  if (name === own) return undefined;
  const found = await reader.get('item-index', { id: name });
  if (found) return found.coi === own ? undefined : found.coi;
  return (await reader.get('therapy', { coi: name })) ? name : undefined;
}

async function sightOf(context: LedgerContext, record: CommandRecord): Promise<Sight> {
  const viewer = viewerOf(context);
  // a relay reads for one patient; which of these records are that patient's, its gateway knows
  if (context.submitter.relay && record.scope.kind === 'consortium') return 'whole';
  return sightOfRecordIn(viewer, record, await circlesOf(context, record));
}

/** Those whose affair a record is. A refused order leaves a record and no therapy: it is of whoever asked. */
async function circlesOf(
  context: LedgerContext,
  record: CommandRecord,
): Promise<readonly Circle[]> {
  const { reader } = context;
  const circles: Circle[] = [];
  for (const subject of subjectsOf(record)) {
    if (subject.kind === 'members') circles.push(MEMBERS);
    if (subject.kind === 'therapy') {
      const therapy = await reader.get('therapy', { coi: subject.id });
      const { organisation } = record;
      circles.push(therapy ? circleIn(context, therapy) : { kind: 'organisation', organisation });
    }
    if (subject.kind === 'person') {
      const actor = await reader.get('actor', { id: subject.id });
      // nobody is enrolled under some ids that a refused command names
      if (actor) circles.push(circleOfActor(actor));
      else if (record.scope.kind === 'patient')
        circles.push({ kind: 'patient', id: subject.id, organisation: undefined });
    }
  }
  return circles;
}
