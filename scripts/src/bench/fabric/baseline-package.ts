import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Writes a chaincode package that runs veinledger's contracts and the baseline beside them, so that both are measured
 * in the same processes. Only the bench deploys it.
 */
export async function writeBaselinePackage(directory: string): Promise<void> {
  const here = (file: string) => JSON.stringify(fileURLToPath(new URL(file, import.meta.url)));
  const manifest = {
    name: 'veinledger-bench',
    version: '0.0.0',
    type: 'module',
    main: 'dist/index.js',
  };
  const source = [
    `import { contracts as shipped } from '@veinledger/chaincode';`,
    `import { BaselineContract } from ${here('baseline-contract.js')};`,
    'export const contracts = [...shipped, BaselineContract];',
    '',
  ];
  await mkdir(join(directory, 'dist'), { recursive: true });
  await writeFile(join(directory, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(directory, 'dist', 'index.js'), source.join('\n'));
  const modules = fileURLToPath(new URL('../../../../node_modules', import.meta.url));
  await symlink(modules, join(directory, 'node_modules'));
}
