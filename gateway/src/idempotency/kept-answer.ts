import { z } from 'zod';
import { type Receipt, receipt } from '../openapi/schemas/record.js';
import { exactOptional } from '../openapi/schemas/vocabulary.js';
import { ProblemError } from '../problems/problem.js';
import type { Answer, EmptyAnswer, JsonAnswer, TextAnswer } from '../operation/answer.js';

const headers = exactOptional(z.record(z.string(), z.string()));
const status = z.int();

const keptAnswer = z.union([
  z.strictObject({ status, headers, body: z.custom<object>((value) => value instanceof Object) }),
  z.strictObject({ status, headers, mediaType: z.string(), text: z.string() }),
  z.strictObject({ status, headers, empty: z.literal(true) }),
  z.strictObject({
    refused: z.strictObject({ status, code: z.string(), detail: z.string(), receipt }),
  }),
]);

/** A permission that was refused, with its committed receipt. */
interface KeptRefusal {
  readonly refused: {
    readonly status: number;
    readonly code: string;
    readonly detail: string;
    readonly receipt: Receipt;
  };
}

/** An answer that is kept for whoever asks the same again. */
export type KeptAnswer = JsonAnswer | TextAnswer | EmptyAnswer | KeptRefusal;

/** Reads what {@link keep} wrote. */
export function readKept(text: string): KeptAnswer {
  return keptAnswer.parse(JSON.parse(text));
}

/** An answer to keep: what was done. A stream is not kept, it cannot be sent twice. */
export function keepAnswer(answer: Answer): KeptAnswer | undefined {
  return 'write' in answer ? undefined : answer;
}

/** A refusal that was committed is kept; any other problem did nothing, and may be tried again under the same key. */
export function keepProblem(error: unknown): KeptAnswer | undefined {
  if (!(error instanceof ProblemError)) return undefined;
  const { status: refusedWith, code, detail, receipt: committed } = error.details;
  if (committed === undefined) return undefined;
  return { refused: { status: refusedWith, code, detail, receipt: committed } };
}

/**
 * Gives a kept answer again.
 * @throws ProblemError the refusal, where that was the answer
 */
export function giveAgain(kept: KeptAnswer): Answer {
  if ('refused' in kept) throw new ProblemError(kept.refused);
  return kept;
}
