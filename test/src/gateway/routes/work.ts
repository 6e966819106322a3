import { expect, test } from '@jest/globals';
import { issueBearerToken } from '@veinledger/client/node';
import type { Page, RoutesChapter } from './stage.js';

/** Long work, and how the gateway is. */
export const workRoutes: RoutesChapter = (stage) => {
  test('take long work on, tell of it, and forget it', async () => {
    const { bench, submitter, cast } = stage();
    const audience = bench.gateway.url;
    const { id: actor, keys } = cast.nurse;
    const authorization = `Bearer ${await issueBearerToken(keys, { actor, audience })}`;
    const ask = (path: string, method: string, body?: string) => {
      const headers = { authorization, 'content-type': 'application/json' };
      return fetch(new URL(path, audience), { method, headers, ...(body ? { body } : {}) });
    };
    const started = await ask('/v1/jobs', 'POST', '{"kind":"verify-ledger"}');
    const { id } = (await started.json()) as { id: string };
    expect(started.status).toBe(202);
    expect(await submitter.read(cast.nurse, 'readJob', { id })).toMatchObject({ id });
    expect((await submitter.read<Page>(cast.nurse, 'listJobs')).items).toHaveLength(1);
    expect((await ask(`/v1/jobs/${id}`, 'DELETE')).status).toBe(204);
    for (const operation of ['startJob', 'cancelJob']) submitter.succeeded.add(operation);
  });

  test('tell that the gateway lives and reaches the ledger', async () => {
    const { bench, submitter } = stage();
    for (const operation of ['live', 'ready']) {
      const response = await fetch(`${bench.gateway.url}/health/${operation}`);
      expect([response.status, await response.json()]).toEqual([200, { status: operation }]);
      submitter.succeeded.add(operation);
    }
  });
};
