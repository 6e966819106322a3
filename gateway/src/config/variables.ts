/** How the text of a variable is read. */
type Kind = 'text' | 'number' | 'flag' | 'flag-or-number' | 'list';

/** Which environment variable gives which setting; a setting inside a section is written with a dot. */
const VARIABLES: Readonly<Record<string, readonly [setting: string, kind: Kind]>> = {
  VEINLEDGER_HOST: ['host', 'text'],
  VEINLEDGER_PORT: ['port', 'number'],
  VEINLEDGER_AUDIENCE: ['audience', 'text'],
  VEINLEDGER_VAULT: ['vault', 'text'],
  VEINLEDGER_JOURNAL: ['journal', 'text'],
  VEINLEDGER_STATE: ['state', 'text'],
  VEINLEDGER_KEYSTORE: ['keystore', 'text'],
  VEINLEDGER_UNLOCK_MINUTES: ['unlockMinutes', 'number'],
  VEINLEDGER_DEVELOPMENT_ISSUER: ['developmentIssuer', 'flag'],
  VEINLEDGER_OPERATOR: ['operator', 'text'],
  VEINLEDGER_WALLET: ['wallet', 'text'],
  VEINLEDGER_LOG_LEVEL: ['logLevel', 'text'],
  VEINLEDGER_ENVIRONMENT: ['environment', 'text'],
  VEINLEDGER_BEHIND_PROXY: ['behindProxy', 'flag-or-number'],
  VEINLEDGER_ORPHAN_GRACE_MINUTES: ['orphanGraceMinutes', 'number'],
  VEINLEDGER_SHUTDOWN_SECONDS: ['shutdownSeconds', 'number'],
  VEINLEDGER_CORS_ORIGINS: ['corsOrigins', 'list'],
  VEINLEDGER_TLS_CERTIFICATE: ['tls.certificate', 'text'],
  VEINLEDGER_TLS_PRIVATE_KEY: ['tls.privateKey', 'text'],
  VEINLEDGER_RATE_LIMIT_PER_MINUTE: ['rateLimit.perMinute', 'number'],
  VEINLEDGER_RATE_LIMIT_BURST: ['rateLimit.burst', 'number'],
  VEINLEDGER_RATE_LIMIT_FAILURES_PER_MINUTE: ['rateLimit.failuresPerMinute', 'number'],
  VEINLEDGER_MANAGEMENT_HOST: ['management.host', 'text'],
  VEINLEDGER_MANAGEMENT_PORT: ['management.port', 'number'],
  VEINLEDGER_TELEMETRY_ENDPOINT: ['telemetry.endpoint', 'text'],
  VEINLEDGER_TELEMETRY_SERVICE: ['telemetry.service', 'text'],
  VEINLEDGER_TELEMETRY_HEADERS: ['telemetry.headers', 'text'],
  VEINLEDGER_BACKUPS_FOLDER: ['backups.folder', 'text'],
  VEINLEDGER_BACKUPS_RECIPIENT: ['backups.recipient', 'text'],
  VEINLEDGER_EXCHANGE_HOST: ['exchange.host', 'text'],
  VEINLEDGER_EXCHANGE_PORT: ['exchange.port', 'number'],
  VEINLEDGER_EXCHANGE_TLS_CERTIFICATE: ['exchange.tls.certificate', 'text'],
  VEINLEDGER_EXCHANGE_TLS_PRIVATE_KEY: ['exchange.tls.privateKey', 'text'],
  VEINLEDGER_WEBHOOKS_PRIVATE_TARGETS: ['webhooks.privateTargets', 'flag'],
  VEINLEDGER_ROOT: ['root', 'text'],
  VEINLEDGER_LEDGER_KIND: ['ledger.kind', 'text'],
  VEINLEDGER_LEDGER_DIRECTORY: ['ledger.directory', 'text'],
  VEINLEDGER_LEDGER_CHANNEL: ['ledger.channel', 'text'],
  VEINLEDGER_LEDGER_ORGANISATION: ['ledger.organisation', 'text'],
  VEINLEDGER_LEDGER_AUTHORITIES: ['ledger.authorities', 'text'],
};

const NUMBERS: readonly Kind[] = ['number', 'flag-or-number'];
const FLAGS: readonly Kind[] = ['flag', 'flag-or-number'];
const DIGITS = /^\d{1,15}$/;

/** Environment variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting that a variable gives. */
export interface Override {
  readonly variable: string;
  readonly setting: string;
  readonly value: unknown;
}

/** What the environment sets; variables that are no settings are not looked at, nor are empty ones. */
export function overridesOf(environment: Environment): readonly Override[] {
  const overrides: Override[] = [];
  for (const [variable, [setting, kind]] of Object.entries(VARIABLES)) {
    const text = environment[variable];
    if (text === undefined || text === '') continue;
    overrides.push({ variable, setting, value: read(text, kind) });
  }
  return overrides;
}

/** The variable that gives a setting; undefined where only a file can. */
export function variableOf(setting: string): string | undefined {
  return Object.entries(VARIABLES).find(([, [each]]) => each === setting)?.[0];
}

/** What does not read as its kind stays text, which the setting's schema then refuses by name. */
function read(text: string, kind: Kind): unknown {
  if (NUMBERS.includes(kind) && DIGITS.test(text)) return Number(text);
  if (FLAGS.includes(kind) && (text === 'true' || text === 'false')) return text === 'true';
  if (kind === 'list') return text.split(',').map((each) => each.trim());
  return text;
}
