import { describe, expect, test } from '@jest/globals';
import { GatewayProblem } from '@veinledger/client';
import { standingOf } from './session.js';

function asked(code: string | undefined, kept = new Map<string, unknown>()) {
  const problem = {
    type: 'about:blank',
    title: '',
    status: 401,
    code: code ?? '',
    detail: '',
    instance: '',
  };
  const read = () =>
    code === undefined ? Promise.resolve({}) : Promise.reject(new GatewayProblem(problem));
  const notebook = {
    read: (name: string) => Promise.resolve(kept.get(name)),
    write: (name: string, value: unknown) => Promise.resolve(void kept.set(name, value)),
  };
  return standingOf({ actor: 'p-1', client: { read }, notebook } as never);
}

describe('keys on a device', () => {
  test('wait until the hospital enrols them', async () => {
    expect(await asked('TOKEN_INVALID')).toBe('waits');
    expect(await asked(undefined)).toBe('enrolled');
  });

  test('are told to count no more once others took their place, or they were revoked', async () => {
    const kept = new Map<string, unknown>();
    await asked(undefined, kept);
    expect(await asked('TOKEN_INVALID', kept)).toBe('ended');
    expect(await asked('ACTOR_REVOKED')).toBe('ended');
  });

  test('are judged by nothing else that a gateway answers', async () => {
    await expect(asked('GATEWAY_BUSY')).rejects.toThrow('GATEWAY_BUSY');
  });
});
