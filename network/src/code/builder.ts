import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { builderDir } from '../config/index.js';
import type { PeerPlan, Plan } from '../plan/index.js';
import type { ChaincodeCode } from './code.js';
import { connectionJson } from './link.js';
import { codeJson } from './package.js';

/**
 * Fabric's external builder contract: `detect SOURCE METADATA`, `build SOURCE METADATA OUTPUT`,
 * `release OUTPUT RELEASE`. The package's code must be the code that this member runs; address and keys
 * of the service are the member's own.
 */
const SCRIPTS = {
  detect: `grep -q '"type":"ccaas"' "$2/metadata.json"`,
  build: `if ! cmp -s "$1/code.json" "$own/code.json"; then
  echo "the package names other code than this member runs: $(cat "$1/code.json")" >&2
  exit 1
fi
cp "$own/connection.json" "$3/connection.json"`,
  release: `mkdir -p "$2/chaincode/server"
cp "$1/connection.json" "$2/chaincode/server/connection.json"`,
};

/** Writes a peer's external builder with what it knows of its chaincode service. */
export async function writeBuilder(plan: Plan, peer: PeerPlan, code: ChaincodeCode): Promise<void> {
  const own = builderDir(plan, peer);
  const bin = join(own, 'bin');
  await mkdir(bin, { recursive: true });
  for (const [name, body] of Object.entries(SCRIPTS)) {
    const script = `#!/bin/sh\nset -eu\nown="$(cd "$(dirname "$0")/.." && pwd)"\n${body}\n`;
    await writeFile(join(bin, name), script, { mode: 0o755 });
  }
  await writeFile(join(own, 'code.json'), codeJson(code));
  await writeFile(join(own, 'connection.json'), await connectionJson(plan, peer), { mode: 0o600 });
}
