import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { servedDocument } from '#scripts';
import { type GatewayBench, gatewayBench } from './gateway.fixture.js';

type Node = z.core.util.JSONType;

const mediaTypes = z.record(z.string(), z.object({ schema: z.json() }));
const response = z.object({ content: mediaTypes.optional(), headers: z.json().optional() });
const parameter = z.object({ name: z.string(), schema: z.json() });
const operation = z.object({
  operationId: z.string(),
  description: z.string().min(1),
  parameters: z.array(parameter),
  requestBody: z.object({ content: mediaTypes }).optional(),
  responses: z.record(z.string(), z.union([z.object({ $ref: z.string() }), response])),
});
const documentSchema = z.object({
  info: z.object({ contact: z.object({ name: z.string() }), license: z.json() }),
  servers: z.array(z.object({ url: z.string() })).length(1),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.json(),
});

let bench: GatewayBench;
let document: z.infer<typeof documentSchema>;

beforeAll(async () => {
  bench = await gatewayBench();
  const answer = await fetch(new URL('/v1/openapi.json', bench.gateway.url));
  document = documentSchema.parse(await answer.json());
});
afterAll(() => bench.close());

const operations = () => Object.values(document.paths).flatMap((methods) => Object.values(methods));
const operationOf = (id: string) => operations().find(({ operationId }) => operationId === id);

/** Every object inside a part of the document, that part included. */
function objectsIn(whole: Node): readonly Readonly<Record<string, Node>>[] {
  const found: Readonly<Record<string, Node>>[] = [];
  const waiting = [whole];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    if (!Array.isArray(node)) found.push(node);
    waiting.push(...Object.values(node));
  }
  return found;
}

const schemaOfObject = z.object({ properties: z.record(z.string(), z.json()).default({}) }).loose();

/** The members whose value tells an alternative from others. */
const marksOf = (alternative: Node): readonly string[] =>
  Object.entries(schemaOfObject.parse(alternative).properties)
    .filter(([, value]) => objectsIn(value).some((each) => 'const' in each || 'enum' in each))
    .map(([name]) => name);

const resolved = (node: Node): Node => {
  const { $ref } = z.object({ $ref: z.string().optional() }).loose().parse(node);
  return $ref === undefined
    ? node
    : $ref
        .slice(2)
        .split('/')
        .reduce<Node>((at, name) => (at as Readonly<Record<string, Node>>)[name] ?? null, {
          components: document.components,
        });
};

test('the document in the repository is the one that is served; npm run openapi writes it anew', async () => {
  const kept = await readFile(new URL('../../../docs/openapi.json', import.meta.url), 'utf8');
  expect(JSON.parse(await servedDocument())).toEqual(JSON.parse(kept));
});

describe('the document that clients are made from', () => {
  test('has no alternatives but objects that one text member tells apart', () => {
    const json = z.json().parse(document);
    const unions = objectsIn(json).flatMap((each) => {
      const alternatives = each['anyOf'] ?? each['oneOf'];
      return Array.isArray(alternatives) ? [alternatives.map(resolved)] : [];
    });
    expect(unions.length).toBeGreaterThan(5);
    const apart = unions.filter((alternatives) => {
      const [first = [], ...others] = alternatives.map(marksOf);
      return first.some((name) => others.every((names) => names.includes(name)));
    });
    const types = new Set(
      unions.filter((each) => !apart.includes(each)).map((each) => JSON.stringify(each)),
    );
    // the results of jobs: which one it is the job's kind says
    expect([...types].every((each) => each.includes('"properties"'))).toBe(true);
    expect(JSON.stringify(document)).not.toMatch(/"type":"(null|boolean)","const"|"type":"null"/);
  });

  test('says of every list what is in it', () => {
    const lists = objectsIn(z.json().parse(document)).filter(({ type }) => type === 'array');
    expect(lists.filter((each) => !('items' in each))).toEqual([]);
  });

  test('gives what went well one media type and one schema', () => {
    for (const { operationId, responses } of operations()) {
      const schemas = Object.entries(responses)
        .filter(([status]) => status.startsWith('2'))
        .flatMap(([, each]) => ('content' in each ? Object.entries(each.content ?? {}) : []))
        .map((each) => JSON.stringify(each));
      expect([operationId, new Set(schemas).size <= 1]).toEqual([operationId, true]);
    }
  });

  test('says where the gateway is, under which licence, and whom to ask', () => {
    expect(document.servers[0]?.url).toBe('/');
    expect(document.info).toMatchObject({
      license: { identifier: 'Apache-2.0' },
      contact: { name: expect.any(String) },
    });
  });

  test('asks of an idempotency key, a job and a webhook what the gateway asks', () => {
    const key = operationOf('submitCommand')?.parameters.find(
      ({ name }) => name === 'Idempotency-Key',
    );
    const { pattern } = z.object({ pattern: z.string() }).parse(key?.schema);
    for (const right of ['"a"', '"8e03978e-40d5"', String.raw`"a\"b"`, `"${'x'.repeat(255)}"`]) {
      expect(right).toMatch(new RegExp(pattern, 'u'));
    }
    for (const wrong of ['a', '""', '"é"', '"a"b"', '"a";b', `"${'x'.repeat(256)}"`]) {
      expect(wrong).not.toMatch(new RegExp(pattern, 'u'));
    }
    const bodyOf = (id: string) =>
      JSON.stringify(operationOf(id)?.requestBody?.content['application/json']?.schema);
    expect(bodyOf('startJob')).toContain('"const":"verify-ledger"');
    expect(bodyOf('startJob')).not.toContain('"additionalProperties":{}');
    expect(bodyOf('registerWebhook')).toContain('"pattern":"^https?:');
    expect(bodyOf('registerWebhook')).toContain('"custody:ReleaseItem"');
  });
});
