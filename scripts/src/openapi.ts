import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runAsMain } from './main-process.js';
import { processSchema } from './openapi/process-schema.js';
import { servedDocument } from './openapi/served-document.js';
import { ROOT } from './suites/run-jest.js';

/** Writes the OpenAPI document that a gateway serves, and the schema of processes, to where readers find them. */
await runAsMain(async () => {
  const documents = {
    'openapi.json': await servedDocument(),
    'process-definition.schema.json': processSchema(),
  };
  for (const [name, text] of Object.entries(documents)) {
    const file = join(ROOT, 'docs', name);
    await writeFile(file, text);
    console.log(file);
  }
  return 0;
});
