import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { Writable } from 'node:stream';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  enrolCast,
  enrolment,
  enrolPatient,
  foundAuthorities,
  foundConsortium,
  HttpSubmitter,
  openForBusiness,
  registerShared,
  sequencing,
  TherapyJourney,
} from '#scripts';
import { expect, test } from '@jest/globals';
import { startGateway } from '@veinledger/gateway';
import { issueBearerToken } from '@veinledger/client/node';
import { writeWallet } from '@veinledger/network/identities';
import { loadProfile } from '@veinledger/network/profile';
import { pino } from 'pino';
import { embeddedBench } from '../support/embedded.js';

/** loopback as well, and not the address that the gateway itself listens at */
const CALLER_ADDRESS = '127.0.0.77';

test('a log at its finest level holds nothing that belongs to a person', async () => {
  const { members } = await loadProfile();
  const authorities = await foundAuthorities(members);
  const consortium = foundConsortium(members);
  const bench = await embeddedBench({ consortium, authorities });
  const folder = await mkdtemp(join(tmpdir(), 'veinledger-log-'));
  const wallet = join(folder, 'wallet');
  await writeWallet(wallet, authorities.wallet);
  let logged = '';
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged += chunk.toString();
      done();
    },
  });
  const vault = join(folder, 'vault');
  const gateway = await startGateway(
    { environment: 'development', port: 0, vault, wallet, logLevel: 'trace' },
    { ledger: bench.ledger, root: consortium.root, logger: pino({ level: 'trace' }, sink) },
  );
  const submitter = new HttpSubmitter({ url: gateway.url, network: consortium.root.network });
  await openForBusiness(submitter, consortium);
  const cast = await enrolCast(submitter, consortium);
  await registerShared(submitter, cast);
  const patient = await enrolPatient(submitter, consortium, 'patient-1');
  const journey = new TherapyJourney({ submitter, cast, patient, serial: 1 });
  await enrolment(journey);
  await sequencing(journey);
  const token = await issueBearerToken(patient.keys, { actor: patient.id, audience: gateway.url });
  const faults = [
    `/v1/therapies/${journey.coi}?patient=${patient.id}`,
    `/v1/actors/${patient.id}%ff`,
    `/v1/${patient.id}`,
  ];
  for (const path of faults) await ask(`${gateway.url}${path}`, token);
  await ask(`${gateway.url}/v1/therapies/${journey.coi}/trace`, `${token}x`);
  await gateway.close();
  await bench.close();

  const lines = logged.trim().split('\n');
  expect(lines.filter((line) => line.includes('"request"')).length).toBeGreaterThan(30);
  expect(logged).toContain('"code":"INVALID_REQUEST"');
  expect(logged).toContain('"code":"TOKEN_INVALID"');
  const identity = await readFile(join(vault, 'identity.txt'), 'utf8');
  const personal = {
    pseudonym: patient.id,
    'chain of identity': journey.coi,
    item: journey.things.tumour,
    staff: cast.nurse.id,
    token: token.slice(-40),
    'beginning of a token': 'eyJ',
    key: patient.keys.private.ed25519,
    "the vault's key": identity.trim(),
    address: CALLER_ADDRESS,
    'relaying identity': 'PRIVATE KEY',
  };
  for (const [what, text] of Object.entries(personal)) {
    expect({ what, found: logged.includes(text) }).toEqual({ what, found: false });
  }
  await rm(folder, { recursive: true });
});

async function ask(url: string, token: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'x-forwarded-for': CALLER_ADDRESS };
  const asked = request(url, { localAddress: CALLER_ADDRESS, headers });
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  expect(response.statusCode).toBeGreaterThanOrEqual(400);
  response.resume();
  await once(response, 'end');
}
