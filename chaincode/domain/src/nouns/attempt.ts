import { z } from 'zod';

/** The number of an attempt at a step; the first is 1. */
export const attemptNumber = z.int().min(1).max(99);

/** One attempt at a step, as what it made refers to it. */
export const attemptOf = z.strictObject({ step: z.string(), attempt: attemptNumber });
