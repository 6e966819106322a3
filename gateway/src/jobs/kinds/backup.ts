import { z } from 'zod';
import { type BackupService, backupName } from '../../backup/backup-service.js';
import { exactOptional } from '../../openapi/schemas/vocabulary.js';
import { notEntitled } from '../../reads/caller-reader.js';
import { type AnyJobKind, jobKind } from '../job-kind.js';

/** The parts of a backup, in the order in which they are copied. */
const PARTS = ['ledger', 'vault', 'keystore', 'state', 'journal', 'digests'];

/** What a backup holds, without the names of its files. */
const summary = z.strictObject({
  name: z.string(),
  begun: z.string(),
  /** blocks of the copied chain; left out where the ledger is a network of others */
  height: exactOptional(z.int().min(0)),
  files: z.int().min(0),
  bytes: z.int().min(0),
});

/**
 * Backs the running gateway up into a folder of that name; for registrars of the member that runs it.
 * @param operator MSP id; where the settings name none, nobody may
 */
export function backupJob(backups: BackupService, operator: string | undefined): AnyJobKind {
  return jobKind({
    name: 'backup',
    summary: 'Backs the running gateway up; for registrars of the member that runs it',
    unit: 'parts',
    input: z.strictObject({ name: backupName }),
    result: summary,
    authorise: ({ roles, organisation }) => {
      if (roles.includes('registrar') && organisation === operator) return;
      throw notEntitled('backups are for registrars of the member that runs the gateway', 'kind');
    },
    run: async ({ name }, { signal, report }) => {
      const onProgress = (part: string) =>
        report({ done: PARTS.indexOf(part), total: PARTS.length });
      const { begun, ledger, files } = await backups.make(name, { signal, onProgress });
      return {
        name,
        begun,
        ...(ledger === undefined ? {} : { height: ledger.height }),
        files: files.length,
        bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      };
    },
  });
}
