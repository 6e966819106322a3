import { organisationId } from '@veinledger/chaincode/domain';
import { z } from 'zod';
import { events, issuer, rateLimit, telemetry, tls, webhooks } from './sections.js';

const MINUTES_PER_DAY = 24 * 60;

/** What a gateway is started with. */
const gatewayConfig = z
  .strictObject({
    /** the address to listen on */
    host: z.string().min(1).default('127.0.0.1'),
    /** the port to listen on; 0 takes a free one */
    port: z.coerce.number().int().min(0).max(65_535).default(8080),
    /** what callers' tokens must name as their audience; the gateway's own URL when left out */
    audience: z.string().min(1).max(200).optional(),
    /** the folder where annexes are kept, encrypted */
    vault: z.string().min(1),
    /** the file of transactions that were sent; `submissions.jsonl` in the vault when left out */
    journal: z.string().min(1).optional(),
    /** the folder of what the gateway remembers for itself; `state` in the vault when left out */
    state: z.string().min(1).optional(),
    /** the folder of staff's and devices' keys, encrypted; without it the gateway keeps none */
    keystore: z.string().min(1).optional(),
    /** the member that runs this gateway: its registrars back it up and see its dead letters */
    operator: organisationId.optional(),
    /** the folder of members' X.509 identities: `<MSP id>/<label>/{cert,key}.pem` */
    wallet: z.string().min(1),
    logLevel: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
      .default('info'),
    /** in `production` TLS stands in front of the gateway, and browsers are told to use nothing else */
    environment: z.enum(['development', 'production']).default('development'),
    /** minutes after which an annex is swept whose command never committed */
    orphanGraceMinutes: z.coerce.number().int().min(1).default(MINUTES_PER_DAY),
    /** identity providers besides the actors' own ledger keys */
    issuers: z.array(issuer).max(64).default([]),
    /** without it the gateway speaks plain HTTP, behind a proxy or on loopback */
    tls: tls.optional(),
    rateLimit: rateLimit.prefault({}),
    /** origins whose pages may call the gateway; none when left out */
    corsOrigins: z
      .array(z.url({ protocol: /^https?$/ }))
      .max(64)
      .default([]),
    telemetry: telemetry.optional(),
    events: events.prefault({}),
    webhooks: webhooks.prefault({}),
  })
  .refine(
    ({ environment, webhooks }) => environment === 'development' || !webhooks.privateTargets,
    {
      path: ['webhooks'],
      message: 'privateTargets: expected false, found true: they are for development only',
    },
  );

export type GatewayConfig = z.output<typeof gatewayConfig>;

/** Settings as a caller writes them; what is left out has a default. */
export type GatewaySettings = z.input<typeof gatewayConfig>;

/** Which environment variable gives which setting. */
const VARIABLES: Readonly<Partial<Record<keyof GatewayConfig, string>>> = {
  host: 'VEINLEDGER_HOST',
  port: 'VEINLEDGER_PORT',
  audience: 'VEINLEDGER_AUDIENCE',
  vault: 'VEINLEDGER_VAULT',
  journal: 'VEINLEDGER_JOURNAL',
  state: 'VEINLEDGER_STATE',
  keystore: 'VEINLEDGER_KEYSTORE',
  operator: 'VEINLEDGER_OPERATOR',
  wallet: 'VEINLEDGER_WALLET',
  logLevel: 'VEINLEDGER_LOG_LEVEL',
  environment: 'VEINLEDGER_ENVIRONMENT',
  orphanGraceMinutes: 'VEINLEDGER_ORPHAN_GRACE_MINUTES',
};

/**
 * Reads a gateway's settings.
 * @throws Error naming each setting that does not fit, unknown ones included
 */
export function readGatewayConfig(settings: unknown): GatewayConfig {
  return parse(settings, (setting) => setting);
}

/**
 * Reads a gateway's settings from environment variables; other variables are not looked at.
 * @throws Error naming each variable that does not fit
 */
export function configFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): GatewayConfig {
  const variables = new Map<string, string>(Object.entries(VARIABLES));
  const given = [...variables]
    .map(([setting, variable]) => [setting, environment[variable]] as const)
    .filter(([, value]) => value !== undefined);
  return parse(Object.fromEntries(given), (setting) => variables.get(setting) ?? setting);
}

function parse(settings: unknown, nameOf: (setting: string) => string): GatewayConfig {
  const parsed = gatewayConfig.safeParse(settings);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `${issue.keys.join(', ')}: no such setting`
      : `${nameOf(String(issue.path[0] ?? 'settings'))}: ${issue.message}`,
  );
  throw new Error(`gateway settings: ${faults.join('; ')}`);
}
