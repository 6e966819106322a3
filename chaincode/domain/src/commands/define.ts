import { parseClosed } from '../errors/schema.js';
import type { Scope } from '../nouns/scope.js';
import type { Claim } from '../nouns/alarm.js';
import type { Reason } from '../nouns/reason.js';
import { raiseAlarms } from './alarms.js';
import type { Command, Envelope, TypeOfCommand } from './command.js';
import {
  type Context,
  type Decision,
  type FactDecision,
  type PermissionDecision,
  withoutEffect,
} from './decision.js';
import type { Reader } from './reader.js';
import { reasonsWithin, therapyOfIn } from './reasons-within.js';

/** A type of command as its module declares it: what it is, what it reads, and how it is decided. */
interface Declaration<Body, State, Answer, Standing> extends TypeOfCommand<Body> {
  /** what the decision needs of the state, in rounds, since what one found names the next */
  readonly reads: (reader: Reader, command: Command<Body>, context: Context) => Promise<State>;
  /**
   * Whose word counts here (B1), asked of an entitled actor before anything is decided. Of a permission: why the actor is
   * none of those, and then this is all that the refusal says. Of a fact: what the word of such an actor claims, and of
   * what thing; undefined where it takes effect.
   */
  readonly standing: (state: State, command: Command<Body>, context: Context) => Standing;
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

/** Declares a permission: it is decided on when who asks has standing. */
export function definePermission<Body, State>(
  declaration: Declaration<
    Body,
    State,
    PermissionDecision | Promise<PermissionDecision>,
    readonly Reason[]
  >,
): CommandType<Body> {
  const { reads, standing, decide, ...type } = declaration;
  return commandType('permission', type, async (reader, command, context) => {
    const state = await reads(reader, command, context);
    const reasons = standing(state, command, context);
    const decided =
      reasons.length > 0
        ? ({ decision: 'refused', reasons } as const)
        : await decide(state, command, context);
    if (decided.decision === 'permitted') return decided;
    const told = await reasonsWithin(context.scope, decided.reasons, therapyOfIn(reader));
    return { ...decided, reasons: told };
  });
}

/** Declares a fact: whatever its content, it is recorded; without standing it raises an alarm and moves nothing. */
export function defineFact<Body, State>(
  declaration: Declaration<Body, State, FactDecision, Claim | undefined>,
): CommandType<Body> {
  const { reads, standing, decide, ...type } = declaration;
  return commandType('fact', type, async (reader, command, context) => {
    const state = await reads(reader, command, context);
    const claim = standing(state, command, context);
    const decision = claim ? withoutEffect(claim) : decide(state, command, context);
    const alarms = await raiseAlarms(reader, decision.claims, command, context);
    return { ...decision, changes: [...decision.changes, ...alarms] };
  });
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
