import type { Cost } from './cost.js';
import type { Measured } from './measure.js';

/** What the figures of one process say, and what was signed costs in seconds. */
export function reportLines(measured: readonly Measured[], cost: Cost): readonly string[] {
  return [
    ...aligned([
      ['process', 'records', 'entries', 'persons sign', 'with devices', 'of these electronic', ''],
      ...measured.map(({ process, alone, delegated }) => [
        process,
        ...[alone.commands, alone.entries, alone.persons].map(String),
        `${delegated.persons} to ${delegated.persons - delegated.sessions + delegated.shifts}`,
        `${delegated.electronic - delegated.sessions} and ${delegated.sessions} to ${delegated.shifts} sessions`,
        `devices: ${delegated.bySession} under sessions, ${delegated.byDevice} by themselves`,
      ]),
    ]),
    '',
    ...measured.flatMap((each) => [...roleLines(each, cost), '']),
    'seconds that one signature takes here:',
    `  Ed25519 ${seconds(cost.ed25519)}, ML-DSA-65 ${seconds(cost.mlDsa65)}, both ${seconds(cost.both)}`,
    `  opening keys in the keystore by passphrase ${seconds(cost.passphrase)}`,
    'With devices: the first figure has one session for each person, the second one for each time that somebody comes',
    'back to the therapy; a shift serves all therapies that come in it. Electronic: in the sense of 21 CFR Part 11.',
  ];
}

function roleLines({ process, roles }: Measured, cost: Cost): readonly string[] {
  return aligned([
    [process, 'persons sign', 'with devices', 'seconds, keystore', 'with devices'],
    ...roles.map(({ alone, delegated }) => [
      `  ${alone.role}`,
      ...[alone.persons, delegated.persons].map(String),
      ...[alone.persons, delegated.persons].map((count) => secondsOf(count, cost).toFixed(2)),
    ]),
  ]);
}

/** What so many signatures by somebody's own keys take, where the gateway keeps these under a passphrase. */
export function secondsOf(signatures: number, { both, passphrase }: Cost): number {
  return signatures * (both + passphrase);
}

const seconds = (taken: number) => `${taken.toFixed(5)} s`;

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 || column >= 5
          ? cell.padEnd(widths[column] ?? 0)
          : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

/** What `--json` writes. */
export function reportJson(measured: readonly Measured[], cost: Cost): string {
  const processes = measured.map(({ roles, ...rest }) => ({
    ...rest,
    roles: roles.map(({ alone, delegated }) => ({
      ...{ role: alone.role, alone, delegated },
      secondsAlone: secondsOf(alone.persons, cost),
      secondsDelegated: secondsOf(delegated.persons, cost),
    })),
  }));
  return `${JSON.stringify({ cost, processes }, undefined, 2)}\n`;
}
