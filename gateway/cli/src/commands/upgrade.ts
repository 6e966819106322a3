import { join } from 'node:path';
import {
  databasesOf,
  keepFilesPrivate,
  type KeptDatabase,
  ofGateway,
  readProcessSettings,
  SettingsError,
  upgradeDatabases,
} from '@veinledger/gateway';
import { homeNeeds } from '@veinledger/network';
import { z } from 'zod';
import { defineCommand } from '../command.js';
import { CliError } from '../complaint.js';
import type { Home } from '../development/home.js';
import { developmentConfig } from '../development/settings.js';
import { EXIT } from '../exit-codes.js';
import {
  databaseLine,
  databaseLines,
  networkLines,
  progressLine,
} from '../upgrade/upgrade-lines.js';

/** Brings what an earlier version kept to this one's formats; its gateway is stopped meanwhile. */
export const upgrade = defineCommand({
  arguments: [],
  options: [
    {
      name: 'config',
      value: 'FILE',
      summary:
        "the settings of the gateway, all of its programmes (default: VEINLEDGER_CONFIG, else the home's own)",
    },
    {
      name: 'network',
      value: 'DIR',
      summary:
        "a network's home, to be told what it lacks (default without --config: the one in the home)",
    },
    { name: 'dry-run', summary: 'tells what would be done, and does nothing' },
  ],
  input: z.strictObject({
    config: z.string().optional(),
    network: z.string().optional(),
    dryRun: z.boolean().default(false),
  }),
  run: async (session, { config = process.env['VEINLEDGER_CONFIG'], network, dryRun }) => {
    keepFilesPrivate();
    const databases = await databasesFor(session.home, config);
    const upgraded = await upgradeDatabases(databases, {
      dryRun,
      onBegin: (database) => session.note(databaseLine(database)),
      onProgress: (progress) => {
        const line = progressLine(progress);
        if (line !== undefined) session.note(line);
      },
    });
    const own = config === undefined ? join(session.home.directory, 'network') : undefined;
    const place = network ?? own;
    const needs = place === undefined ? undefined : await homeNeeds(place);
    const lines = databaseLines(upgraded, dryRun);
    if (place === undefined || needs === undefined) return { data: { databases: upgraded }, lines };
    const data = { databases: upgraded, network: { home: place, ...needs } };
    return { data, lines: [...lines, ...networkLines(place, needs)] };
  },
});

async function databasesFor(
  home: Home,
  config: string | undefined,
): Promise<readonly KeptDatabase[]> {
  try {
    if (config !== undefined) return databasesOf(await readProcessSettings(config, process.env));
    return ofGateway(developmentConfig(home), home.ledger);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new CliError('WRONG_SETTINGS', error.message, {}, EXIT.wrongUsage);
  }
}
