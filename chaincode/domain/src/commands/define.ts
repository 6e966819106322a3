import { parseClosed } from '../errors/schema.js';
import type { Scope } from '../nouns/scope.js';
import type { Therapy } from '../nouns/therapy.js';
import type { Command, Envelope, TypeOfCommand } from './command.js';
import type { Context, Decision, FactDecision, PermissionDecision } from './decision.js';
import { refuseOutsiders } from './party.js';
import type { Reader } from './reader.js';

/** A type of command as its module declares it: what it is, what it reads, and how it is decided. */
interface Declaration<Body, State, Answer> extends TypeOfCommand<Body> {
  /** what the decision needs of the state, in rounds, since what one found names the next */
  readonly reads: (reader: Reader, command: Command<Body>, context: Context) => Promise<State>;
  readonly decide: (state: State, command: Command<Body>, context: Context) => Answer;
}

/** A command with its body checked, ready to be decided. */
export interface PreparedCommand {
  readonly scope: Scope;
  readonly decide: (reader: Reader, context: Context) => Promise<Decision>;
}

/** A type of command: a permission can be refused, and the refusal commits; a fact is recorded, however unwelcome. */
export interface CommandType<Body> extends TypeOfCommand<Body> {
  readonly kind: 'permission' | 'fact';
  /**
   * Checks the body against its closed schema.
   * @throws VeinledgerError SCHEMA_VIOLATION
   */
  readonly prepare: (envelope: Envelope, id: string) => PreparedCommand;
}

/** A type of command, whatever its body. */
export type AnyCommandType = Omit<CommandType<never>, 'body' | 'scope'>;

/** Declares a permission; where its state holds a therapy, only the therapy's parties are permitted anything. */
export function definePermission<Body, State>(
  declaration: Declaration<Body, State, PermissionDecision | Promise<PermissionDecision>>,
): CommandType<Body> {
  const { reads, decide, ...type } = declaration;
  return commandType('permission', type, async (reader, command, context) => {
    const state = await reads(reader, command, context);
    const decision = await decide(state, command, context);
    return holdsTherapy(state) ? refuseOutsiders(state.therapy, context, decision) : decision;
  });
}

/** Declares a fact: whatever its content, it is recorded. */
export function defineFact<Body, State>(
  declaration: Declaration<Body, State, FactDecision>,
): CommandType<Body> {
  const { reads, decide, ...type } = declaration;
  return commandType('fact', type, async (reader, command, context) =>
    decide(await reads(reader, command, context), command, context),
  );
}

function commandType<Body>(
  kind: 'permission' | 'fact',
  type: TypeOfCommand<Body>,
  decide: (reader: Reader, command: Command<Body>, context: Context) => Promise<Decision>,
): CommandType<Body> {
  return {
    kind,
    ...type,
    prepare: (envelope, id) => {
      const command = { ...envelope, id, body: parseClosed(type.body, envelope.body, 'body') };
      return {
        scope: type.scope(command.body, command.actor),
        decide: (reader, context) => decide(reader, command, context),
      };
    },
  };
}

function holdsTherapy(state: unknown): state is { readonly therapy: Therapy } {
  return (
    typeof state === 'object' && state !== null && 'therapy' in state && state.therapy !== undefined
  );
}
