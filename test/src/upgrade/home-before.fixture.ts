import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { homeAt } from '#scripts';
import { issueBearerToken, readActorKeys } from '@veinledger/client/node';
import { canonicalise, sha256Base64url } from '@veinledger/domain';
import { type Clinic, CLINICIAN, COI, toldTherapy } from '../cli/told-therapy.fixture.js';
import { settingsIn, startDeployed } from '../operations/deployed.fixture.js';
import { until } from '../support/until.js';
import { takeLedgerBack, takeStateBack, type UnkeyedDigests } from './format-0.fixture.js';

const ACTOR = 'clinic.clinician';
const KEY = 'verify-before-the-audit';
const JOB = { kind: 'verify-ledger' };

/** By what earlier versions kept the answer about the job: whoever knows what was asked can compute it. */
export const UNKEYED: UnkeyedDigests = {
  place: sha256Base64url(canonicalise([canonicalise([ACTOR, 'clinician']), KEY])),
  request: sha256Base64url(canonicalise(['POST', '/v1/jobs', JOB])),
};

/** A home in format 0, as earlier versions left it, and in `backups/before` a backup of it. */
export interface HomeBefore {
  readonly folder: string;
  /** the job that was asked for under an idempotency key */
  readonly job: string;
  readonly remove: () => Promise<void>;
}

/**
 * Makes a home by this version: a therapy with an outcome's annex, a job that was asked for under an idempotency key, and
 * a backup. Its databases are then taken back to what earlier versions left where records were written as now.
 */
export async function homeBefore(): Promise<HomeBefore> {
  const clinic = await toldTherapy();
  await recordOutcome(clinic);
  const job = await verifiedUnderKey(clinic);
  await clinic.stop();
  const folder = clinic.home;
  const backup = await backUp(folder);
  for (const state of [join(folder, 'vault/state'), join(backup, 'state')]) {
    await takeStateBack(state, UNKEYED);
  }
  for (const place of [folder, backup]) await takeLedgerBack(join(place, 'ledger'));
  await listAnew(backup);
  return { folder, job, remove: () => clinic.close() };
}

async function recordOutcome({ folder, tell }: Clinic): Promise<void> {
  const file = join(folder, 'outcome.json');
  await writeFile(
    file,
    JSON.stringify({ kind: 'follow-up', observations: [{ code: 'fever', value: false }] }),
  );
  const body = JSON.stringify({ coi: COI, outcome: 'outcome-1' });
  const said = ['--body', body, '--annex', `outcome=${file}`];
  await tell('send', 'care:RecordOutcome', ...said, ...CLINICIAN);
}

/** Asks for a job under an idempotency key, and waits until it is done; its id. */
async function verifiedUnderKey({ home, url, tell }: Clinic): Promise<string> {
  const keys = await readActorKeys(join(home, 'keys', `${ACTOR}.json`));
  const token = await issueBearerToken(keys, { actor: ACTOR, audience: url });
  const response = await fetch(new URL('/v1/jobs', url), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': `"${KEY}"`,
    },
    body: JSON.stringify(JOB),
  });
  const { id } = (await response.json()) as { readonly id: string };
  await until('the job to end', async () => {
    const { out } = await tell('read', `/v1/jobs/${id}`, ...CLINICIAN);
    return out.includes('succeeded');
  });
  return id;
}

async function backUp(folder: string): Promise<string> {
  const settings = { ...settingsIn(homeAt(folder)), backups: { folder: 'backups' } };
  const gateway = await startDeployed(folder, settings);
  try {
    const response = await fetch(`${gateway.managementUrl}/backups`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ directory: 'before' }),
    });
    if (response.status !== 201) throw new Error(`no backup was made: ${await response.text()}`);
  } finally {
    await gateway.stop('SIGTERM');
  }
  await rm(join(folder, 'gateway.json'));
  return join(folder, 'backups', 'before');
}

/** Has a backup's manifest list the files that are there now. */
async function listAnew(backup: string): Promise<void> {
  const manifest = join(backup, 'manifest.json');
  const entries = await readdir(backup, { recursive: true, withFileTypes: true });
  const places = entries
    .filter((each) => each.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((place) => place !== manifest);
  const files = await Promise.all(
    places.map(async (place) => {
      const bytes = await readFile(place);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return { path: relative(backup, place), bytes: bytes.length, sha256 };
    }),
  );
  const said = JSON.parse(await readFile(manifest, 'utf8')) as object;
  await writeFile(manifest, JSON.stringify({ ...said, files }));
}
