import { join } from 'node:path';
import { folderOf, run } from './program.js';

/** What openapi-generator makes of a document, in one language. */
export interface GeneratedClient {
  readonly version: string;
  readonly language: 'java' | 'python';
  readonly document: string;
  readonly folder: string;
}

/**
 * Has openapi-generator make a client.
 * @throws Error when the generator fails
 */
export async function generate(client: GeneratedClient): Promise<void> {
  const { version, language, document, folder } = client;
  const jar = join(
    folderOf('VEINLEDGER_OUTSIDE_GENERATOR'),
    `openapi-generator-cli-${version}.jar`,
  );
  await run('java', ['-jar', jar, 'generate', '-g', language, '-i', document, '-o', folder]);
}
