import type { CommandRecord } from '@veinledger/domain';
import type { ShownCommand } from '@veinledger/chaincode/replay';
import { commandRecord, committedCommand, type Receipt } from '@veinledger/client/wire';
import { CliError } from '../complaint.js';
import type { Session } from '../session.js';
import { readTrace, type TherapyTrace } from '../therapy-trace.js';

/** How long the ledger's events are listened to, milliseconds. */
const PATIENCE_MS = 60_000;

/** A command that goes into an export, of the therapy itself or what that rests on. */
export interface GatheredCommand extends ShownCommand {
  readonly ofTherapy: boolean;
}

interface Placed {
  readonly receipt: Receipt;
  readonly block: number;
  readonly index: number;
}

/**
 * A therapy's commands and those that they rest on, as far as the reader may see them, in the order of the ledger. It
 * hears every event up to the therapy's last one, since places in blocks are told there.
 * @throws CliError EXPORT_INCOMPLETE when the events do not come
 */
export async function gatherCommands(
  session: Session,
  reader: string,
  coi: string,
): Promise<readonly GatheredCommand[]> {
  const trace = await readTrace(session, reader, coi);
  const events = await eventsUpTo(session, reader, trace);
  const needed = neededFor(trace, events);
  const gathered: GatheredCommand[] = [];
  for (const { receipt, block, index } of needed) {
    const answer = await session.read(reader, `/v1/commands/${receipt.commandId}`);
    const { jws } = committedCommand.parse(answer);
    // what its signer typed is not all for this reader: the command is none that they may hand on
    if (jws === undefined) continue;
    const ofTherapy = isOf(trace, receipt);
    gathered.push({ jws, receipt: recordOf(receipt), block, index, ofTherapy });
  }
  return gathered;
}

/** A record as its transaction returned it: the block is told beside it. */
function recordOf(receipt: Receipt): CommandRecord {
  return commandRecord.strip().parse(receipt);
}

/** Every event that the reader hears, up to the one that completes the therapy's records. */
async function eventsUpTo(
  session: Session,
  reader: string,
  { records }: TherapyTrace,
): Promise<readonly Placed[]> {
  const awaited = new Set(records.map(({ commandId }) => commandId));
  const heard: Placed[] = [];
  const client = await session.client(reader);
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    for await (const { id, receipt } of client.events({ lastEventId: 'start', signal })) {
      const [block = 0, index = 0] = id.split('.').map(Number);
      heard.push({ receipt, block, index });
      awaited.delete(receipt.commandId);
      if (awaited.size === 0) break;
    }
  } catch (cause) {
    if (!signal.aborted) throw cause;
    throw new CliError('EXPORT_INCOMPLETE', 'the gateway does not tell of all the commands', {
      expected: `${records.length} commands of the therapy`,
      found: `${records.length - awaited.size}`,
    });
  }
  return heard;
}

/** What the therapy's commands rest on, from the last to the first: whoever signs must have been enrolled before. */
function neededFor(trace: TherapyTrace, events: readonly Placed[]): readonly Placed[] {
  const actors = new Set<string>();
  const named = new Set(textsIn(trace.things));
  const needed: Placed[] = [];
  for (const event of [...events].reverse()) {
    const { receipt } = event;
    if (!isOf(trace, receipt) && !restsOn(receipt, trace.therapy.patient, named, actors)) continue;
    needed.push(event);
    for (const signer of [receipt.actor, receipt.principal]) {
      if (signer !== undefined) actors.add(signer);
    }
  }
  return needed.reverse();
}

function restsOn(
  { scope, changed }: Receipt,
  patient: string,
  named: ReadonlySet<string>,
  actors: ReadonlySet<string>,
): boolean {
  if (scope.kind === 'patient') return scope.id === patient;
  if (scope.kind === 'lot' || scope.kind === 'run') return named.has(scope.id);
  if (scope.kind !== 'consortium') return false;
  const people = changed.map((name) => name.split(' ')).filter(([noun = '']) => OF_ACTOR.has(noun));
  // what is about people only is left out where they sign nothing here
  const others = changed.length - people.length;
  return others > 0 || people.some(([, id = '']) => actors.has(id));
}

/** The nouns whose names go on with an actor's id. */
const OF_ACTOR: ReadonlySet<string> = new Set([
  'actor',
  'former-keys',
  'session',
  'reenrolment',
  'training',
]);

function isOf({ therapy }: TherapyTrace, { scope }: Receipt): boolean {
  return scope.kind === 'therapy' && scope.id === therapy.coi;
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const each of Object.values(value)) yield* textsIn(each);
}
