import { describe, expect, test } from '@jest/globals';
import { configFromEnvironment, readGatewayConfig } from './config.js';

const needed = { vault: '/var/vault', wallet: '/var/wallet' };
const plainIssuer = {
  url: 'http://login.example',
  audience: 'gateway',
  organisation: 'HospitalMSP',
};

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
      developmentIssuer: false,
      unlockMinutes: 15,
      rateLimit: { perMinute: 6000, burst: 600 },
      corsOrigins: [],
      webhooks: { privateTargets: false },
    });
  });

  test.each([
    [{ vault: '/v' }, /wallet: /],
    [{ ...needed, port: 65_536 }, /port: .*65535/],
    [{ ...needed, logLevel: 'loud' }, /logLevel: .*"silent"/],
    [{ ...needed, colour: 'red' }, /colour: no such setting/],
    [{ ...needed, unlockMinutes: 721 }, /unlockMinutes: .*720/],
    [
      { ...needed, environment: 'production', developmentIssuer: true },
      /developmentIssuer: expected environment development/,
    ],
    [{ ...needed, issuers: [plainIssuer, plainIssuer] }, /issuers: expected each issuer once/],
    [
      { ...needed, environment: 'production', issuers: [plainIssuer] },
      /issuers: expected https in production/,
    ],
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
