import { join } from 'node:path';
import type { Ledger } from '@veinledger/ledger';
import { networkStatus } from '@veinledger/network';
import { readWallet } from '@veinledger/network/identities';
import { loadProfile } from '@veinledger/network/profile';
import { foundHome, homeAt, openFabric } from '@veinledger/cli';
import { type Cast, enrolCast, enrolPatient, openForBusiness } from '../../journey/cast.js';
import type { Person } from '../../journey/submitter.js';
import { LedgerSubmitter } from '../../journey/ledger-submitter.js';
import { TherapyJourney } from '../../journey/therapy-journey.js';
import type { Print } from '../progress.js';
import { writeBaselinePackage } from './baseline-package.js';

/** A running process of the network. */
export interface NetworkProcess {
  readonly name: string;
  readonly pid: number;
}

/** A real network where everybody is enrolled and a patient agreed. */
export interface FabricStage {
  /** for people: `Fabric 3.0.0` */
  readonly version: string;
  readonly ledger: Ledger;
  readonly submitter: LedgerSubmitter;
  readonly cast: Cast;
  readonly patient: Person;
  processes(): Promise<readonly NetworkProcess[]>;
  close(): Promise<void>;
}

/** Starts a network below a directory, with the baseline beside veinledger's contracts. */
export async function openFabricStage(directory: string, print: Print): Promise<FabricStage> {
  const chaincodeDir = join(directory, 'chaincode');
  await writeBaselinePackage(chaincodeDir);
  const home = homeAt(join(directory, 'home'));
  const profile = await loadProfile();
  const consortium = await foundHome(home, profile.members);
  const { ledger, wallet, connection, stop } = await openFabric(home, profile, print, chaincodeDir);
  const close = async () => {
    await ledger.close();
    await stop();
  };
  try {
    const { entries } = await readWallet(wallet);
    const submitter = new LedgerSubmitter({
      ledger,
      network: consortium.root.network,
      wallet: entries,
    });
    await openForBusiness(submitter, consortium);
    const cast = await enrolCast(submitter, consortium);
    const patient = await enrolPatient(submitter, consortium, 'patient-1');
    const journey = new TherapyJourney({ submitter, cast, patient, serial: 1 });
    await journey.consent('TREATMENT_MANUFACTURE');
    await journey.consent('GENOMIC_SEQUENCING');
    return {
      ...{ ledger, submitter, cast, patient, close },
      version: `Fabric ${connection.fabric.version}`,
      async processes() {
        const nodes = await networkStatus(join(home.directory, 'network'));
        return nodes.flatMap(({ name, pid }) => (pid === undefined ? [] : [{ name, pid }]));
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
