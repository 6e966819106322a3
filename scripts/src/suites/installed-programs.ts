import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs of the machine that suites run where they are installed. */
const INSTALLED = {
  promtool: { variable: 'VEINLEDGER_PROMTOOL', from: 'Prometheus' },
  nginx: { variable: 'VEINLEDGER_NGINX', from: 'nginx' },
  'systemd-analyze': { variable: 'VEINLEDGER_SYSTEMD_ANALYZE', from: 'systemd' },
} as const;

/** Servers stand where a user's PATH often does not look. */
const SERVERS = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

export type InstalledProgram = keyof typeof INSTALLED;

/** A program that was found. */
export interface FoundProgram {
  /** the variable that names its file to the suites */
  readonly variable: string;
  readonly file: string;
}

export function isInstalledProgram(name: string): name is InstalledProgram {
  return name in INSTALLED;
}

/**
 * Finds a program in PATH.
 * @throws Error that says what it belongs to, when it is not there
 */
export function findInstalledProgram(name: InstalledProgram): FoundProgram {
  const { variable, from } = INSTALLED[name];
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...SERVERS];
  const file = folders.map((folder) => join(folder, name)).find(existsSync);
  if (file === undefined) throw new Error(`not in PATH; it comes with ${from}`);
  return { variable, file };
}
