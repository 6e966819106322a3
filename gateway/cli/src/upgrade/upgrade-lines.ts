import type { UpgradedDatabase, UpgradeProgress } from '@veinledger/gateway';
import type { HomeNeeds } from '@veinledger/network';

/** A database, as the lines name it. */
export function databaseLine({ name, folder, programme }: UpgradedDatabase): string {
  return `${programme === undefined ? '' : `${programme}: `}${name} in ${folder}`;
}

/** How far an upgrade came, where that is worth a line. */
export function progressLine(progress: UpgradeProgress): string | undefined {
  switch (progress.at) {
    case 'copying':
      return progress.entries === 0
        ? `  copying it to ${progress.copy}`
        : `  ${progress.entries} entries copied`;
    case 'copied':
      return '  the copy is on disk';
    case 'step':
      return `  step ${progress.number} of ${progress.of}: ${progress.says}`;
    case 'stamped':
      return `  format ${progress.format} is on disk`;
    case 'written':
    case 'noted':
    case 'done':
      return undefined;
  }
}

/** What became of the databases, or would become of them. */
export function databaseLines(
  databases: readonly UpgradedDatabase[],
  dryRun: boolean,
): readonly string[] {
  const lines = databases.flatMap((each) => ofDatabase(each, dryRun));
  const changed = databases.some(({ copy }) => copy !== undefined);
  if (databases.every(({ steps }) => steps.length === 0)) return [...lines, 'nothing to do'];
  return changed ? [...lines, ...COPIES] : lines;
}

function ofDatabase(database: UpgradedDatabase, dryRun: boolean): readonly string[] {
  const { from, to, steps, copy } = database;
  const name = databaseLine(database);
  if (from === undefined) return [`${name}: nothing is there yet`];
  if (steps.length === 0) return [`${name}: format ${to}, as this version keeps it`];
  if (dryRun)
    return [`${name}: format ${from}, would be ${to}`, ...steps.map((says) => `  ${says}`)];
  return [`${name}: format ${to}, was ${from}`, `  as it was: ${copy ?? ''}`];
}

const COPIES = [
  'Remove the copies once the gateway has proved itself: they hold what the steps took away.',
];

/** What a network's home lacks, and how it gets it; nothing where it lacks nothing. */
export function networkLines(home: string, { administration, running }: HomeNeeds): string[] {
  if (administration.length === 0) return [`the network in ${home}: as this version founds it`];
  const commands = running ? ['down', 'up'] : ['up'];
  const how = commands.map((each) => `'veinledger network ${each} --home ${home}'`).join(', then ');
  return [
    `the network in ${home}: no authority for administering the ordering nodes of ${administration.join(', ')}`,
    `  this command does not make it${running ? ', as nodes run' : ''}: ${how} does`,
  ];
}
