import type { ServerResponse } from 'node:http';

interface AnyAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer of JSON. */
export interface JsonAnswer extends AnyAnswer {
  readonly body: object;
  /** a type of JSON; `application/json` when left out */
  readonly mediaType?: string;
}

/** An answer of text in another media type: a page, a picture. */
export interface TextAnswer extends AnyAnswer {
  readonly mediaType: string;
  readonly text: string;
}

/** An answer without a body: nothing changed, or nothing is left. */
export interface EmptyAnswer extends AnyAnswer {
  readonly empty: true;
}

/** An answer that is written while it comes to be; `write` returns once it is complete. */
export interface StreamAnswer extends AnyAnswer {
  readonly mediaType: string;
  write(response: ServerResponse): Promise<void>;
}

export type Answer = JsonAnswer | TextAnswer | EmptyAnswer | StreamAnswer;

/** A found thing. */
export function found(body: object): JsonAnswer {
  return { status: 200, body };
}
