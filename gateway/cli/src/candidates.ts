import { actorId, publicKeysSchema } from '@veinledger/domain';
import { z } from 'zod';
import { readJson } from './content.js';
import { wrongUsage } from './complaint.js';

/** Somebody to be a registrar, as they describe themselves: public keys, and the proof that both are in their hands. */
const candidateSchema = z.strictObject({
  actor: actorId,
  keys: publicKeysSchema,
  proof: z.string(),
});
export type Candidate = z.infer<typeof candidateSchema>;

/**
 * Reads what `candidate` wrote.
 * @throws CliError 2
 */
export async function readCandidate(file: string): Promise<Candidate> {
  const parsed = candidateSchema.safeParse(await readJson('--registrar', `@${file}`));
  if (parsed.success) return parsed.data;
  throw wrongUsage('--registrar', "a file that 'candidate' wrote", file);
}
