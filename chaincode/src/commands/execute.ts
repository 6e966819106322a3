import {
  type Actor,
  type AnyCommandType,
  behind,
  canonicalise,
  type CommandRecord,
  COMMANDS,
  type ConsortiumRoot,
  type Context,
  type Decision,
  type Deviation,
  type Entity,
  type Envelope,
  FOUNDING_ALGORITHMS,
  type Governance,
  isLate,
  keyIds,
  keyOf,
  openAnnexes,
  type ParsedJws,
  parseJws,
  type PublicKeys,
  readEnvelope,
  requireActiveMember,
  requireCommitments,
  requiredAlgorithms,
  requireEntitled,
  requireGovernance,
  type ResultsContent,
  type Scope,
  type SignaturePointer,
  type Submitter,
  VeinledgerError,
  type Verdict,
  type Verifier,
  verifyJws,
} from '@veinledger/domain';
import {
  attribute,
  type DeviceState,
  founderRegistrar,
  keptByPurpose,
} from '@veinledger/domain/execution';
import { compositeKey } from '../state/composite-key.js';
import { StateReader } from '../state/reader.js';
import type { Store } from '../state/store.js';
import { changedNames } from './receipt.js';

/** The annexes as the endorsers got them, or, in a replay without a vault, the verdicts that they gave. */
export type DeliveredAnnexes =
  | { readonly from: 'annex'; readonly texts: ReadonlyMap<string, string> }
  | { readonly from: 'endorsement'; readonly verdicts: readonly Verdict[] };

/** One transaction that carries a command. */
export interface Carriage {
  readonly plan: AnyCommandType;
  readonly jws: string;
  readonly annexes: DeliveredAnnexes;
  readonly submitter: Submitter;
  readonly transactionId: string;
  /** RFC 3339, milliseconds */
  readonly transactionTime: string;
}

/** What every member agreed on before the first block. */
export interface Rulebook {
  readonly root: ConsortiumRoot;
  readonly verifier: Verifier;
}

/**
 * The receipt, what to write, and what to emit: the type of the command that was carried out, and its id. A repeated
 * command gives its first receipt and neither writes nor emits.
 */
export interface Executed {
  readonly receipt: CommandRecord;
  readonly writes: readonly { readonly key: string; readonly value: string }[];
  readonly event?: { readonly name: string; readonly payload: string };
}

/**
 * Authenticates a command, decides on it and says what to write. It is signed by the algorithms that members require at
 * the transaction's time, whatever its own headers say. The signature is verified before a repeated
 * command is looked up, and entitlement after it, so that a key revoked since then still gets its receipt.
 * @throws VeinledgerError for everything that writes nothing
 */
export async function executeCommand(
  store: Store,
  carriage: Carriage,
  rulebook: Rulebook,
): Promise<Executed> {
  const { plan, annexes, transactionTime, transactionId } = carriage;
  const reader = new StateReader(store);
  const governance = await reader.get('governance', {});
  const algorithms = requiredAlgorithms(
    governance?.algorithms ?? FOUNDING_ALGORITHMS,
    transactionTime,
  );
  const parsed = parseJws(carriage.jws, 'vnd.veinledger.command+jws', algorithms);
  const envelope = readEnvelope(parsed.payload, rulebook.root.network, plan.type);
  const actor = await findActor(reader, envelope, plan, rulebook.root);
  const { keys: heldKeys, retired } = await keysNamed(reader, actor, parsed);
  await verifyJws(parsed, heldKeys, rulebook.verifier);
  const id = parsed.payloadDigest;
  const first = await reader.record(id);
  if (first) return { receipt: first, writes: [] };
  if (retired && !plan.byAnyKey) throw retired;
  requireEntitled(actor, carriage.submitter, plan);
  requireActive(governance, carriage);
  const attribution = attribute(actor, plan, await deviceState(reader, actor), transactionTime);
  const late = lateness(envelope, plan, transactionTime);
  const command = plan.prepare(envelope, id);
  const context: Context = {
    ...rulebook,
    ...attribution,
    typeNamed,
    late,
    transactionTime,
    transactionId,
    scope: command.scope,
    ...contentsOf(plan, envelope, annexes),
  };
  const decision = await command.decide(reader, context);
  const changes = changesOf(decision);
  const receipt = recordOf(plan, envelope, id, decision, context);
  const { scope } = context;
  const pointers: Entity[] = [
    receipt,
    { noun: 'command', commandId: id, scope, transactionTime },
    ...signaturePointers(receipt),
  ];
  return {
    receipt,
    writes: [...changes, ...(await keptByPurpose(reader, changes)), ...pointers].map(writeOf),
    event: { name: plan.type, payload: id },
  };
}

function typeNamed(name: string): AnyCommandType | undefined {
  return COMMANDS.find(({ type }) => type === name);
}

/** Before the bootstrap nobody is a member yet, and nothing else is decided. */
function requireActive(governance: Governance | undefined, { plan, submitter }: Carriage): void {
  if (!governance && plan.type === 'registry:Bootstrap') return;
  requireActiveMember(requireGovernance(governance), submitter.mspId);
}

