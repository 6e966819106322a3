import { request } from 'node:http';
import {
  type Cast,
  enrolCast,
  HttpSubmitter,
  lot,
  openForBusiness,
  type Person,
  registerShared,
  signMessage,
} from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { issueBearerToken } from '@veinledger/client/node';
import { z } from 'zod';
import { type GatewayBench, gatewayBench } from './gateway.fixture.js';
import { type ApiDocument, fetchDocument } from './noun-submitter.js';

const LINKS = {
  item: 'https://id.gs1.org/01/04012345000092/21/S-1.2_3',
  lot: 'https://id.gs1.org/01/04012345000092/10/EX-9',
};

let bench: GatewayBench;
let document: ApiDocument;
let cast: Cast;
const tokens = new Map<string, Promise<string>>();

beforeAll(async () => {
  bench = await gatewayBench();
  document = await fetchDocument(bench.gateway.url);
  const { network } = bench.consortium.root;
  const submitter = new HttpSubmitter({ url: bench.gateway.url, network });
  await openForBusiness(submitter, bench.consortium);
  cast = await enrolCast(submitter, bench.consortium);
  await registerShared(submitter, cast);
});
afterAll(() => bench.close());

interface Answered {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Asks with a path as it is written: a URL of the platform would normalise it. */
async function ask(
  method: string,
  path: string,
  by: Person = cast.auditor,
  body?: string,
): Promise<Answered> {
  const { hostname, port, origin } = new URL(bench.gateway.url);
  const token = tokens.get(by.id) ?? issueBearerToken(by.keys, { actor: by.id, audience: origin });
  tokens.set(by.id, token);
  const headers = {
    authorization: `Bearer ${await token}`,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, method, headers }, (response) => {
      const { statusCode: status, headers: told } = response;
      let text = '';
      response.on('data', (chunk) => (text += String(chunk)));
      response.on('end', () => resolve({ status, headers: told, body: text }));
      if (told['content-type']?.startsWith('text/event-stream') && method === 'GET') {
        response.destroy();
        resolve({ status, headers: told, body: text });
      }
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

const filled = (path: string, values: Readonly<Record<string, string>>) =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? 'x');

const VALUES = { coi: 'G123417654321A', actor: 'hospital.nurse', lot: 'x' };

describe('HEAD', () => {
  test('is answered wherever GET is, without a body', async () => {
    const paths = Object.entries(document.paths).filter(([, item]) => 'get' in item);
    expect(paths.length).toBeGreaterThan(30);
    for (const [template] of paths) {
      const { status, body } = await ask('HEAD', filled(template, VALUES));
      expect([template, status === 405 || (status ?? 500) >= 500, body]).toEqual([
        template,
        false,
        '',
      ]);
    }
  });

  test.each([
    '/v1/organisations',
    '/v1/actors/hospital.nurse',
    '/v1/therapies/G123417654321A/trace',
    '/v1/events',
  ])('has the status and the headers that GET has: %s', async (path) => {
    const [head, get] = [await ask('HEAD', path), await ask('GET', path)];
    for (const name of ['content-type', 'cache-control', 'etag', 'content-length']) {
      // a problem names its request, and is as long as that
      if (name === 'content-length' && get.status !== 200) continue;
      expect([name, head.status, head.headers[name]]).toEqual([
        name,
        get.status,
        get.headers[name],
      ]);
    }
  });

  test('is named where a method is not allowed, and refused where there is no GET', async () => {
    expect((await ask('DELETE', '/v1/organisations')).headers['allow']).toBe('HEAD, GET');
    const { status, headers } = await ask('HEAD', '/v1/commands');
    expect([status, headers['allow']]).toEqual([405, 'POST']);
  });

  test('is answered where the document is not asked', async () => {
    for (const path of ['/health/live', '/docs', '/v1/openapi.json']) {
      expect([path, (await ask('HEAD', path)).status]).toEqual([path, 200]);
    }
  });
});

describe('a Digital Link in a path', () => {
  const routes = () =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      /\{(?:item|lot)\}/.test(path) ? Object.keys(item).map((method) => ({ path, method })) : [],
    );
  /** as it was sent, and as proxies hand it on that decode paths and merge slashes */
  const forms = (link: string) => [
    encodeURIComponent(link),
    encodeURIComponent(link)
      .toLowerCase()
      .replace(/s-1|ex-9/, (it) => it.toUpperCase()),
    link,
    link.replace('//', '/'),
    link.replaceAll('/', '%2F'),
  ];

  test('means the same on every route, however a proxy wrote it', async () => {
    expect(routes().length).toBeGreaterThan(4);
    for (const { path, method } of routes()) {
      const [name] = /\{(?:item|lot)\}/.exec(path) ?? [];
      const link = name === '{lot}' ? LINKS.lot : LINKS.item;
      const answers: { status: number | undefined; code: string | undefined }[] = [];
      for (const form of forms(link)) {
        const at = filled(path, { ...VALUES, item: form, lot: form });
        const body = method === 'post' ? '{"jws":"a"}' : undefined;
        const { status, body: answer } = await ask(method.toUpperCase(), at, cast.auditor, body);
        const { code } = z.looseObject({ code: z.string().optional() }).parse(JSON.parse(answer));
        answers.push({ status, code });
      }
      expect(answers[0]?.code).not.toBe('UNKNOWN_ROUTE');
      expect([path, ...answers]).toEqual([path, ...answers.map(() => answers[0])]);
    }
  });

  test('names a registered lot whose slashes were merged', async () => {
    const id = lot('EX-1');
    const path = `/v1/lots/${id.replace('//', '/')}`;
    const { status, body } = await ask('GET', path, cast.labTechnician);
    expect([status, JSON.parse(body)]).toMatchObject([200, { id }]);
  });

  test('keeps the percent signs of its own, decoded by a proxy or not', async () => {
    const vial = 'https://id.gs1.org/01/04012345000078/21/A%2FB%2525';
    const { coi } = VALUES;
    for (const form of [encodeURIComponent(vial), vial, vial.replace('//', '/')]) {
      const { network } = bench.consortium.root;
      const { jws } = await signMessage(network, cast.nurse, {
        type: 'custody:RecordReadings',
        body: { coi, item: vial, logger: 'logger-1', readings: [] },
      });
      const path = `/v1/therapies/${coi}/items/${form}/readings`;
      const { body } = await ask('POST', path, cast.nurse, JSON.stringify({ jws }));
      expect(JSON.parse(body)).not.toMatchObject({ code: 'PATH_MISMATCH' });
    }
  });

  test('is one for a command too, which must name the same', async () => {
    const { network } = bench.consortium.root;
    const { jws } = await signMessage(network, cast.nurse, {
      type: 'custody:RecordReadings',
      body: {},
    });
    const merged = LINKS.item.replace('//', '/');
    const path = `/v1/therapies/${VALUES.coi}/items/${merged}/readings`;
    const { body } = await ask('POST', path, cast.nurse, JSON.stringify({ jws }));
    expect(JSON.parse(body)).toMatchObject({ code: 'PATH_MISMATCH' });
  });

  test('lends its slashes to nothing else', async () => {
    for (const path of [
      '/v1/lots/https:/id.gs1.org/01/0401/10/EX-9',
      '/v1/lots/https:/id.gs1.org/02/04012345000092/10/EX-9',
      '/v1/lots/https:/example.org/01/04012345000092/10/EX-9',
      `/v1/lots/${LINKS.lot}/EX-9`,
    ]) {
      expect([path, (await ask('GET', path)).status]).toEqual([path, 404]);
    }
  });
});

describe('what does not fit the document', () => {
  const told = z.looseObject({ field: z.string(), expected: z.string(), found: z.string() });
  const wanted = async (method: string, path: string, body?: string) =>
    told.parse(JSON.parse((await ask(method, path, cast.auditor, body)).body));

  test.each([
    ['/v1/therapies/P-17', 'params.coi', /^a chain of identity, laid out as an ISBT 128/, 'P-17'],
    ['/v1/actors/N%20N', 'params.actor', /^an actor's id/, 'N N'],
    ['/v1/organisations?limit=0', 'query.limit', /^at least 1$/, '0'],
    ['/v1/organisations?limit=many', 'query.limit', /^a whole number$/, 'many'],
    ...['0x10', '1e1', ' 5', '+5', '05', '5.0'].map(
      (spelling): [string, string, RegExp, string] => {
        const path = `/v1/organisations?limit=${encodeURIComponent(spelling)}`;
        return [path, 'query.limit', /^a whole number in decimal digits$/, spelling];
      },
    ),
    ['/v1/ledger/transactions?fromBlock=0b1', 'query.fromBlock', /decimal digits$/, '0b1'],
    ['/v1/organisations?page=2', 'query.page', /^one of .*limit/, 'page'],
    ['/v1/events?after=never', 'query.after', /^an event's id/, 'never'],
    ['/v1/events?decision=good', 'query.decision', /^one of permitted, refused/, 'good'],
  ])(
    'is told by what was expected and what was found: %s',
    async (path, field, expected, found) => {
      expect(await wanted('GET', path)).toMatchObject({
        field,
        expected: expect.stringMatching(expected),
        found,
      });
    },
  );

  test.each([
    ['{}', 'body.jws', 'a text', 'nothing'],
    ['{"jws":1}', 'body.jws', 'a text', 'a number'],
    [
      '{"jws":"a","annexes":{"results":"x","more":[]}}',
      'body.annexes.more',
      'a text',
      'a list of 0 entries',
    ],
    ['{"jws":"a","pin":"4711"}', 'body.pin', 'no members but jws, annexes', 'pin'],
  ])(
    'is told of a body by its kind, and nothing of what it says: %s',
    async (body, field, expected, found) => {
      expect(await wanted('POST', '/v1/commands', body)).toMatchObject({ field, expected, found });
    },
  );
});
