import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../processes/index.js';
import { isSupported, supportedVersions, type Distribution } from './distribution.js';

/** Where programs were found: an environment variable, `PATH`, the cache, or built just now. */
export type FabricSource = 'FABRIC_BIN' | 'FABRIC_CA_BIN' | 'PATH' | 'cache' | 'built';

/** Programs of Fabric, or of Fabric CA, that belong together. */
export interface Fabric {
  /** the folder that holds the programs */
  readonly binDir: string;
  readonly source: FabricSource;
  /** as the programs print it */
  readonly version: string;
  /** empty when the programs do not tell */
  readonly commit: string;
}

/**
 * Checks a folder: every program is there, and those that are asked are of one supported version.
 * @throws Error saying what is missing or which version was found
 */
export async function inspectPrograms(
  distribution: Distribution,
  binDir: string,
  source: FabricSource,
): Promise<Fabric> {
  const missing: string[] = [];
  for (const program of distribution.programs) {
    await access(join(binDir, program), constants.X_OK).catch(() => missing.push(program));
  }
  if (missing.length > 0) throw new Error(`${binDir} has no ${missing.join(', ')}`);
  const answers = await Promise.all(
    distribution.asked.map(async (program) => ({
      program,
      ...(await programVersion(join(binDir, program))),
    })),
  );
  const [first, ...others] = answers;
  if (first === undefined) throw new Error(`${distribution.name} has no program to ask`);
  if (others.some((each) => each.version !== first.version || each.commit !== first.commit)) {
    const told = answers.map(({ program, version, commit }) => `${program} ${version} ${commit}`);
    throw new Error(`${binDir} mixes versions: ${told.join(', ')}`);
  }
  const { version, commit } = first;
  if (!isSupported(distribution, first)) {
    const expected = `${distribution.name} ${supportedVersions(distribution)}`;
    throw new Error(`${binDir}: expected ${expected}, found ${version} (commit ${commit})`);
  }
  return { binDir, source, version, commit };
}

/**
 * Reads what a program prints when it is asked for its version.
 * @throws Error when it names none
 */
async function programVersion(
  program: string,
): Promise<{ readonly version: string; readonly commit: string }> {
  const { said } = await runCommand(program, ['version'], { env: {}, timeoutMs: 10_000 });
  const version = /^\s*Version: v?(\S+)/m.exec(said)?.[1];
  if (version === undefined) throw new Error(`expected 'Version: …', found '${said.trim()}'`);
  return { version, commit: /^\s*Commit SHA: ([0-9a-f]+)/m.exec(said)?.[1] ?? '' };
}
