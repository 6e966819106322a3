import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import { replayReceipts } from '@veinledger/chaincode/replay';
import { type ConsortiumRoot, keyOf, type Training } from '@veinledger/domain';
import { checkByRoot } from '../export/check-export.js';
import { readExport } from '../export/read-export.js';
import { writeExport } from '../export/write-export.js';
import { readProposals } from '../read-proposals.js';
import type { Session } from '../session.js';
import { readTrace } from '../therapy-trace.js';
import { type ChangedThing, changedThings } from './old-and-new.js';
import type { Pack, TrailEntry } from './pack.js';
import { inspectionPage } from './page.js';
import { readAccess, readLedger, readPage, readProcesses } from './read-pack.js';
import { readRequirements } from './requirements.js';
import { softwareOf } from './software.js';

/** What a pack is made of, by whom. */
export interface PackOrder {
  readonly reader: string;
  readonly coi: string;
  /** must not exist */
  readonly directory: string;
  /** files that are taken in as they are */
  readonly attached: readonly string[];
}

/**
 * Makes an inspector's pack of one therapy, of what the reader is told; nothing is written to the ledger. The folder
 * appears when it is complete.
 * @throws GatewayProblem and the like, as reading does; Error where a file cannot be written
 */
export async function makePack(session: Session, order: PackOrder): Promise<Pack> {
  const { reader, coi, directory, attached } = order;
  const partial = `${directory}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  const exported = join(partial, 'export');
  await writeExport(session, reader, coi, exported);
  const { therapy, records } = await readTrace(session, reader, coi);
  const root = await session.root();
  const { changed, trainings } = await decidedAnew(exported, root);
  const pack: Pack = {
    coi,
    madeAt: new Date().toISOString(),
    madeBy: reader,
    network: root.network,
    software: await softwareOf(),
    ledger: await readLedger(session, reader),
    therapy: { patient: therapy.patient, process: therapy.process, parties: therapy.parties },
    restored: await checkByRoot(exported, root),
    requirements: await readRequirements(),
    access: await readAccess(session, reader),
    trainings,
    trail: records.map((record): TrailEntry => {
      const found = changed.get(record.commandId);
      return found === undefined ? { record } : { record, changed: found };
    }),
    processes: await readProcesses(session, reader),
    proposals: await readProposals(session, reader),
    attached: attached.map((file) => basename(file)),
  };
  await write(partial, 'therapy.html', await readPage(session, reader, coi));
  await write(partial, 'inspection.html', inspectionPage(pack));
  await write(partial, 'inspection.json', `${JSON.stringify(pack, undefined, 2)}\n`);
  if (attached.length > 0) await mkdir(join(partial, 'attached'), { mode: 0o700 });
  for (const file of attached) await copyFile(file, join(partial, 'attached', basename(file)));
  await rename(partial, directory);
  return pack;
}

/**
 * What comes out when the commands of an export are decided anew: what each changed, by its id, and the trainings on which
 * their signers stood, each as it was recorded last.
 */
async function decidedAnew(directory: string, root: ConsortiumRoot) {
  const { commands } = await readExport(directory);
  const shown = commands.map((command) => command.shown);
  const replayed = await replayReceipts(shown, { root, verifier: nativeVerifier });
  const changed = new Map<string, readonly ChangedThing[]>();
  const trainings = new Map<string, Training>();
  for (const [at, { changes, differences }] of replayed.entries()) {
    const id = shown[at]?.receipt.commandId ?? '';
    if (changes.length > 0 || differences.length === 0) changed.set(id, changedThings(changes));
    for (const { after } of changes) {
      if (after.noun === 'training') trainings.set(JSON.stringify(keyOf(after)), after);
    }
  }
  return { changed, trainings: [...trainings.values()] };
}

const write = (directory: string, name: string, text: string) =>
  writeFile(join(directory, name), text, { mode: 0o600 });
