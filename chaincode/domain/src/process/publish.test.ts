import { describe, expect, test } from '@jest/globals';
import { actor, command, context, definition, DIGEST, NOW } from '../example.fixture.js';
import type { AgreedProcess } from '../nouns/agreed-process.js';
import { processDefinition, processHash } from '../nouns/process-definition.js';
import { decidePublish } from './publish.js';

const registrar = actor('lab.registrar', 'LabMSP', 'registrar');
const example = processDefinition.parse(definition());
const hash = processHash(example);

const agreedOn = (of: string): AgreedProcess => ({
  noun: 'agreed-process',
  id: example.id,
  version: example.version,
  hash: of,
  proposal: 'agree-example',
  at: NOW,
});

function publish(
  founded: { id?: string; version?: string; hash?: string } = {},
  again = false,
  voted?: string,
) {
  const processes = [{ id: example.id, version: example.version, hash, ...founded }];
  const agreed = voted === undefined ? undefined : agreedOn(voted);
  const published = {
    noun: 'process',
    id: example.id,
    version: example.version,
    hash,
    definition: example,
    publishedBy: 'a',
    at: NOW,
  } as const;
  return decidePublish(
    { published: again ? published : undefined, agreed },
    command(registrar.id, { definition: example }),
    context(registrar, { root: { v: 1, network: DIGEST, organisations: [], processes } }),
  );
}

describe('a process definition', () => {
  test('takes effect when the consortium agreed on its hash', () => {
    expect(publish()).toMatchObject({
      decision: 'permitted',
      changes: [{ noun: 'process', id: 'example', version: '1.0', hash }],
    });
  });

  test.each([
    ['another hash', { hash: DIGEST }],
    ['another version', { version: '1.1' }],
    ['another process', { id: 'other' }],
  ])('is refused when they agreed on %s', (_name, agreed) => {
    expect(publish(agreed)).toMatchObject({
      reasons: [{ code: 'PROCESS_NOT_AGREED', found: hash }],
    });
  });

  test('takes effect when members agreed on its hash by votes, whatever the root says', () => {
    expect(publish({ id: 'other' }, false, hash)).toMatchObject({ decision: 'permitted' });
    expect(publish({}, false, DIGEST)).toMatchObject({
      reasons: [{ code: 'PROCESS_NOT_AGREED', expected: DIGEST, found: hash }],
    });
  });

  test('of one version is published once', () => {
    expect(publish({}, true)).toMatchObject({
      reasons: [{ code: 'PROCESS_IMMUTABLE', found: hash }],
    });
  });

  test('has a hash that any other limit changes', () => {
    expect(processHash({ ...example, bedsideMinutes: 16 })).not.toBe(hash);
  });
});
