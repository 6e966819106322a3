import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { ProblemError } from '../../problems/problem.js';
import { post } from './post-message.js';
import { isPublic, requireTarget, type ResolveAll, type TargetRule } from './target.js';

const strict: TargetRule = { allowHttp: false, allowPrivate: false };
const codeOf = (url: string, rule: Partial<TargetRule> = {}) =>
  requireTarget(url, { ...strict, ...rule }).then(
    () => 'taken',
    (error: unknown) => (error instanceof ProblemError ? error.details.code : error),
  );
/** A name server that somebody else controls: it answers in turn what it was told to. */
function answering(...answers: readonly string[][]): ResolveAll {
  let asked = 0;
  return () => {
    const found = answers[Math.min(asked++, answers.length - 1)] ?? [];
    return Promise.resolve(
      found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
}

describe('where a webhook may go', () => {
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '192.0.2.1',
    '198.18.0.1',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    'fd12:3456::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
  ])('is not %s', async (address) => {
    expect(isPublic(address)).toBe(false);
    const host = address.includes(':') ? `[${address}]` : address;
    expect(await codeOf(`https://${host}/`)).toBe('WEBHOOK_TARGET_PRIVATE');
    const resolve = answering([address]);
    expect(await codeOf('https://receiver.example/', { resolve })).toBe('WEBHOOK_TARGET_PRIVATE');
  });

  test.each(['https://2130706433/', 'https://0x7f.1/', 'https://017700000001/', 'https://127.1/'])(
    'is not loopback written as %s',
    async (url) => expect(await codeOf(url)).toBe('WEBHOOK_TARGET_PRIVATE'),
  );

  test('is no name that has a private address beside a public one', async () => {
    const resolve = answering(['93.184.215.14', '10.0.0.1']);
    expect(await codeOf('https://receiver.example/', { resolve })).toBe('WEBHOOK_TARGET_PRIVATE');
  });

  test.each(['93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'])(
    'is %s',
    async (address) => {
      const resolve = answering([address]);
      expect(await codeOf('https://receiver.example/', { resolve })).toBe('taken');
    },
  );

  test('is nowhere by plain http, unless it is allowed', async () => {
    const resolve = answering(['93.184.215.14']);
    const url = 'http://receiver.example/';
    expect(await codeOf(url, { resolve })).toBe('WEBHOOK_TARGET_INSECURE');
    expect(await codeOf(url, { resolve, allowHttp: true })).toBe('taken');
  });

  test('is checked again at each connection, when a name has another address than before', async () => {
    let reached = 0;
    const server = createServer((_, response) => {
      reached += 1;
      response.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const rule = { allowHttp: true, allowPrivate: false };
    const posting = { timeoutMs: 2_000, signal: new AbortController().signal };
    const message = { url: `http://receiver.example:${port}/`, body: '{}', headers: {} };
    // public when it is registered and at the first check, private when the connection is made
    const resolve = answering(['93.184.215.14'], ['93.184.215.14'], ['127.0.0.1']);
    await requireTarget(message.url, { ...rule, resolve });
    const private_ = { delivered: false, failure: 'WEBHOOK_TARGET_PRIVATE' };
    expect(await post(message, { ...posting, rule: { ...rule, resolve } })).toEqual(private_);
    const literal = { ...message, url: `http://127.0.0.1:${port}/` };
    expect(await post(literal, { ...posting, rule })).toEqual(private_);
    expect(reached).toBe(0);
    const open = { allowHttp: true, allowPrivate: true, resolve };
    expect(await post(message, { ...posting, rule: open })).toMatchObject({ delivered: true });
    server.closeAllConnections();
    server.close();
  });
});
