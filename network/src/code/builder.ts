import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { builderDir } from '../config/index.js';
import type { ChaincodePlan, PeerPlan } from '../plan/index.js';
import type { ChaincodeCode } from './code.js';
import { connectionJson } from './link.js';
import { codeJson } from './package.js';

/**
 * Fabric's external builder contract: `detect SOURCE METADATA`, `build SOURCE METADATA OUTPUT`,
 * `release OUTPUT RELEASE`. The package's code must be code that this member runs for one of its channels;
 * address and keys of the service are the member's own.
 */
const SCRIPTS = {
  detect: `grep -q '"type":"ccaas"' "$2/metadata.json"`,
  build: `for service in "$own"/services/*; do
  if cmp -s "$1/code.json" "$service/code.json"; then
    cp "$service/connection.json" "$3/connection.json"
    exit 0
  fi
done
echo "the package names other code than this member runs: $(cat "$1/code.json")" >&2
exit 1`,
  release: `mkdir -p "$2/chaincode/server"
cp "$1/connection.json" "$2/chaincode/server/connection.json"`,
};

/** Writes a peer's external builder. */
export async function writeBuilder(peer: PeerPlan): Promise<void> {
  const bin = join(builderDir(peer), 'bin');
  await mkdir(bin, { recursive: true });
  for (const [name, body] of Object.entries(SCRIPTS)) {
    const script = `#!/bin/sh\nset -eu\nown="$(cd "$(dirname "$0")/.." && pwd)"\n${body}\n`;
    await writeFile(join(bin, name), script, { mode: 0o755 });
  }
}

/** Tells a peer's external builder of a chaincode process: which code it is, and how it is reached. */
export async function writeService(
  peer: PeerPlan,
  chaincode: ChaincodePlan,
  code: ChaincodeCode,
): Promise<void> {
  const dir = join(builderDir(peer), 'services', chaincode.name);
  await mkdir(dir, { recursive: true });
  const connection = await connectionJson(peer, chaincode);
  await writeFile(join(dir, 'code.json'), codeJson(code));
  await writeFile(join(dir, 'connection.json'), connection, { mode: 0o600 });
}
