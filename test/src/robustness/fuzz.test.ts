import {
  enrolCast,
  enrolPatient,
  HttpSubmitter,
  openForBusiness,
  registerShared,
  registrarOf,
  signMessage,
  TherapyJourney,
} from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { issueBearerToken } from '@veinledger/client/node';
import fc from 'fast-check';
import { type GatewayBench, gatewayBench } from '../gateway/gateway.fixture.js';
import { ApiDocument, type ApiOperation, mediaTypeOf } from './api-document.fixture.js';
import {
  type DrawnBody,
  type DrawnRequest,
  requestsTo,
  type Surroundings,
} from './requests.fixture.js';

/** Requests to each operation. */
const RUNS = 20;

let bench: GatewayBench;
let around: Surroundings;
const statuses = new Map<number, number>();

beforeAll(async () => {
  bench = await gatewayBench();
  const { url } = bench.gateway;
  const { network } = bench.consortium.root;
  const submitter = new HttpSubmitter({ url, network });
  await openForBusiness(submitter, bench.consortium);
  const cast = await enrolCast(submitter, bench.consortium);
  await registerShared(submitter, cast);
  const patient = await enrolPatient(submitter, bench.consortium, 'patient-1');
  const journey = new TherapyJourney({ submitter, cast, patient, serial: 1 });
  await journey.consent('TREATMENT_MANUFACTURE');
  await journey.consent('GENOMIC_SEQUENCING');
  await journey.order();
  await journey.collect(journey.things.tumour, 'tumour-ffpe', cast.collector, 'visit-1');
  around = {
    document: await ApiDocument.of(url),
    callers: [...Object.values(cast), patient, registrarOf(bench.consortium, 'LabMSP')],
    coi: journey.coi,
    known: [journey.coi, journey.things.tumour, patient.id, cast.nurse.id, 'pcv-mrna', '1.0'],
  };
});
afterAll(() => bench.close());

async function outgoing(body: DrawnBody, { caller }: DrawnRequest): Promise<string | undefined> {
  switch (body.kind) {
    case 'none':
      return undefined;
    case 'text':
      return body.text;
    case 'json':
      return JSON.stringify(body.value);
    case 'command': {
      const signer = caller ?? around.callers[0];
      if (!signer) throw new Error('nobody signs');
      const { type, body: said } = body;
      const { jws } = await signMessage(bench.consortium.root.network, signer, {
        type,
        body: signable(said),
      });
      const middle = Math.floor(jws.length / 2);
      const altered =
        jws.slice(0, middle) + (jws[middle] === 'A' ? 'B' : 'A') + jws.slice(middle + 1);
      return JSON.stringify({ jws: body.altered ? altered : jws });
    }
  }
}

/** Whoever signs cannot write a member `__proto__`; a body that is not signed may hold one. */
function signable(said: unknown): unknown {
  return JSON.parse(JSON.stringify(said), (key, value: unknown) =>
    key === '__proto__' ? undefined : value,
  );
}

async function send(operation: ApiOperation, drawn: DrawnRequest) {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(drawn.path[name] ?? ''),
  );
  const url = new URL(path, bench.gateway.url);
  for (const [name, value] of Object.entries(drawn.query)) url.searchParams.set(name, value);
  const { caller } = drawn;
  const body = await outgoing(drawn.body, drawn);
  const given = caller && {
    authorization: `Bearer ${await issueBearerToken(caller.keys, { actor: caller.id, audience: bench.gateway.url })}`,
  };
  const left = new AbortController();
  const response = await fetch(url, {
    method: operation.method.toUpperCase(),
    headers: { ...given, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body }),
    redirect: 'manual',
    signal: left.signal,
  });
  const { status, headers } = response;
  const endless = mediaTypeOf(headers) === 'text/event-stream';
  const text = endless ? '' : await response.text();
  if (endless) left.abort();
  return { status, headers, body: text };
}

describe('whatever is sent to a route that the document describes', () => {
  test('is answered as the document says, and never by a failure of the gateway', async () => {
    for (const operation of around.document.operations) {
      const name = `${operation.method} ${operation.path}`;
      await fc.assert(
        fc.asyncProperty(requestsTo(operation, around), async (drawn) => {
          const answer = await send(operation, drawn);
          const { status, body: text } = answer;
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          const fault = around.document.faultOf(operation, answer);
          expect({ name, failed: status === 500, fault, text }).toEqual({
            name,
            failed: false,
            fault: '',
            text,
          });
        }),
        { numRuns: RUNS },
      );
    }
  });

  test('was refused in some cases and done in others', () => {
    const seen = [...statuses.keys()];
    expect(seen).toEqual(expect.arrayContaining([200, 201, 400, 401, 403, 404, 409]));
  });
});
