import type { z } from 'zod';
import type { Caller } from '../auth/caller.js';
import type { KnownCommand } from '../commands/command-types.js';

/** What an operation is asked. */
export interface Question {
  readonly caller: Caller;
  /** path parameters, decoded */
  readonly parameters: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body: object;
}

/** A parameter of a path: its schema, and for a command's route the signed member that it repeats. */
export interface PathParameter {
  readonly schema: z.ZodType;
  readonly field?: string;
}

/** One operation of the gateway: a row of the OpenAPI document and of the router. */
export interface Operation {
  readonly method: 'get' | 'post';
  /** as OpenAPI writes it, `/v1/therapies/{coi}` */
  readonly path: string;
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly parameters: Readonly<Record<string, PathParameter>>;
  /** answers to what went well, by status */
  readonly answers: Readonly<
    Record<number, { readonly description: string; readonly schema: z.ZodType }>
  >;
  /**
   * Whether a body is what the document asks for. An operation that can tell is spared the validator in production;
   * a body that does not fit still meets it, and is told what is wrong.
   */
  readonly fits?: (body: unknown) => boolean;
  /** the commands that it takes: one type, or any */
  readonly takes?: KnownCommand | 'any-command';
}

/** An operation that needs no token. */
export interface PublicOperation extends Operation {
  readonly access: 'public';
  handle(): Promise<Answer>;
}

/** An operation for actors of the ledger. */
export interface ActorOperation extends Operation {
  readonly access: 'actor';
  handle(question: Question): Promise<Answer>;
}

export type AnyOperation = PublicOperation | ActorOperation;

/** A found thing. */
export function found(body: object): Answer {
  return { status: 200, body };
}

/**
 * The value of a path parameter.
 * @throws Error when the path has no such parameter
 */
export function parameterOf(question: Question, name: string): string {
  const value = question.parameters[name];
  if (value === undefined) throw new Error(`the path has no parameter ${name}`);
  return value;
}
