/** The option that every command has. */
export const HOME = { type: 'string', default: '.veinledger/network' } as const;

export const HOME_LINE = "  --home DIR         where the network's files lie (.veinledger/network)";

/**
 * Reads a first port.
 * @throws TypeError naming what was expected and found
 */
export function portBaseOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (/^\d+$/.test(text) && (port === 0 || (port >= 1024 && port <= 65_000))) return port;
  throw new TypeError(`--port-base: expected 0 or 1024 to 65000, found '${text}'`);
}

/**
 * Takes the words that a command needs, and no other.
 * @throws TypeError naming them and what was found
 */
export function wordsOf(found: readonly string[], ...expected: readonly string[]): string[] {
  if (found.length === expected.length) return [...found];
  const wanted = expected.length === 0 ? 'no further word' : expected.join(' ');
  throw new TypeError(`expected ${wanted}, found ${found.join(' ') || 'nothing'}`);
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
