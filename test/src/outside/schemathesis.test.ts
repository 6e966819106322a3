import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { folderOf, run } from './program.js';
import { servedTherapy, type ServedTherapy } from './therapy.fixture.js';

/** Every answer is no failure of the gateway, and as the document says in status, type, headers and body. */
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
];

/** What schemathesis asks, and of how many requests it makes at least so many: fewer mean that it was kept from it. */
const PHASES = [
  { of: 'at the edges of every schema', phases: 'examples,coverage', atLeast: 4000 },
  { of: 'made of every schema by chance', phases: 'fuzzing', atLeast: 400 },
];

/** Requests that are made by chance for each operation. */
const EXAMPLES = 4;

/** Its one answer has no end. */
const ENDLESS = 'streamEvents';

const withPaths = z.looseObject({ paths: z.record(z.string(), z.looseObject({})) });
const METHODS = ['get', 'put', 'post', 'delete', 'patch'];

let served: ServedTherapy;

beforeAll(async () => {
  served = await servedTherapy();
  // what schemathesis reads is there: else most of what it hears is that there is no such therapy
  const settings = `
[[operations]]
include-method = "GET"
parameters = { "path.coi" = ${JSON.stringify(served.coi)} }
`;
  await writeFile(join(served.folder, 'schemathesis.toml'), settings);
});
afterAll(() => served.close());

async function operations(): Promise<number> {
  const { paths } = withPaths.parse(JSON.parse(await readFile(served.document, 'utf8')));
  return Object.values(paths).flatMap((path) => METHODS.filter((method) => method in path)).length;
}

describe('schemathesis finds no failure, and no answer that breaks its schema', () => {
  test.each(PHASES)('by requests $of', async ({ phases, atLeast }) => {
    const program = join(folderOf('VEINLEDGER_OUTSIDE_PYTHON'), 'bin', 'schemathesis');
    const told = await run(
      program,
      [
        ...['run', served.document, '--url', served.url],
        ...['--header', `Authorization: Bearer ${await served.token()}`],
        ...['--checks', CHECKS.join(), '--exclude-operation-id', ENDLESS],
        ...['--phases', phases, '--max-examples', `${EXAMPLES}`, '--generation-deterministic'],
        // a busy machine may take its time over one answer, and over making one request
        ...['--request-timeout', '120', '--suppress-health-check', 'all'],
        '--no-color',
      ],
      { cwd: served.folder },
    );
    const [, tested] = /Tested: (\d+)/.exec(told) ?? [];
    expect(Number(tested)).toBe((await operations()) - 1);
    const [, generated, passed] = /(\d+) generated, (\d+) passed/.exec(told) ?? [];
    expect(passed).toBe(generated);
    expect(Number(generated)).toBeGreaterThanOrEqual(atLeast);
  });
});