async function findActor(
  reader: StateReader,
  envelope: Envelope,
  plan: AnyCommandType,
  root: ConsortiumRoot,
): Promise<Actor> {
  const actor = await reader.get('actor', { id: envelope.actor });
  if (actor) return actor;
  const founder = root.organisations.find((each) => each.registrar.actor === envelope.actor);
  if (founder && plan.type === 'registry:Bootstrap') return founderRegistrar(founder, envelope.at);
  throw new VeinledgerError('UNKNOWN_ACTOR', 'nobody is enrolled under this id', {
    field: 'actor',
    expected: 'an enrolled actor',
    found: envelope.actor,
  });
}

/** The keys that a command names: the actor's own, or ones that it held before and signs nothing new with. */
async function keysNamed(
  reader: StateReader,
  actor: Actor,
  { parts }: ParsedJws,
): Promise<{ readonly keys: PublicKeys; readonly retired?: VeinledgerError }> {
  const { keys: current } = actor;
  const { ed25519 } = keyIds(current);
  const kid = parts.find(({ algorithm }) => algorithm === 'EdDSA')?.kid ?? ed25519;
  if (ed25519 === kid) return { keys: current };
  const former = await reader.get('former-keys', { actor: actor.id, kid });
  if (!former) return { keys: current };
  const retired = new VeinledgerError('KEY_RETIRED', 'the actor has signed by other keys since', {
    field: 'kid',
    expected: ed25519,
    found: `${kid}, until ${former.until}`,
  });
  return { keys: former.keys, retired };
}

/** The session that a device holds, and the person who opened it. */
async function deviceState(reader: StateReader, { id, kind }: Actor): Promise<DeviceState> {
  const session = kind === 'device' ? await reader.get('session', { device: id }) : undefined;
  const principal = session && (await reader.get('actor', { id: session.principal }));
  return { session, principal };
}

/** From the actor to its command, and from the person behind a device too. */
function signaturePointers(record: CommandRecord): readonly SignaturePointer[] {
  const { actor, principal, transactionTime, commandId, scope } = record;
  const pointer = { noun: 'signature', actor, transactionTime, commandId, scope } as const;
  if (principal === undefined) return [pointer];
  return [
    { ...pointer, principal },
    { ...pointer, actor: principal, device: actor },
  ];
}

function lateness(envelope: Envelope, plan: AnyCommandType, transactionTime: string): boolean {
  const late = isLate(envelope.at, transactionTime);
  if (late && plan.kind === 'permission' && envelope.lateReason === undefined) {
    throw new VeinledgerError('LATE_PERMISSION', 'a permission asked for late needs a reason', {
      field: 'lateReason',
      expected: `at within 15 minutes before ${transactionTime}, or a lateReason`,
      found: envelope.at,
    });
  }
  return late;
}

function contentsOf(
  plan: AnyCommandType,
  envelope: Envelope,
  annexes: DeliveredAnnexes,
): Pick<Context, 'results' | 'annexes'> {
  const committed = envelope.annex ?? {};
  if (annexes.from === 'endorsement') {
    requireCommitments(plan.annexes, committed);
    return { results: annexes };
  }
  const opened = openAnnexes(plan.annexes, committed, annexes.texts);
  const content = opened.get('results') as ResultsContent | undefined;
  return {
    annexes: opened,
    ...(content === undefined ? {} : { results: { from: 'annex', content } }),
  };
}

function changesOf(decided: Decision): readonly Entity[] {
  return decided.decision === 'refused' ? [] : decided.changes;
}

/** The deviations that a command opened in its own scope: a permission opens some too, such as an annulment's last. */
function openedBy(decided: Decision, commandId: string, scope: Scope): readonly Deviation[] {
  if (decided.decision === 'recorded') return decided.deviations;
  return changesOf(decided).filter(
    (each): each is Deviation =>
      each.noun === 'deviation' &&
      each.opened.command === commandId &&
      each.scope.kind === scope.kind &&
      each.scope.id === scope.id,
  );
}

/** Which alarm a fact raised is nothing that its reporter learns: it tells what there is in a therapy, and in which. */
function isAlarm({ noun }: Entity): boolean {
  return noun === 'alarm';
}

function writeOf(entity: Entity): { key: string; value: string } {
  return { key: compositeKey(keyOf(entity)), value: canonicalise(entity) };
}

function recordOf(
  plan: AnyCommandType,
  envelope: Envelope,
  commandId: string,
  decided: Decision,
  context: Context,
): CommandRecord {
  const recorded = decided.decision === 'recorded' ? decided : undefined;
  const scope: Scope = context.scope;
  return {
    noun: 'record',
    scope,
    commandId,
    transactionId: context.transactionId,
    transactionTime: context.transactionTime,
    type: plan.type,
    kind: plan.kind,
    actor: context.actor.id,
    organisation: context.actor.organisation,
    ...behind(context.actor.id, context),
    ...(context.person === undefined ? {} : { person: context.person }),
    at: envelope.at,
    lateEntry: context.late,
    decision: decided.decision,
    ...(recorded ? { effect: recorded.effect } : {}),
    reasons: decided.decision === 'refused' ? decided.reasons : [],
    verdicts: recorded?.verdicts ?? [],
    deviations: openedBy(decided, commandId, scope).map(({ id, code, classification }) => ({
      id,
      code,
      classification,
    })),
    changed: changedNames(
      changesOf(decided).filter((each) => !recorded || !isAlarm(each)),
      scope,
    ),
    annex: envelope.annex ?? {},
    ...(envelope.lateReason === undefined ? {} : { lateReason: envelope.lateReason }),
  };
}
