import {
  canonicalise,
  code,
  language,
  type ProcessDefinition,
  sha256Base64url,
  version,
} from '@veinledger/domain';
import { z } from 'zod';
import type { Fault } from './fault.js';

/** What patients are told of each step of a process, in one language. */
export const patientWordsSchema = z.strictObject({
  process: code,
  version,
  language,
  steps: z.array(
    z.strictObject({
      id: code,
      title: z.string().min(1).max(80),
      explanation: z.string().min(1).max(400),
    }),
  ),
});

export type PatientWords = z.infer<typeof patientWordsSchema>;

/** Languages in which every process that ships tells its patients. */
const LANGUAGES = ['en', 'ja'];

/** The digest of words, as definitions name it. */
export function digestOfWords(words: unknown): string {
  return sha256Base64url(canonicalise(words));
}

/**
 * Steps that a patient is not told of, and words that are others than the definition names.
 * @param words what stands in the file of each language that the definition names, by language
 */
export function faultsOfWords(
  { patientWords = [], steps }: ProcessDefinition,
  words: ReadonlyMap<string, unknown>,
): readonly Fault[] {
  const rule = 'words';
  const named = patientWords.map((each) => each.language);
  const untold = LANGUAGES.filter((each) => !named.includes(each));
  return [
    ...untold.map((each): Fault => ({ rule, says: `patientWords: none in ${each}` })),
    ...steps.flatMap(({ id, release }): readonly Fault[] =>
      release ? [] : [{ step: id, rule, says: 'no release rule: when is the patient told of it?' }],
    ),
    ...patientWords.flatMap((each) => faultsIn(each, words.get(each.language), steps)),
  ];
}

function faultsIn(
  { language: tongue, digest }: { readonly language: string; readonly digest: string },
  found: unknown,
  steps: ProcessDefinition['steps'],
): readonly Fault[] {
  const rule = 'words';
  if (found === undefined) return [{ rule, says: `patientWords: no file in ${tongue}` }];
  const parsed = patientWordsSchema.safeParse(found);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return [
      { rule, says: `patientWords in ${tongue}: ${issue?.path.join('.') ?? ''} does not fit` },
    ];
  }
  const told = new Set(parsed.data.steps.map(({ id }) => id));
  const missing = steps.filter(({ id }) => !told.has(id));
  const other: readonly Fault[] =
    digestOfWords(found) === digest
      ? []
      : [
          {
            rule,
            says: `patientWords in ${tongue}: expected digest ${digest}, found ${digestOfWords(found)}`,
          },
        ];
  return [
    ...other,
    ...missing.map(({ id }): Fault => ({ step: id, rule, says: `no words in ${tongue}` })),
  ];
}
