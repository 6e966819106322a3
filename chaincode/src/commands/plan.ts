import type {
  Command,
  CommandSignature,
  Envelope,
  FactType,
  PermissionType,
} from '@veinledger/domain/commands/command';
import type { Scope } from '@veinledger/domain/nouns/scope';
import type {
  Context,
  Decision,
  FactDecision,
  PermissionDecision,
} from '@veinledger/domain/commands/decision';
import { parseClosed } from '@veinledger/domain/errors/schema';
import type { AnnexRule } from '@veinledger/domain/commands/annex';
import type { Role } from '@veinledger/domain/values/roles';
import { refuseOutsiders } from '@veinledger/domain/therapy/party';
import type { Therapy } from '@veinledger/domain/nouns/therapy';
import type { StateReader } from '../state/reader.js';

/** A type of command with what its decision needs from the state, and the decision. */
export interface Plan {
  readonly type: string;
  readonly kind: 'permission' | 'fact';
  readonly roles: readonly Role[];
  readonly signature: CommandSignature;
  readonly annexes: readonly AnnexRule[];
  /**
   * Checks the body against its closed schema.
   * @throws VeinledgerError SCHEMA_VIOLATION
   */
  readonly prepare: (envelope: Envelope, id: string) => PreparedCommand;
}

/** A command with its body checked, ready to be decided. */
export interface PreparedCommand {
  readonly scope: Scope;
  readonly decide: (reader: StateReader, context: Context) => Promise<Decision>;
}

type Load<Body, State> = (
  reader: StateReader,
  command: Command<Body>,
  context: Context,
) => Promise<State>;

/** A permission; where its state holds a therapy, only the therapy's parties are permitted anything. */
export function planPermission<Body, State>(
  type: PermissionType<Body>,
  load: Load<Body, State>,
  decide: (
    state: State,
    command: Command<Body>,
    context: Context,
  ) => PermissionDecision | Promise<PermissionDecision>,
): Plan {
  return plan(type, async (reader, command, context) => {
    const state = await load(reader, command, context);
    const decision = await decide(state, command, context);
    const therapy = therapyOf(state);
    return therapy ? refuseOutsiders(therapy, context, decision) : decision;
  });
}

/** A fact: whatever its content, it is recorded. */
export function planFact<Body, State>(
  type: FactType<Body>,
  load: Load<Body, State>,
  decide: (state: State, command: Command<Body>, context: Context) => FactDecision,
): Plan {
  return plan(type, async (reader, command, context) =>
    decide(await load(reader, command, context), command, context),
  );
}

function plan<Body>(
  type: PermissionType<Body> | FactType<Body>,
  decide: (reader: StateReader, command: Command<Body>, context: Context) => Promise<Decision>,
): Plan {
  return {
    type: type.type,
    kind: type.kind,
    roles: type.roles,
    signature: type.signature,
    annexes: type.annexes,
    prepare: (envelope, id) => {
      const command = { ...envelope, id, body: parseClosed(type.body, envelope.body, 'body') };
      return {
        scope: type.scope(command.body, command.actor),
        decide: (reader, context) => decide(reader, command, context),
      };
    },
  };
}

function therapyOf(state: unknown): Therapy | undefined {
  if (typeof state !== 'object' || state === null || !('therapy' in state)) return undefined;
  return state.therapy as Therapy;
}
