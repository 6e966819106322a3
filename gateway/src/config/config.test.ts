import { describe, expect, test } from '@jest/globals';
import { configFromEnvironment, readGatewayConfig } from './config.js';

const needed = { vault: '/var/vault', wallet: '/var/wallet' };

describe("a gateway's settings", () => {
  test('need a vault and a wallet, and have defaults for the rest', () => {
    expect(readGatewayConfig(needed)).toEqual({
      ...needed,
      host: '127.0.0.1',
      port: 8080,
      logLevel: 'info',
      environment: 'development',
      orphanGraceMinutes: 1440,
      issuers: [],
      rateLimit: { perMinute: 6000, burst: 600 },
      corsOrigins: [],
      events: {
        heartbeatSeconds: 15,
        maxListeners: 20_000,
        maxListenersPerCaller: 16,
        maxStreamSeconds: 3600,
        slowSeconds: 30,
      },
      webhooks: {
        privateTargets: false,
        perOrganisation: 20,
        timeoutSeconds: 10,
        retrySeconds: [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400],
        secretGraceHours: 24,
      },
    });
  });

  test.each([
    [{ vault: '/v' }, /wallet: /],
    [{ ...needed, port: 65_536 }, /port: .*65535/],
    [{ ...needed, logLevel: 'loud' }, /logLevel: .*"silent"/],
    [
      { ...needed, environment: 'production', webhooks: { privateTargets: true } },
      /webhooks: privateTargets: expected false/,
    ],
    [{ ...needed, colour: 'red' }, /colour: no such setting/],
  ])('that do not fit are named: %j', (settings, message) => {
    expect(() => readGatewayConfig(settings)).toThrow(message);
  });

  test('come from environment variables, and a fault names the variable', () => {
    const environment = { VEINLEDGER_VAULT: '/v', VEINLEDGER_WALLET: '/w', HOME: '/root' };
    expect(configFromEnvironment({ ...environment, VEINLEDGER_PORT: '0' }).port).toBe(0);
    expect(() => configFromEnvironment({ ...environment, VEINLEDGER_PORT: 'http' })).toThrow(
      /VEINLEDGER_PORT: /,
    );
  });
});
