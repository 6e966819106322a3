import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runAsMain } from './main-process.js';
import { servedDocument } from './openapi/served-document.js';
import { ROOT } from './suites/run-jest.js';

/** Writes the OpenAPI document that a gateway serves to where readers of the repository find it. */
await runAsMain(async () => {
  const file = join(ROOT, 'docs', 'openapi.json');
  await writeFile(file, await servedDocument());
  console.log(file);
  return 0;
});
