import { registrarOf } from '#scripts';
import { expect, test } from '@jest/globals';
import { generateActorKeys, nativeSigner } from '@veinledger/client/node';
import { possessionStatement } from '@veinledger/domain';
import type { RoutesChapter } from './stage.js';

/** How a patient's own device comes to be enrolled. */
export const deviceRoutes: RoutesChapter = (stage) => {
  test('take the keys of a patient’s device', async () => {
    const { bench, submitter, cast } = stage();
    const nurse = submitter.client(cast.nurse);
    const { code } = await nurse.post<{ code: string }>('/v1/enrolment-codes', {});
    const open = async (path: string, body: object) => {
      const response = await fetch(`${bench.gateway.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      expect(response.status).toBe(201);
      return (await response.json()) as Readonly<Record<string, string>>;
    };
    const { network = '', patient = '' } = await open('/v1/enrolment-codes/readings', { code });
    const keys = generateActorKeys();
    const statement = possessionStatement(network, patient);
    const proof = await nativeSigner(keys).sign(statement, 'vnd.veinledger.possession+jws');
    await open('/v1/enrolment-codes/uses', { code, keys: keys.public, proof });
    const registrar = registrarOf(bench.consortium, 'HospitalMSP');
    expect(await submitter.read(registrar, 'listEnrolments')).toMatchObject({
      items: [{ patient }],
    });
    for (const id of ['issueEnrolmentCode', 'readEnrolmentCode', 'useEnrolmentCode'])
      submitter.succeeded.add(id);
  });
};
