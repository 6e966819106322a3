import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  processDefinition,
  type ProcessDefinition,
  violationOf,
  expectationOf,
} from '@veinledger/domain';
import { z } from 'zod';
import { CliError } from '../complaint.js';
import { readJson } from '../content.js';

const named = z.looseObject({
  id: z.string(),
  version: z.string(),
  patientWords: z.array(z.looseObject({ language: z.string() })),
});

/** What stands in a file, as JSON. */
export function readRaw(file: string): Promise<unknown> {
  return readJson('FILE', `@${file}`);
}

/**
 * A process definition of a file.
 * @throws CliError when there is none in it, naming the first thing that does not fit
 */
export async function readDefinition(file: string): Promise<ProcessDefinition> {
  const raw = await readRaw(file);
  const parsed = processDefinition.safeParse(raw, { error: expectationOf });
  if (parsed.success) return parsed.data;
  const { place, expected, found } = violationOf(parsed.error, raw);
  const explanation = `${basename(file)} is no process definition; 'process lint' tells everything`;
  throw new CliError('NO_DEFINITION', explanation, { field: place.join('.'), expected, found });
}

/**
 * The files of a definition's words for patients, by language: `words/ID-VERSION.LANGUAGE.json` beside it. What is missing
 * or no JSON is left out.
 */
export async function readWords(file: string, raw: unknown): Promise<ReadonlyMap<string, unknown>> {
  const parsed = named.safeParse(raw);
  if (!parsed.success) return new Map();
  const { id, version, patientWords } = parsed.data;
  const found = await Promise.all(
    patientWords.map(async ({ language }) => {
      const words = join(
        dirname(file),
        'words',
        `${basename(`${id}-${version}.${language}`)}.json`,
      );
      const text = await readFile(words, 'utf8').catch(() => undefined);
      return [language, text === undefined ? undefined : parsedJson(text)] as const;
    }),
  );
  return new Map(found.filter(([, words]) => words !== undefined));
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
