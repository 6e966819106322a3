import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Makes a package of the same contracts under another version: another bundle. */
export async function nextChaincode(folder: string, version = '9.9.9'): Promise<string> {
  await mkdir(join(folder, 'dist'), { recursive: true });
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: '@veinledger/chaincode', version, type: 'module' }),
  );
  await writeFile(join(folder, 'dist/index.js'), `export * from '@veinledger/chaincode';\n`);
  const manifest = createRequire(import.meta.url).resolve('zod/package.json');
  await symlink(dirname(dirname(manifest)), join(folder, 'node_modules'));
  return folder;
}
