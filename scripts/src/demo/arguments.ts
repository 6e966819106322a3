import { existsSync, readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { PLAYBILL, storiesOf, type Story } from './playbill.js';

export const HELP = `npm run demo -- [--only LETTERS] [--fabric | --keep DIR] [--vcf FILE] [--fasta FILE]

Starts a gateway on a free port and plays the stories of patients, every actor over HTTP with its own keys.
Exits with 1 when anything that should be refused was accepted, or the other way round.

${PLAYBILL.map(({ letter, title, afterA }) => `  ${letter.padEnd(3)}${title}${afterA ? ' (after A, whose vial it is)' : ''}`).join('\n')}

  --only LETTERS only these stories: E, or B,C2
  --fabric       on a real Fabric network, which it starts and stops, through a gateway for each member
  --keep DIR     leaves what there was in a new folder: 'veinledger verify --home DIR' checks it, also later versions'
  --vcf FILE     commits to this file in A's calling step (8), and opens the commitment
  --fasta FILE   commits to this file in A's design (10), and opens the commitment
`;

export interface Arguments {
  readonly help: boolean;
  readonly stories: readonly Story[];
  readonly fabric: boolean;
  readonly keep: string | undefined;
  readonly vcf: string | undefined;
  readonly fasta: string | undefined;
}

/**
 * Reads the demo's arguments.
 * @throws Error naming the option, and the story or the file that does not exist or the folder that does
 */
export function readArguments(argv: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      only: { type: 'string', multiple: true, default: [] },
      fabric: { type: 'boolean', default: false },
      keep: { type: 'string' },
      vcf: { type: 'string' },
      fasta: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const stories = storiesOf(readLetters(values.only));
  for (const name of ['vcf', 'fasta'] as const) {
    const file = values[name];
    if (file !== undefined && stories[0]?.letter !== 'A')
      throw new Error(`--${name}: expected A among the stories, found ${values.only.join()}`);
    if (file !== undefined && !existsSync(file))
      throw new Error(`--${name}: expected a file, found nothing at ${file}`);
  }
  const { keep } = values;
  if (keep !== undefined && values.fabric)
    throw new Error('--keep: expected an embedded ledger, found --fabric');
  if (keep !== undefined && existsSync(keep) && readdirSync(keep).length > 0)
    throw new Error(`--keep: expected a new folder, found files in ${keep}`);
  const { help, fabric, vcf, fasta } = values;
  return { help, stories, fabric, keep, vcf, fasta };
}

/** The letters of stories, each once or more, with commas between them. */
function readLetters(only: readonly string[]): readonly string[] {
  const known = PLAYBILL.map(({ letter }) => letter);
  return only.flatMap((each) => {
    const letters = each.toUpperCase().split(',');
    const unknown = letters.find((letter) => !known.includes(letter));
    if (unknown === undefined) return letters;
    throw new Error(`--only: expected some of ${known.join()}, found ${each}`);
  });
}
