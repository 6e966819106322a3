import { describe, expect, test } from '@jest/globals';
import { GatewayProblem, GatewayUnreachable } from '@veinledger/client';
import { enrolDevice } from './enrol-device.js';

const CODE = '7K3M9X2Q4WTZ';
const invited = { code: CODE, invitation: { network: 'A'.repeat(43), patient: 'p-1' } };
const by = { kind: 'passphrase', passphrase: 'seven vials on a cold night' } as const;
const told = (status: number, code: string) =>
  new GatewayProblem({ type: 'about:blank', title: '', status, code, detail: '', instance: '' });

function phone(answer: () => Promise<void>, make = () => Promise.resolve({} as never)) {
  const is = { code: undefined as string | undefined, wiped: false, codeWhenMade: '' };
  const pending = {
    keep: (code: string) => void (is.code = code),
    kept: () => is.code,
    forget: () => void (is.code = undefined),
  };
  const device = {
    make: () => {
      is.codeWhenMade = is.code ?? '';
      return make();
    },
    wipe: () => Promise.resolve(void (is.wiped = true)),
  };
  return { is, enrol: () => enrolDevice({ device, pending, handIn: answer }, invited, by) };
}

describe('keys that a device made for a code', () => {
  test('are handed in, and the code is forgotten', async () => {
    const { is, enrol } = phone(() => Promise.resolve());
    await enrol();
    expect(is).toMatchObject({ code: undefined, wiped: false });
  });

  test('have their code beside them before they are there: the page may be closed in between', async () => {
    const { is, enrol } = phone(() => Promise.resolve());
    await enrol();
    expect(is.codeWhenMade).toBe(CODE);
  });

  test.each<readonly [string, Error]>([
    ['no answer came', new GatewayUnreachable('off line')],
    ['the gateway failed', told(503, 'GATEWAY_BUSY')],
    ['there were too many tries', told(429, 'RATE_LIMITED')],
    ['something else answered', new Error('no answer of a gateway')],
  ])('stay, with their code, where %s: the hospital may have them', async (_name, error) => {
    const { is, enrol } = phone(() => Promise.reject(error));
    await enrol();
    expect(is).toMatchObject({ code: CODE, wiped: false });
  });

  test('go where the code is refused', async () => {
    const { is, enrol } = phone(() => Promise.reject(told(403, 'ENROLMENT_CODE_INVALID')));
    await expect(enrol()).rejects.toThrow('ENROLMENT_CODE_INVALID');
    expect(is).toMatchObject({ code: undefined, wiped: true });
  });

  test('of another tab keep their code', async () => {
    const failing = () => Promise.reject(new Error('KEYS_HERE'));
    const { is, enrol } = phone(() => Promise.resolve(), failing);
    is.code = 'ANOTHER';
    await expect(enrol()).rejects.toThrow('KEYS_HERE');
    expect(is).toMatchObject({ code: 'ANOTHER', wiped: false });
  });
});
