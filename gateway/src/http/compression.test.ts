import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { issueBearerToken } from '@veinledger/client/node';
import { afterEach, describe, expect, test } from '@jest/globals';
import { clinician, clinicianRecord, KNOWN } from '../gateway.fixture.js';
import type { Invocation } from '@veinledger/ledger';
import { found } from '../operation/answer.js';
import { type ScriptedGateway, scriptedGateway } from '../scripted-gateway.fixture.js';
import { mayCompress } from './compression.js';

let scripted: ScriptedGateway | undefined;
afterEach(async () => {
  await scripted?.remove();
  scripted = undefined;
});

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Asks as the clinician, and decodes nothing. */
async function ask(
  path: string,
  encoding: string,
  { method = 'GET', headers = {}, body }: Asked = {},
) {
  const url = scripted?.gateway.url ?? '';
  const token = await issueBearerToken(clinician.keys, { actor: clinician.id, audience: url });
  const asked = request(new URL(path, url), {
    method,
    headers: { authorization: `Bearer ${token}`, 'accept-encoding': encoding, ...headers },
  }).end(body);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return response;
}

/** The clinician, long enough to be worth compressing. */
const LONG = { ...clinicianRecord, roles: Array.from({ length: 300 }, () => 'clinician') };
const PATH = '/v1/openapi.json';

describe('an answer', () => {
  test('that is public comes compressed as the caller takes it', async () => {
    scripted = await scriptedGateway();
    const plain = await ask(PATH, 'identity');
    expect(plain.headers['content-encoding']).toBeUndefined();
    const text = (await buffer(plain)).toString();
    for (const [encoding, decode] of [
      ['gzip', gunzipSync],
      ['br', brotliDecompressSync],
    ] as const) {
      for (const path of [PATH, '/docs/swagger-ui.css']) {
        const answer = await ask(path, encoding);
        expect([path, answer.headers['content-encoding']]).toEqual([path, encoding]);
        expect(answer.headers.vary).toContain('Accept-Encoding');
        const bytes = await buffer(answer);
        if (path === PATH) expect(decode(bytes).toString()).toBe(text);
        expect(bytes.length * 3).toBeLessThan(decode(bytes).length);
      }
    }
  });

  test('of a read has a tag for either form, and is known by both', async () => {
    const known: Readonly<Record<string, object>> = { ...KNOWN, 'registry:ReadActor': LONG };
    const evaluate = ({ function: name }: Invocation) =>
      Promise.resolve(JSON.stringify(known[name]));
    scripted = await scriptedGateway({}, { evaluate });
    const path = `/v1/actors/${clinician.id}`;
    const [plain, packed] = [await ask(path, 'identity'), await ask(path, 'gzip')];
    expect([packed.statusCode, packed.headers['content-encoding']]).toEqual([200, 'gzip']);
    expect(plain.headers.etag).toMatch(/^"[\w-]{43}"$/);
    expect(packed.headers.etag).toBe(`W/${plain.headers.etag}`);
    expect(gunzipSync(await buffer(packed))).toEqual(await buffer(plain));
    for (const tag of [plain, packed].map(({ headers }) => headers.etag ?? '')) {
      for (const encoding of ['identity', 'gzip']) {
        const again = await ask(path, encoding, { headers: { 'if-none-match': tag } });
        expect([again.statusCode, (await buffer(again)).length]).toEqual([304, 0]);
        expect(again.headers.vary).toContain('Accept-Encoding');
      }
    }
    const head = await ask(path, 'gzip', { method: 'HEAD' });
    expect(head.headers.etag).toBe(packed.headers.etag);
    expect(head.headers['content-length']).toBeUndefined();
  });

  test('may be compressed where it is JSON that may be kept, or public, and nowhere else', () => {
    const json = found({ id: 'x' });
    expect(mayCompress({ method: 'get' }, json)).toBe(true);
    expect(mayCompress({ method: 'get', caching: 'never', compression: 'public' }, json)).toBe(
      true,
    );
    // annexes; what is opened or made; pages; problems
    expect(mayCompress({ method: 'get', caching: 'never' }, json)).toBe(false);
    expect(mayCompress({ method: 'post' }, json)).toBe(false);
    // the addresses of webhooks, which receivers know by what stands in them
    expect(mayCompress({ method: 'get', compression: 'never' }, json)).toBe(false);
    const page = { status: 200, mediaType: 'text/html', text: '' };
    expect(mayCompress({ method: 'get' }, page)).toBe(false);
    expect(mayCompress({ method: 'get' }, { ...json, status: 404 })).toBe(false);
  });

  test('that could tell a secret by its length is not compressed', async () => {
    scripted = await scriptedGateway();
    const body = JSON.stringify({ jws: 'a'.repeat(3000), annexes: {} });
    const json = { 'content-type': 'application/json' };
    const problems = [
      await ask('/v1/commands', 'gzip', { method: 'POST', headers: json, body }),
      await ask(`/v1/actors/x?${'a'.repeat(3000)}=1`, 'gzip'),
      await ask(`/v1/annexes/${'a'.repeat(43)}`, 'gzip'),
      await ask('/trace/x', 'gzip'),
    ];
    for (const { statusCode, headers } of problems) {
      expect(statusCode).toBeGreaterThanOrEqual(400);
      expect(headers['content-encoding']).toBeUndefined();
    }
  });
});
