import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

/** The option that every command on a home has. */
export const HOME = { type: 'string', default: '.veinledger/network' } as const;

export const HOME_LINE = "  --home DIR         where the network's files lie (.veinledger/network)";

/**
 * Reads a command's options, and the words that it needs and no other.
 * @throws TypeError naming what is unknown or missing, and what was found
 */
export function argumentsOf<const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
  ...expected: readonly string[]
) {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  if (positionals.length === expected.length) return { values, words: positionals };
  const wanted = expected.length === 0 ? 'no further word' : expected.join(' ');
  throw new TypeError(`expected ${wanted}, found ${positionals.join(' ') || 'nothing'}`);
}

/**
 * Requires the member that a command is about.
 * @throws TypeError when it is left out
 */
export function memberGiven(member: string | undefined): string {
  if (member !== undefined) return member;
  throw new TypeError('--member: expected an id, found nothing');
}

/** What a number is, for the error, and between what it lies, both included. */
export interface NumberRange {
  readonly expected: string;
  readonly least?: number;
  readonly most: number;
}

/**
 * Reads a whole number, written in digits alone.
 * @throws TypeError naming the option, what was expected and found
 */
export function numberOf(
  option: string,
  text: string,
  { expected, least = 0, most }: NumberRange,
): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new TypeError(`${option}: expected ${expected}, found '${text}'`);
}

/** The longest wait that is taken, seconds: more than a day. */
const LONGEST_WAIT = 99_999;

/**
 * Reads how long to wait, in seconds.
 * @throws TypeError naming what was expected and found
 */
export function waitOf(text: string, least = 0): number {
  return numberOf('--wait', text, { expected: 'seconds', least, most: LONGEST_WAIT });
}

/**
 * Reads a first port.
 * @throws TypeError naming what was expected and found
 */
export function portBaseOf(text: string): number {
  if (text === '0') return 0;
  const range = { expected: '0 or 1024 to 65000', least: 1024, most: 65_000 };
  return numberOf('--port-base', text, range);
}

/**
 * Reads consortium roots: `FILE` for every channel, or `CHANNEL=FILE` for each.
 * @throws TypeError when both are given
 */
export function rootsOf(roots: readonly string[] = []): {
  readonly rootFile?: string;
  readonly rootFiles?: Readonly<Record<string, string>>;
} {
  const named = roots.map((each) => /^([a-z][a-z0-9-]*)=(.+)$/.exec(each));
  const [only = '', ...more] = roots.filter((_, index) => named[index] === null);
  const rootFiles = Object.fromEntries(
    named.flatMap((match) => (match === null ? [] : [[match[1] ?? '', match[2] ?? '']])),
  ) as Readonly<Record<string, string>>;
  if (more.length > 0) throw new TypeError(`--root: expected one FILE, found ${roots.join(' ')}`);
  return { ...(only === '' ? {} : { rootFile: only }), rootFiles };
}
