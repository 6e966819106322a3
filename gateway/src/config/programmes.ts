import { resolve, sep } from 'node:path';
import { z } from 'zod';
import {
  type DeploymentConfig,
  deployment,
  parseSettings,
  requireSound,
  settings,
} from './config.js';
import type { SettingsTree } from './settings-tree.js';
import type { Environment } from './variables.js';

/** What a process that serves several programmes has once. */
const ONCE = {
  host: true,
  port: true,
  logLevel: true,
  environment: true,
  behindProxy: true,
  requestSeconds: true,
  shutdownSeconds: true,
  tls: true,
  rateLimit: true,
  corsOrigins: true,
  management: true,
  telemetry: true,
  events: true,
} as const;

const shared = settings.pick(ONCE);

/** What each programme has for itself. */
const own = deployment.omit(ONCE);

/** What a programme is called in its URL, in metrics and in the log. */
const programmeName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, "a programme's name of lower-case letters, digits and hyphens");

const several = shared
  .extend({ programmes: z.record(programmeName, own) })
  .superRefine(({ programmes, ...common }, context) => {
    const names = Object.keys(programmes);
    if (names.length === 0) {
      const message = 'expected at least one programme';
      context.addIssue({ code: 'custom', path: ['programmes'], message });
    }
    for (const [name, programme] of Object.entries(programmes)) {
      requireSound({ ...common, ...programme }, context, ['programmes', name]);
    }
    requireApart(programmes, context);
  });

/** Settings that every programme of a process shares. */
export type SharedConfig = z.output<typeof shared>;

/** Settings of a process that serves several programmes. */
export interface ProgrammesConfig {
  readonly shared: SharedConfig;
  /** each programme's settings, whole, by name */
  readonly programmes: Readonly<Record<string, DeploymentConfig>>;
}

/** Whether settings are of several programmes. */
export function namesProgrammes(given: SettingsTree): boolean {
  return 'programmes' in given;
}

/**
 * Reads the settings of a process that serves several programmes, variables over what else is given.
 * @throws SettingsError naming each setting or variable that does not fit, and what two programmes would share
 */
export function programmesFrom(given: SettingsTree, environment: Environment): ProgrammesConfig {
  const { programmes, ...common } = parseSettings(several, given, environment);
  return {
    shared: common,
    programmes: Object.fromEntries(
      Object.entries(programmes).map(([name, programme]) => [name, { ...common, ...programme }]),
    ),
  };
}

type Own = z.output<typeof own>;

/** The folders and files in which a programme's own things are. */
function placesOf(programme: Own): readonly (readonly [setting: string, place: string])[] {
  const { vault, journal, state, keystore, backups, ledger } = programme;
  const places: readonly (readonly [string, string | undefined])[] = [
    ['vault', vault],
    ['journal', journal],
    ['state', state],
    ['keystore', keystore],
    ['backups.folder', backups?.folder],
    ['ledger.directory', ledger.kind === 'embedded' ? ledger.directory : undefined],
  ];
  return places.flatMap(([setting, place]) =>
    place === undefined ? [] : [[setting, resolve(place)] as const],
  );
}

/** Nothing crosses from one programme to another: no file, no audience, no token. */
function requireApart(programmes: Readonly<Record<string, Own>>, context: z.RefinementCtx): void {
  const seen: { readonly name: string; readonly setting: string; readonly place: string }[] = [];
  const fault = (name: string, setting: string, message: string) =>
    context.addIssue({ code: 'custom', path: ['programmes', name, setting], message });
  const tokens = new Map<string, string>();
  for (const [name, programme] of Object.entries(programmes)) {
    for (const [setting, place] of placesOf(programme)) {
      const other = seen.find((each) => each.name !== name && overlap(each.place, place));
      if (other) {
        fault(name, setting, `expected a place of its own, found that of ${other.name}`);
      }
      seen.push({ name, setting, place });
    }
    const accepted: [setting: string, token: string][] = programme.issuers.map((issuer) => [
      'issuers',
      `${issuer.url} ${issuer.audience}`,
    ]);
    if (programme.audience !== undefined) accepted.push(['audience', programme.audience]);
    for (const [setting, token] of accepted) {
      const other = tokens.get(token);
      if (other !== undefined && other !== name) {
        fault(name, setting, `expected another audience than ${other}'s: its tokens would do here`);
      }
      tokens.set(token, name);
    }
  }
}

function overlap(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}${sep}`) || other.startsWith(`${one}${sep}`);
}
