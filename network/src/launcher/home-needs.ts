import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { HomeFiles, type MemberPlan } from '../plan/index.js';
import { ProcessRecords } from '../processes/index.js';
import { supervisorOf } from '../supervisor/index.js';
import { planOf, readManifest } from './manifest.js';
import { isPrepared } from './member.js';
import { membersIn } from './stop.js';

/** What a home lacks that an earlier version founded. The next start makes it; nodes that run are stopped before. */
export interface HomeNeeds {
  /** ids of the members here whose ordering node has no authority of its own for administration */
  readonly administration: readonly string[];
  /** whether a supervisor or a node of this home runs */
  readonly running: boolean;
}

/**
 * Looks what a network's home lacks of what this version founds; undefined where there is no network.
 * @throws NetworkError FILE_MISSING when the network is damaged, or of a version that this one cannot carry on
 */
export async function homeNeeds(homeDir: string): Promise<HomeNeeds | undefined> {
  const home = resolve(homeDir);
  const made = await readManifest(home);
  if (made === undefined) return undefined;
  const lacking = planOf(made, home).members.filter(lacksAdministration);
  return {
    administration: lacking.map(({ member }) => member.id),
    running: supervisorOf(home) !== undefined || (await runsAny(home)),
  };
}

function lacksAdministration(plan: MemberPlan): boolean {
  const { orderer, files } = plan;
  return isPrepared(plan) && orderer !== undefined && !existsSync(files.administration.certificate);
}

async function runsAny(home: string): Promise<boolean> {
  const files = new HomeFiles(home);
  return (await membersIn(home)).some((id) => {
    const records = new ProcessRecords(files.member(id).records);
    return records.all().some(({ name }) => records.living(name) !== undefined);
  });
}
