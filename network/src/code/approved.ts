import { z } from 'zod';
import { NetworkError } from '../errors.js';
import { runCommand } from '../processes/index.js';
import { readNamed, sha256, type ChaincodeCode } from './code.js';
import { packagedCode } from './package.js';

/** What is about to be started as chaincode, and the package id that its member approved. */
export const chaincodeStartSchema = z.strictObject({
  /** the process, for the error */
  name: z.string(),
  packageId: z.string(),
  /** the package as it was installed on the peer */
  packageFile: z.string(),
  bundleFile: z.string(),
  rootFile: z.string(),
  /** the program that will run the bundle */
  nodeProgram: z.string(),
});

export type ChaincodeStart = z.infer<typeof chaincodeStartSchema>;

const ANSWER_MS = 10_000;

/**
 * Refuses to start anything but the approved bundle on the approved Node with the approved consortium root.
 * Everything is read anew: what counts is what lies there at this moment.
 * @throws NetworkError CODE_NOT_APPROVED naming each part with what was expected and found; FILE_MISSING
 */
export async function requireApprovedCode(start: ChaincodeStart): Promise<void> {
  const { name, packageId, packageFile, bundleFile, rootFile, nodeProgram } = start;
  const approved = await packagedCode(await readNamed(packageFile, 'the package'), packageId);
  const { answer } = await runCommand(nodeProgram, ['--version'], {
    env: {},
    timeoutMs: ANSWER_MS,
  });
  const found: ChaincodeCode = {
    bundle: sha256(await readNamed(bundleFile, 'the bundle')),
    node: answer.trim(),
    root: sha256(await readNamed(rootFile, 'the consortium root')),
  };
  const where = { bundle: bundleFile, node: nodeProgram, root: rootFile };
  const differences = (['bundle', 'node', 'root'] as const)
    .filter((part) => approved[part] !== found[part])
    .map((part) => `${part}: expected ${approved[part]}, found ${found[part]} (${where[part]})`);
  if (differences.length === 0) return;
  throw new NetworkError(
    'CODE_NOT_APPROVED',
    `${name} is not started: ${packageId} stands for other code. ${differences.join('; ')}`,
  );
}
