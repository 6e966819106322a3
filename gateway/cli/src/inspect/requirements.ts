import { readFile } from 'node:fs/promises';

/** The safety case, beside which every checkout and every archive has the command line. */
const SAFETY_CASE = new URL('../../../../docs/safety.md', import.meta.url);

/** What stands between underscores, which are none of a name's. */
const EMPHASIS = /(?<!\w)_([^_]+)_(?!\w)/gu;

/** One row of the safety case. */
export interface Requirement {
  readonly id: string;
  readonly sentence: string;
  /** what of the sentence is not met, in its own words; empty where all is */
  readonly notMet: string;
  /** the files of the rule */
  readonly rules: readonly string[];
  readonly tests: readonly string[];
}

/**
 * Which rule and which tests hold each requirement of the safety case.
 * @throws Error where the installation lacks docs/safety.md
 */
export async function readRequirements(): Promise<readonly Requirement[]> {
  return requirementsIn(await readFile(SAFETY_CASE, 'utf8'));
}

/** The rows of the safety case's table. */
export function requirementsIn(page: string): readonly Requirement[] {
  const rows = page.matchAll(/^\| ([A-Z]\d+) *\|([^|]*)\|([^|]*)\|([^|]*)\|$/gmu);
  return [...rows].map(([, id = '', sentence = '', rules = '', tests = '']) => ({
    id,
    sentence: plain(sentence.replaceAll(EMPHASIS, '')),
    notMet: [
      ...[...sentence.matchAll(EMPHASIS)].map(([, text = '']) => plain(text)),
      ...(filesIn(rules).length > 0 ? [] : [rules.replaceAll('_', '').trim() || 'no rule']),
    ].join(' '),
    rules: filesIn(rules),
    tests: filesIn(tests),
  }));
}

/** The words without their markup, and without the brackets of what was taken out. */
function plain(text: string): string {
  return text
    .replaceAll('`', '')
    .replaceAll(/ *\( *\)/gu, '')
    .trim();
}

function filesIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/gu)].map(([, file = '']) => file);
}
