import type { z } from 'zod';
import type { Caller } from '../auth/caller.js';
import type { KnownCommand } from '../commands/command-types.js';
import type { HeadersOfAnswer } from './headers.js';
import type { Answer } from './answer.js';

/** What an operation is asked, checked against the OpenAPI document. */
export interface Asked {
  /** path parameters, decoded */
  readonly parameters: Readonly<Record<string, string>>;
  /** query parameters as their schemas read them */
  readonly query: Readonly<Record<string, unknown>>;
  /** a header's value; names in lower case */
  header(name: string): string | undefined;
  readonly body: unknown;
  /** aborted when the caller is gone */
  readonly signal: AbortSignal;
}

/** What an operation for actors is asked, and by whom. */
export interface Question extends Asked {
  readonly caller: Caller;
}

/** A parameter of a path: its schema, and for a command's route the signed member that it repeats. */
export interface PathParameter {
  readonly schema: z.ZodType;
  readonly field?: string;
}

/** A parameter of the query, which may be left out, or a header that the operation reads. */
export interface OptionalParameter {
  readonly description: string;
  readonly schema: z.ZodType;
}

/** An answer to what went well. */
export interface AnswerRow {
  readonly description: string;
  /** left out where the answer has no body, or one that is no JSON */
  readonly schema?: z.ZodType;
  /** `application/json` when left out */
  readonly mediaType?: string;
  /** what it carries besides what every answer does */
  readonly headers?: HeadersOfAnswer;
}

/** One operation of the gateway: a row of the OpenAPI document and of the router. */
interface OperationRow {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** as OpenAPI writes it, `/v1/therapies/{coi}` */
  readonly path: string;
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly parameters: Readonly<Record<string, PathParameter>>;
  /** a query parameter that is not named here is refused */
  readonly query?: Readonly<Record<string, OptionalParameter>>;
  readonly headers?: Readonly<Record<string, OptionalParameter>>;
  readonly answers: Readonly<Record<number, AnswerRow>>;
  /**
   * Whether a body is what the document asks for. An operation that can tell is spared the validator in production;
   * a body that does not fit still meets it, and is told what is wrong.
   */
  readonly fits?: (body: unknown) => boolean;
  /** the schema of a list's items; the answer is a page of them, and callers choose fields of theirs */
  readonly item?: z.ZodType;
  /** the request or its answer holds what opens something: it is remembered under no idempotency key */
  readonly idempotency?: 'none';
  /** nobody keeps the answer, and nobody asks whether it is still the same */
  readonly caching?: 'never';
  /**
   * `public`: the answer is for everybody, and worth compressing though nobody keeps it; `never`: it holds what opens
   * something, beside what others wrote
   */
  readonly compression?: 'public' | 'never';
  /** the commands that it takes: one type, or any */
  readonly takes?: KnownCommand | 'any-command';
  /** the body of an operation that takes no command */
  readonly body?: z.ZodType;
}

/** An operation that needs no token. */
export interface PublicOperation extends OperationRow {
  readonly access: 'public';
  handle(asked: Asked): Promise<Answer>;
}

/** An operation for actors of the ledger. */
export interface ActorOperation extends OperationRow {
  readonly access: 'actor';
  handle(question: Question): Promise<Answer>;
}

export type AnyOperation = PublicOperation | ActorOperation;

/**
 * The value of a path parameter.
 * @throws Error when the path has no such parameter
 */
export function parameterOf(asked: Pick<Asked, 'parameters'>, name: string): string {
  const value = asked.parameters[name];
  if (value === undefined) throw new Error(`the path has no parameter ${name}`);
  return value;
}
