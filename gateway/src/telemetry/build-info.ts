import { readFileSync } from 'node:fs';
import { z } from 'zod';

const manifest = z.looseObject({ version: z.string() });

/** What a gateway is built of: its own version, and the programs that it runs on. */
export function buildInfo(): Readonly<Record<'version' | 'node' | 'openssl' | 'platform', string>> {
  const file = new URL('../../package.json', import.meta.url);
  const { version } = manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
  const { node, openssl } = process.versions;
  return { version, node, openssl, platform: `${process.platform}-${process.arch}` };
}
