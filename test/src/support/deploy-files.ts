import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** The path of a file in `gateway/deploy`. */
export function deployFile(name: string): string {
  return fileURLToPath(new URL(`../../../gateway/deploy/${name}`, import.meta.url));
}

/** The text of a file in `gateway/deploy`. */
export function readDeployFile(name: string): Promise<string> {
  return readFile(deployFile(name), 'utf8');
}
