import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Cast,
  type DevelopmentConsortium,
  enrolCast,
  foundHome,
  type Home,
  homeAt,
  HttpSubmitter,
  openForBusiness,
  registerShared,
} from '#scripts';
import {
  programmesFrom,
  type ProgrammesGateway,
  startDeployedProgrammes,
} from '@veinledger/gateway';
import { loadProfile } from '@veinledger/network/profile';

/** One of the programmes: its own consortium, and everybody in it. */
export interface TestProgramme {
  readonly name: string;
  readonly home: Home;
  readonly consortium: DevelopmentConsortium;
  readonly submitter: () => HttpSubmitter;
  readonly cast: Cast;
}

/** One gateway for two programmes, each on an embedded ledger of its own. */
export interface ProgrammesBench {
  readonly folder: string;
  readonly gateway: () => ProgrammesGateway;
  readonly north: TestProgramme;
  readonly south: TestProgramme;
  /** the settings as they stand in the file */
  readonly settings: Readonly<Record<string, unknown>>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Settings of one programme on a home's own files. */
export function programmeIn(home: Home) {
  return {
    operator: 'HospitalMSP',
    root: home.rootFile,
    wallet: home.wallet,
    vault: home.vault,
    keystore: home.keystore,
    developmentIssuer: true,
    backups: { folder: join(home.directory, 'backups') },
    ledger: {
      kind: 'embedded',
      directory: home.ledger,
      organisation: 'HospitalMSP',
      authorities: home.authorities,
    },
  };
}

export async function programmesBench(): Promise<ProgrammesBench> {
  const folder = await mkdtemp(join(tmpdir(), 'veinledger-programmes-'));
  const { members } = await loadProfile();
  const homes = { north: homeAt(join(folder, 'north')), south: homeAt(join(folder, 'south')) };
  const consortia = {
    north: await foundHome(homes.north, members),
    south: await foundHome(homes.south, members),
  };
  const settings = {
    environment: 'development',
    port: 0,
    logLevel: 'silent',
    management: { port: 0 },
    programmes: { north: programmeIn(homes.north), south: programmeIn(homes.south) },
  };
  const start = () => startDeployedProgrammes(programmesFrom(settings, {}));
  let gateway = await start();
  const open = async (name: 'north' | 'south'): Promise<TestProgramme> => {
    const consortium = consortia[name];
    const submitter = () =>
      new HttpSubmitter({
        url: gateway.programmes.get(name)?.url ?? '',
        network: consortium.root.network,
      });
    await openForBusiness(submitter(), consortium);
    const cast = await enrolCast(submitter(), consortium);
    await registerShared(submitter(), cast);
    return { name, home: homes[name], consortium, submitter, cast };
  };
  return {
    folder,
    gateway: () => gateway,
    north: await open('north'),
    south: await open('south'),
    settings,
    restart: async () => {
      await gateway.close();
      gateway = await start();
    },
    close: async () => {
      await gateway.close();
      await rm(folder, { recursive: true });
    },
  };
}
