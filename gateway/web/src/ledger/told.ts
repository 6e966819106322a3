import { canonicalise, sha256Base64url } from '@veinledger/domain';
import { besidePages } from '../address/settings.js';
import type { Definition } from './therapies.js';

interface ProcessWords {
  readonly steps: readonly {
    readonly id: string;
    readonly title: string;
    readonly explanation: string;
  }[];
}

/** What is told of each step, by its id. */
export type StepWords = ReadonlyMap<
  string,
  { readonly title: string; readonly explanation: string }
>;

/** A process, and the words about its steps that members approved. */
export interface ToldProcess {
  readonly process: { readonly id: string; readonly version: string };
  /** the words' digests, by language */
  readonly approved: Readonly<Record<string, string>>;
}

export function toldProcess(
  { id, version }: ToldProcess['process'],
  { patientWords = [] }: Pick<Definition, 'patientWords'>,
): ToldProcess {
  const approved = Object.fromEntries(
    patientWords.map(({ language, digest }) => [language, digest]),
  );
  return { process: { id, version }, approved };
}

/** What is told of the steps of several processes, where one is in two by the first; off line, steps go by their ids. */
export async function readTold(
  processes: readonly ToldProcess[],
  language: string,
): Promise<StepWords> {
  const told = new Map<string, { readonly title: string; readonly explanation: string }>();
  for (const each of [...processes].reverse()) {
    const words = await readStepWords(each, language).catch((): StepWords => new Map());
    for (const [step, said] of words) told.set(step, said);
  }
  return told;
}

/**
 * What members agreed to tell patients of the steps, in one language.
 * @returns an empty map where there is nothing in it, or not what they agreed to
 */
async function readStepWords(
  { process: { id, version }, approved }: ToldProcess,
  language: string,
): Promise<StepWords> {
  const digest = approved[language];
  if (digest === undefined) return new Map();
  const found = (await besidePages(`words/${id}-${version}.${language}.json`)) as ProcessWords;
  if (sha256Base64url(canonicalise(found)) !== digest) return new Map();
  return new Map(found.steps.map(({ id: step, ...words }) => [step, words] as const));
}
