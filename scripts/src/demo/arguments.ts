import { existsSync, readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';

export const HELP = `npm run demo -- [--fabric | --keep DIR] [--vcf FILE] [--fasta FILE]

Starts a gateway on a free port and plays three patients, every actor over HTTP with its own keys.
Exits with 1 when anything that should be refused was accepted, or the other way round.

  --fabric       on a real Fabric network, which it starts and stops, through a gateway for each member
  --keep DIR     leaves what there was in a new folder: 'veinledger verify --home DIR' checks it, also later versions'
  --vcf FILE     commits to this file in the calling step (8), and opens the commitment
  --fasta FILE   commits to this file in the design (10), and opens the commitment
`;

export interface Arguments {
  readonly help: boolean;
  readonly fabric: boolean;
  readonly keep: string | undefined;
  readonly vcf: string | undefined;
  readonly fasta: string | undefined;
}

/**
 * Reads the demo's arguments.
 * @throws Error naming the option, and the file that does not exist or the folder that does
 */
export function readArguments(argv: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      fabric: { type: 'boolean', default: false },
      keep: { type: 'string' },
      vcf: { type: 'string' },
      fasta: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  for (const name of ['vcf', 'fasta'] as const) {
    const file = values[name];
    if (file !== undefined && !existsSync(file))
      throw new Error(`--${name}: expected a file, found nothing at ${file}`);
  }
  const { keep } = values;
  if (keep !== undefined && values.fabric)
    throw new Error('--keep: expected an embedded ledger, found --fabric');
  if (keep !== undefined && existsSync(keep) && readdirSync(keep).length > 0)
    throw new Error(`--keep: expected a new folder, found files in ${keep}`);
  return { help: values.help, fabric: values.fabric, keep, vcf: values.vcf, fasta: values.fasta };
}
