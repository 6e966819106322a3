import { describe, expect, test } from '@jest/globals';
import { configFromEnvironment, deploymentFrom, readGatewayConfig } from './config.js';
import { programmesFrom } from './programmes.js';

const needed = { vault: '/var/vault', wallet: '/var/wallet', environment: 'development' } as const;
const plainIssuer = {
  url: 'http://login.example',
  audience: 'gateway',
  organisation: 'HospitalMSP',
};

const exchangeWith = (...members: readonly string[]) => ({
  port: 0,
  tls: { certificate: '/c', privateKey: '/k' },
  members: members.map((mspId) => ({ mspId, url: 'https://lab.example', tlsCa: '/ca' })),
});

describe("a gateway's settings", () => {
  test('need a vault, a wallet and the environment, and have defaults for the rest', () => {
    expect(readGatewayConfig(needed)).toEqual({
      ...needed,
      host: '127.0.0.1',
      port: 8080,
      logLevel: 'info',
      behindProxy: false,
      orphanGraceMinutes: 1440,
      requestSeconds: 60,
      shutdownSeconds: 30,
      issuers: [],
      developmentIssuer: false,
      unlockMinutes: 15,
      rateLimit: { perMinute: 6000, burst: 600, failuresPerMinute: 60 },
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
    [{ ...needed, wallet: undefined }, /wallet \(or VEINLEDGER_WALLET\): /],
    [{ ...needed, port: 65_536 }, /port: .*65535/],
    [{ ...needed, port: '80' }, /port: expected a whole number, found 80$/],
    [{ ...needed, logLevel: 'loud' }, /logLevel: expected one of .*silent, found loud$/],
    [{ ...needed, rateLimit: { burst: 0 } }, /rateLimit\.burst: expected at least 1, found 0$/],
    [{ ...needed, exchange: exchangeWith('LabMSP') }, /operator: exchange needs it/],
    [
      { ...needed, operator: 'LabMSP', exchange: exchangeWith('LabMSP', 'LabMSP') },
      /exchange: members: expected each member once/,
    ],
    [
      { ...needed, tls: { certificate: '/c' } },
      /tls\.privateKey \(or VEINLEDGER_TLS_PRIVATE_KEY\)/,
    ],
    [{ ...needed, issuers: [{ url: 'ftp://x' }] }, /issuers\.0\.url: expected a URL, found ftp:/],
    [[], /settings: expected an object, found \[\]$/],
    [{ ...needed, unlockMinutes: 721 }, /unlockMinutes: .*720/],
    [{ ...needed, behindProxy: 0 }, /behindProxy: expected .*, found 0/],
    [
      { ...needed, environment: 'production', developmentIssuer: true },
      /developmentIssuer: expected environment development/,
    ],
    [{ ...needed, issuers: [plainIssuer, plainIssuer] }, /issuers: expected each issuer once/],
    [
      { ...needed, environment: 'production', issuers: [plainIssuer] },
      /issuers: expected https in production/,
    ],
    [
      { ...needed, environment: 'production', webhooks: { privateTargets: true } },
      /webhooks: privateTargets: expected false/,
    ],
  ])('that do not fit are named: %j', (settings, message) => {
    expect(() => readGatewayConfig(settings)).toThrow(message);
  });

  test.each([
    [{ ...needed, prot: 80 }, /prot: no such setting; the nearest is port$/],
    [
      { ...needed, rateLimit: { perMinutes: 5 } },
      /rateLimit\.perMinutes: no such setting; the nearest is rateLimit\.perMinute$/,
    ],
    [
      {
        ...needed,
        issuers: [{ url: 'https://x', audience: 'x', organisation: 'XMSP', claim: 'a' }],
      },
      /issuers\.0\.claim: no such setting; the nearest is issuers\.0\.\w+$/,
    ],
  ])('that there are not are told with the nearest one: %j', (settings, message) => {
    expect(() => readGatewayConfig(settings)).toThrow(message);
  });

  test('come from environment variables, and a fault names the variable', () => {
    const environment = {
      ...{ VEINLEDGER_VAULT: '/v', VEINLEDGER_WALLET: '/w', HOME: '/root' },
      VEINLEDGER_ENVIRONMENT: 'development',
    };
    expect(configFromEnvironment({ ...environment, VEINLEDGER_PORT: '0' }).port).toBe(0);
    for (const [text, value] of [
      ['2', 2],
      ['true', true],
    ] as const) {
      const proxied = { ...environment, VEINLEDGER_BEHIND_PROXY: text };
      expect(configFromEnvironment(proxied).behindProxy).toBe(value);
    }
    const limit = { ...environment, VEINLEDGER_RATE_LIMIT_BURST: '7' };
    expect(configFromEnvironment(limit).rateLimit).toMatchObject({ burst: 7, perMinute: 6000 });
    for (const [variable, value] of [
      ['VEINLEDGER_PORT', 'http'],
      ['VEINLEDGER_RATE_LIMIT_BURST', '-1'],
      ['VEINLEDGER_BEHIND_PROXY', 'yes'],
      ['VEINLEDGER_CORS_ORIGINS', 'https://a.example,b'],
    ] as const) {
      const faulty = { ...environment, [variable]: value };
      expect(() => configFromEnvironment(faulty)).toThrow(
        new RegExp(`${variable}: |corsOrigins.1: `),
      );
    }
  });

  test('state whether they are for development: nothing is taken for it', () => {
    const { vault, wallet } = needed;
    const variable =
      /environment \(or VEINLEDGER_ENVIRONMENT\): expected one of development, production, /;
    expect(() => readGatewayConfig({ vault, wallet })).toThrow(
      new RegExp(`${variable.source}found nothing$`),
    );
    expect(() => programmesFrom({ programmes: {} }, {})).toThrow(variable);
    expect(() => deploymentFrom({ vault, wallet }, {})).toThrow(variable);
    expect(() => readGatewayConfig({ ...needed, environment: 'staging' })).toThrow(
      /environment: expected one of development, production, found staging$/,
    );
    expect(() => configFromEnvironment({ VEINLEDGER_ENVIRONMENT: 'prod' })).toThrow(
      /VEINLEDGER_ENVIRONMENT: expected one of development, production, found prod/,
    );
  });

  test('say in production who protects what travels', () => {
    const production = { ...needed, environment: 'production' } as const;
    expect(() => readGatewayConfig(production)).toThrow(
      /tls: production needs tls, or behindProxy/,
    );
    expect(readGatewayConfig({ ...production, behindProxy: true }).behindProxy).toBe(true);
    expect(readGatewayConfig({ ...production, behindProxy: 2 }).behindProxy).toBe(2);
    const tls = { certificate: '/c.pem', privateKey: '/k.pem' };
    expect(readGatewayConfig({ ...production, tls }).tls).toEqual(tls);
  });

  test('name a ledger where the gateway opens it itself', () => {
    const ledger = { kind: 'embedded', directory: '/l', organisation: 'HospitalMSP' };
    const given = { ...needed, root: '/root.json', ledger };
    const authorities = { VEINLEDGER_LEDGER_AUTHORITIES: '/a' };
    expect(deploymentFrom(given, authorities).ledger).toMatchObject({
      channel: 'programme',
      authorities: '/a',
    });
    expect(() => deploymentFrom(given, {})).toThrow(/ledger\.authorities/);
    expect(() => deploymentFrom({ ...given, ledger: { kind: 'paper' } }, {})).toThrow(
      /ledger\.kind/,
    );
    expect(() =>
      deploymentFrom({ ...given, ledger: { ...ledger, authorities: '/a', chanel: 'x' } }, {}),
    ).toThrow(/ledger\.chanel: no such setting; the nearest is ledger\.channel$/);
  });
});
