import { afterEach, describe, expect, test } from '@jest/globals';
import { type ScriptedGateway, scriptedGateway } from '../scripted-gateway.fixture.js';

let scripted: ScriptedGateway | undefined;
afterEach(() => scripted?.remove());

describe('what the gateway answers', () => {
  test('is left in no cache, whatever route, whoever asks, and whatever the answer is', async () => {
    scripted = await scriptedGateway({ developmentIssuer: true });
    const { url } = scripted.gateway;
    const document = await fetch(`${url}/v1/openapi.json`);
    const { paths } = (await document.json()) as { paths: Record<string, object> };
    const gets = Object.entries(paths).flatMap(([path, methods]) =>
      'get' in methods && !path.startsWith('/v1/events') ? [path] : [],
    );
    expect(gets.length).toBeGreaterThan(30);
    const others = ['/', '/docs', '/dev/issuer/jwks', '/nowhere'];
    const kept: string[] = [];
    for (const path of [...gets, ...others]) {
      const place = path.replaceAll(/\{\w+\}/g, 'x');
      for (const answer of [await fetch(`${url}${place}`), await scripted.call(place)]) {
        const caching = answer.headers.get('cache-control');
        if (caching !== 'no-store') kept.push(`${path} ${answer.status} ${caching}`);
      }
    }
    expect(kept).toEqual([]);
  });

  test('may be kept where it is a public file that stays the same', async () => {
    scripted = await scriptedGateway();
    const sheet = await fetch(`${scripted.gateway.url}/docs/swagger-ui.css`);
    expect(sheet.headers.get('cache-control')).toBe('public, max-age=3600');
  });
});
