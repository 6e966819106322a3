import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type GatewayBench, gatewayBench } from '../gateway/gateway.fixture.js';
import { pageOnce } from './chromium.fixture.js';

interface Document {
  readonly paths: Readonly<Record<string, object>>;
}

describe('the API’s page in a real browser', () => {
  let bench: GatewayBench;
  beforeAll(async () => {
    bench = await gatewayBench();
  });
  afterAll(() => bench.close());

  it('shows every route of the OpenAPI document', async () => {
    const { url } = bench.gateway;
    const answer = await fetch(`${url}/v1/openapi.json`);
    const { paths } = (await answer.json()) as Document;
    const all = `new Set([...document.querySelectorAll('[data-path]')].map((each) => each.dataset.path)).size >= ${Object.keys(paths).length}`;
    const page = await pageOnce(all, `${url}/docs`);
    const shown = Object.keys(paths).filter((path) => page.includes(`data-path="${path}"`));
    expect(shown).toEqual(Object.keys(paths));
    expect(shown.length).toBeGreaterThan(40);
  });
});
