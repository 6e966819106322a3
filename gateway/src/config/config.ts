import { expectationOf, organisationId } from '@veinledger/domain';
import { z } from 'zod';
import { exchange } from './exchange-section.js';
import { faultsOf, SettingsError } from './faults.js';
import { ledgerSection } from './ledger-section.js';
import {
  address,
  backups,
  events,
  issuer,
  management,
  passkeys,
  path,
  patientPages,
  rateLimit,
  telemetry,
  tls,
  webhooks,
} from './sections.js';
import { isTree, type SettingsTree, withSetting } from './settings-tree.js';
import { type Environment, type Override, overridesOf } from './variables.js';

const MINUTES_PER_DAY = 24 * 60;
/** The longest that a person's keys may stay unlocked: a shift. */
const MAX_UNLOCK_MINUTES = 12 * 60;
const MAX_PROXIES = 8;

/** What a gateway is started with. */
export const settings = z.strictObject({
  ...address,
  /** what callers' tokens must name as their audience; the gateway's own URL when left out */
  audience: z.string().min(1).max(200).optional(),
  /** the folder where annexes are kept, encrypted */
  vault: path,
  /** the file of transactions that were sent; `submissions.jsonl` in the vault when left out */
  journal: path.optional(),
  /** the folder of what the gateway remembers for itself; `state` in the vault when left out */
  state: path.optional(),
  /** the folder of staff's and devices' keys, encrypted; without it the gateway keeps none */
  keystore: path.optional(),
  /** how long keys stay unlocked for attributed entries where their owner asked for that, minutes */
  unlockMinutes: z.int().min(1).max(MAX_UNLOCK_MINUTES).default(15),
  /** where passkeys belong; the gateway's own address when left out */
  passkeys: passkeys.optional(),
  /** what patients are told on their pages; no numbers, and the shipped forms, when left out */
  patientPages: patientPages.optional(),
  /** the member that runs this gateway: its registrars back it up and see its dead letters */
  operator: organisationId.optional(),
  /** the folder of members' X.509 identities: `<MSP id>/<label>/{cert,key}.pem` */
  wallet: path,
  logLevel: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /**
   * In `production` TLS stands before every caller, and browsers are told to use nothing else. It has no default: nothing
   * runs in development because somebody said nothing.
   */
  environment: z.enum(['development', 'production']),
  /**
   * How many proxies stand in front, one behind the other, of which each adds to X-Forwarded-For whom it was asked by;
   * true: one. TLS ends before the gateway.
   */
  behindProxy: z.union([z.boolean(), z.int().min(1).max(MAX_PROXIES)]).default(false),
  /** minutes after which an annex is swept whose command never committed */
  orphanGraceMinutes: z.int().min(1).default(MINUTES_PER_DAY),
  /** how long a client may take to send a request */
  requestSeconds: z.number().min(0.05).max(600).default(60),
  /** how long requests that were accepted may take to finish when the gateway stops */
  shutdownSeconds: z.int().min(1).max(3600).default(30),
  /** identity providers besides the actors' own ledger keys */
  issuers: z.array(issuer).max(64).default([]),
  /** issues tokens without passwords below `/dev/issuer`; starts in development only */
  developmentIssuer: z.boolean().default(false),
  /** without it the gateway speaks plain HTTP, behind a proxy or on loopback */
  tls: tls.optional(),
  rateLimit: rateLimit.prefault({}),
  /** origins whose pages may call the gateway; none when left out */
  corsOrigins: z
    .array(z.url({ protocol: /^https?$/ }))
    .max(64)
    .default([]),
  management: management.optional(),
  telemetry: telemetry.optional(),
  backups: backups.optional(),
  /** how annexes travel between members' gateways; without it the gateway knows its own vault only */
  exchange: exchange.optional(),
  events: events.prefault({}),
  webhooks: webhooks.prefault({}),
});

/** What a gateway needs to find its ledger by itself. */
export const deployment = settings.extend({
  /** the file of the consortium root */
  root: path,
  ledger: ledgerSection,
});

