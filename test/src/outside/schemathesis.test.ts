import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { folderOf, run } from './program.js';
import { servedTherapy, type ServedTherapy, SETTING_UP_MS } from './therapy.fixture.js';

let served: ServedTherapy;

beforeAll(async () => {
  served = await servedTherapy();
}, SETTING_UP_MS);
afterAll(() => served.close());

/** Every answer is no failure of the gateway, and as the document says in status, type, headers and body. */
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
];

/** What schemathesis may ask of each operation in one phase. */
const EXAMPLES = 6;

test('schemathesis finds no failure, and no answer that breaks its schema', async () => {
  const program = join(folderOf('VEINLEDGER_OUTSIDE_PYTHON'), 'bin', 'schemathesis');
  const authorization = `Authorization: Bearer ${await served.token()}`;
  const told = await run(
    program,
    [
      'run',
      served.document,
      ...['--url', served.url],
      ...['--header', authorization],
      ...['--checks', CHECKS.join()],
      ...['--phases', 'examples,coverage,fuzzing'],
      ...['--max-examples', String(EXAMPLES)],
      // a busy machine may take its time over one answer
      ...['--request-timeout', '120'],
      // tokens last no longer
      ...['--max-time', '120'],
      // its one answer has no end
      ...['--exclude-operation-id', 'streamEvents'],
      '--generation-deterministic',
      '--no-color',
    ],
    { cwd: served.folder },
  );
  const [, generated, passed] = /(\d+) generated, (\d+) passed/.exec(told) ?? [];
  expect(passed).toBe(generated);
  expect(Number(generated)).toBeGreaterThan(0);
});
