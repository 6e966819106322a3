import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import { replayReceipts } from '@veinledger/chaincode/replay';
import { type ConsortiumRoot, keyOf, sha256Base64url, type Training } from '@veinledger/domain';
import { checkByRoot } from '../export/check-export.js';
import { readExport } from '../export/read-export.js';
import { writeExport } from '../export/write-export.js';
import { readProposals } from '../read-proposals.js';
import type { Session } from '../session.js';
import { wrongUsage } from '../complaint.js';
import { readTrace, type TherapyTrace } from '../therapy-trace.js';
import { type ChangedThing, changedThings } from './old-and-new.js';
import { type NamedInspection, namedInspection, type Pack, type TrailEntry } from './pack.js';
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
  /** of an inspection on record, the id */
  readonly inspection?: string | undefined;
}

/** A pack that was made. */
export interface MadePack {
  readonly pack: Pack;
  /** SHA-256 of it as data, base64url */
  readonly digest: string;
}

/**
 * Makes an inspector's pack of one therapy, of what the reader is told; nothing is written to the ledger. The folder
 * appears when it is complete.
 * @throws CliError where no such inspection is on record; GatewayProblem and the like, as reading does; Error where a file cannot be written
 */
export async function makePack(session: Session, order: PackOrder): Promise<MadePack> {
  const { reader, coi, directory, attached, inspection: id } = order;
  const trace = await readTrace(session, reader, coi);
  const { therapy, records } = trace;
  const inspection = id === undefined ? undefined : inspectionIn(trace, id);
  const partial = `${directory}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  const exported = join(partial, 'export');
  await writeExport(session, reader, coi, exported);
  const root = await session.root();
  const { changed, trainings } = await decidedAnew(exported, root);
  const pack: Pack = {
    coi,
    madeAt: new Date().toISOString(),
    madeBy: reader,
    network: root.network,
    software: await softwareOf(),
    ledger: await readLedger(session, reader),
    ...(inspection === undefined ? {} : { inspection }),
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
  const data = `${JSON.stringify(pack, undefined, 2)}\n`;
  await write(partial, 'inspection.json', data);
  if (attached.length > 0) await mkdir(join(partial, 'attached'), { mode: 0o700 });
  for (const file of attached) await copyFile(file, join(partial, 'attached', basename(file)));
  await rename(partial, directory);
  return { pack, digest: sha256Base64url(data) };
}

/** @throws CliError where the reader is told of no such inspection */
function inspectionIn({ things }: TherapyTrace, id: string): NamedInspection {
  const found = things.find((each) => each.noun === 'inspection' && each.id === id);
  if (found) return namedInspection.parse(found);
  throw wrongUsage('--inspection', 'an inspection that is on record in this therapy', id);
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
