import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  enrolCast,
  enrolPatient,
  HttpSubmitter,
  openForBusiness,
  registerShared,
  TherapyJourney,
} from '#scripts';
import { z } from 'zod';
import { gatewayBench } from '../gateway/gateway.fixture.js';

/** A gateway with a therapy of which two samples were taken, for programs that know its document only. */
export interface ServedTherapy {
  readonly url: string;
  readonly coi: string;
  /** a folder that is removed at the end, with the document in it */
  readonly folder: string;
  readonly document: string;
  /** a nurse's, from the development issuer, good for an hour */
  token(): Promise<string>;
  close(): Promise<void>;
}

/** What a client is expected to read of the therapy. */
export const readOf = ({ coi }: ServedTherapy) => ({ coi, process: '1.0', things: 2 });

const granted = z.looseObject({ access_token: z.string() });

export async function servedTherapy(): Promise<ServedTherapy> {
  const bench = await gatewayBench({
    developmentIssuer: true,
    rateLimit: { perMinute: 100_000, burst: 100_000, failuresPerMinute: 100_000 },
  });
  const { url } = bench.gateway;
  const submitter = new HttpSubmitter({ url, network: bench.consortium.root.network });
  await openForBusiness(submitter, bench.consortium);
  const cast = await enrolCast(submitter, bench.consortium);
  await registerShared(submitter, cast);
  const patient = await enrolPatient(submitter, bench.consortium, 'patient-1');
  const journey = new TherapyJourney({ submitter, cast, patient, serial: 1 });
  await journey.consent('TREATMENT_MANUFACTURE');
  await journey.consent('GENOMIC_SEQUENCING');
  await journey.order();
  await journey.collect(journey.things.tumour, 'tumour-ffpe', cast.collector, 'visit-1');
  await journey.collect(journey.things.blood, 'blood-edta', cast.collector, 'visit-1');
  const folder = await mkdtemp(join(tmpdir(), 'veinledger-outside-'));
  const document = join(folder, 'openapi.json');
  await writeFile(document, await (await fetch(new URL('/v1/openapi.json', url))).text());
  const form = { grant_type: 'client_credentials', client_id: cast.nurse.id };
  return {
    url,
    coi: journey.coi,
    folder,
    document,
    token: async () => {
      const issuer = new URL('/dev/issuer/token', url);
      const answer = await fetch(issuer, { method: 'POST', body: new URLSearchParams(form) });
      return granted.parse(await answer.json()).access_token;
    },
    close: async () => {
      await bench.close();
      await rm(folder, { recursive: true });
    },
  };
}
