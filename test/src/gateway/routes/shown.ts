import { expect, test } from '@jest/globals';
import { issueBearerToken } from '@veinledger/client/node';
import type { RoutesChapter } from './stage.js';

/** A trace as a page and a picture, and what an annex holds. */
export const shownRoutes: RoutesChapter = (stage) => {
  test('show a trace as a page and its lineage as a picture, by token and by link', async () => {
    const { bench, submitter, cast, journey } = stage();
    const audience = bench.gateway.url;
    const { id: actor, keys } = cast.nurse;
    const authorization = `Bearer ${await issueBearerToken(keys, { actor, audience })}`;
    const trace = `/v1/therapies/${journey.coi}/trace`;
    const ask = (path: string, method = 'GET') =>
      fetch(new URL(path, audience), { method, headers: { authorization } });
    const { url } = (await (await ask(`${trace}/links`, 'POST')).json()) as { url: string };
    for (const [operation, path, type] of [
      ['readTracePage', `${trace}/page`, 'text/html'],
      ['drawLineage', `${trace}/lineage.svg`, 'image/svg+xml'],
      ['showTrace', url, 'text/html'],
      ['showLineage', `${url}/lineage.svg`, 'image/svg+xml'],
    ] as const) {
      const answer = await ask(path);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        200,
        `${type}; charset=utf-8`,
      ]);
      if (operation === 'readTracePage') {
        const text = await answer.text();
        expect(text).toMatch(/potency of release-tests, attempt 2[^]*cause: process/);
        expect(text).toMatch(/Recorded: adverse event[^]*life-threatening/);
      }
      submitter.succeeded.add(operation);
    }
    submitter.succeeded.add('linkTrace');
  });

  test('give an annex that its digest opens', async () => {
    const { submitter, cast, trace } = stage();
    const { records } = await trace();
    const digest = records.find(({ annex }) => annex['results'])?.annex['results'] ?? '';
    const annex = await submitter.read<{ text: string }>(cast.designer, 'readAnnex', { digest });
    expect(JSON.parse(annex.text)).toMatchObject({ v: 1 });
  });
};