const gatewayConfig = settings.superRefine((config, context) => requireSound(config, context));
const deploymentConfig = deployment.superRefine((config, context) => requireSound(config, context));

export type GatewayConfig = z.output<typeof settings>;

/** Settings as a caller writes them; what is left out has a default. */
export type GatewaySettings = z.input<typeof settings>;

/** Settings of a gateway that opens its ledger itself. */
export type DeploymentConfig = z.output<typeof deployment>;

/**
 * What settings must be to each other: above all, what production needs.
 * @param place where they stand in the file
 */
export function requireSound(
  config: GatewayConfig,
  context: z.RefinementCtx,
  place: readonly string[] = [],
): void {
  const fault = (setting: keyof GatewayConfig, message: string) =>
    context.addIssue({ code: 'custom', path: [...place, setting], message });
  if (new Set(config.issuers.map(({ url }) => url)).size < config.issuers.length) {
    fault('issuers', 'expected each issuer once');
  }
  if (config.exchange) requireSoundExchange(config, fault);
  if (config.environment === 'development') return;
  // tokens and annexes do not travel in the clear: who says production says how they are protected
  if (!config.tls && !config.behindProxy) {
    fault('tls', 'production needs tls, or behindProxy: true where a proxy ends it');
  }
  if (config.developmentIssuer) {
    fault('developmentIssuer', 'expected environment development: it asks nobody for a password');
  }
  if (config.webhooks.privateTargets) {
    fault('webhooks', 'privateTargets: expected false, found true: they are for development only');
  }
  if (config.issuers.some(({ url }) => !url.startsWith('https:'))) {
    fault('issuers', 'expected https in production: keys fetched over http prove nothing');
  }
}

function requireSoundExchange(
  { exchange, operator }: GatewayConfig,
  fault: (setting: keyof GatewayConfig, message: string) => void,
): void {
  const members = exchange?.members.map(({ mspId }) => mspId) ?? [];
  if (new Set(members).size < members.length) {
    fault('exchange', 'members: expected each member once');
  }
  if (operator === undefined) {
    fault('operator', 'exchange needs it: the member for which this gateway asks and answers');
  }
}

/**
 * Reads a gateway's settings.
 * @throws SettingsError naming each setting that does not fit, unknown ones included
 */
export function readGatewayConfig(given: unknown): GatewayConfig {
  return parseSettings(gatewayConfig, given, {});
}

/**
 * Reads a gateway's settings from environment variables; other variables are not looked at.
 * @throws SettingsError naming each variable that does not fit
 */
export function configFromEnvironment(environment: Environment): GatewayConfig {
  return parseSettings(gatewayConfig, {}, environment);
}

/**
 * Reads the settings of a gateway, variables over what else is given.
 * @throws SettingsError naming each setting or variable that does not fit
 */
export function gatewayConfigFrom(given: SettingsTree, environment: Environment): GatewayConfig {
  return parseSettings(gatewayConfig, given, environment);
}

/**
 * Reads the settings of a gateway that opens its ledger itself, variables over what else is given.
 * @throws SettingsError naming each setting or variable that does not fit
 */
export function deploymentFrom(given: SettingsTree, environment: Environment): DeploymentConfig {
  return parseSettings(deploymentConfig, given, environment);
}

/**
 * Reads settings by their schema, variables over what else is given.
 * @throws SettingsError naming each setting or variable that does not fit
 */
export function parseSettings<Schema extends z.ZodType>(
  schema: Schema,
  given: unknown,
  environment: Environment,
): z.output<Schema> {
  const overrides = overridesOf(environment);
  const whole = isTree(given) ? merge(given, overrides) : given;
  const parsed = schema.safeParse(whole, { error: expectationOf });
  if (parsed.success) return parsed.data;
  const variables = new Map(overrides.map(({ setting, variable }) => [setting, variable]));
  const faults = faultsOf(parsed.error, schema, whole, variables);
  throw new SettingsError(`gateway settings: ${faults.join('; ')}`);
}

function merge(given: SettingsTree, overrides: readonly Override[]): SettingsTree {
  return overrides.reduce((tree, { setting, value }) => withSetting(tree, setting, value), given);
}
