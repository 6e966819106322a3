import { join } from 'node:path';
import type { Ledger } from '@veinledger/ledger';
import type { NodeStatus } from '@veinledger/network';
import { loadProfile } from '@veinledger/network/profile';
import { foundHome, homeAt, openFabric } from '@veinledger/cli';
import { enrolCastSideBySide, enrolPatient, openForBusiness } from '../journey/cast.js';
import type { Person } from '../journey/submitter.js';
import { HttpSubmitter } from '../journey/http-submitter.js';
import { TherapyJourney } from '../journey/therapy-journey.js';
import { HttpGateway } from './http-gateway.js';

/** A network of its own with a gateway in front, and people of every member with a peer who report on one sample. */
export interface FaultStage {
  /** for people: `Fabric 3.0.0` */
  readonly version: string;
  readonly network: string;
  readonly gateway: Pick<HttpGateway, 'url' | 'pid' | 'restart'>;
  readonly reporters: readonly Person[];
  readonly sample: { readonly coi: string; readonly item: string };
  /** asked for blocks only */
  readonly ledger: Ledger;
  nodes(): Promise<readonly NodeStatus[]>;
  close(): Promise<void>;
}

/** Starts everything below a directory. */
export async function openFaultStage(
  directory: string,
  print: (line: string) => void,
): Promise<FaultStage> {
  const { networkStatus } = await import('@veinledger/network');
  const home = homeAt(directory);
  const profile = await loadProfile();
  const consortium = await foundHome(home, profile.members);
  const { ledger, connection, stop } = await openFabric(home, profile, print);
  const networkHome = join(home.directory, 'network');
  const closing: (() => Promise<unknown>)[] = [() => ledger.close(), stop];
  const close = async () => {
    for (const each of closing) await each();
  };
  try {
    const gateway = await HttpGateway.start(directory);
    closing.unshift(() => gateway.stop());
    print(`gateway at ${gateway.url}; enrolling`);
    const { network } = consortium.root;
    const submitter = new HttpSubmitter({ url: gateway.url, network });
    await openForBusiness(submitter, consortium);
    const cast = await enrolCastSideBySide(submitter, consortium);
    const patient = await enrolPatient(submitter, consortium, 'patient-1');
    const journey = new TherapyJourney({ submitter, cast, patient, serial: 1 });
    await journey.consent('TREATMENT_MANUFACTURE');
    await journey.consent('GENOMIC_SEQUENCING');
    await journey.order();
    const item = journey.things.tumour;
    await journey.collect(item, 'tumour-ffpe', cast.collector, 'visit-1');
    return {
      ...{ version: `Fabric ${connection.fabric.version}`, network, gateway, ledger, close },
      reporters: [cast.collector, cast.labTechnician, cast.operator],
      sample: { coi: journey.coi, item },
      nodes: () => networkStatus(networkHome),
    };
  } catch (error) {
    await close();
    throw error;
  }
}
