import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SubmitterIdentity } from '../port.js';
import { createAuthority } from './certificates.fixture.js';
import { openSamplesLedger, type SamplesLedger } from './ledger.fixture.js';

describe('a submitter', () => {
  let samples: SamplesLedger;
  const submitAs = (submitter: SubmitterIdentity) =>
    samples.ledger.submit({ ...samples.call('Put', 'who', 'x'), submitter });
  const denied = (reason: RegExp) => ({
    kind: 'contract',
    message: expect.stringMatching(reason) as unknown,
  });

  beforeAll(async () => {
    samples = await openSamplesLedger();
  });
  afterAll(() => samples.remove());

  test('whose certificate comes from its own CA may submit', async () => {
    expect(await submitAs(samples.submitter)).toMatchObject({ result: 'put who' });
  });

  test('whose certificate comes from a CA of the same name is refused', async () => {
    const impostor = await createAuthority('Harbour Hospital CA');
    await expect(submitAs(await impostor.issue('HospitalMSP'))).rejects.toMatchObject(
      denied(/^ACCESS_DENIED: .* was not issued by the CA of HospitalMSP$/),
    );
  });

  test('of an organisation that is not in the channel is refused', async () => {
    await expect(submitAs({ ...samples.submitter, mspId: 'LabMSP' })).rejects.toMatchObject(
      denied(
        /^ACCESS_DENIED: submitter of LabMSP: its MSP is unknown, expected one of HospitalMSP$/,
      ),
    );
  });

  test('without the private key of its certificate is refused', async () => {
    const other = await (await createAuthority('Other')).issue('HospitalMSP');
    const thief = { ...samples.submitter, privateKey: other.privateKey };
    await expect(submitAs(thief)).rejects.toMatchObject(denied(/private key is not the one/));
  });

  test('that is the CA itself is refused', async () => {
    const { HospitalMSP = '' } = samples.options.certificateAuthorities;
    const authority = { ...samples.submitter, certificate: HospitalMSP };
    await expect(submitAs(authority)).rejects.toMatchObject(
      denied(/CA certificate is no identity/),
    );
  });

  test('without a readable certificate is refused', async () => {
    const unreadable = { ...samples.submitter, certificate: 'none' };
    await expect(submitAs(unreadable)).rejects.toMatchObject(
      denied(/certificate cannot be read as PEM/),
    );
  });

  test.each(['2025-12-31T23:59:59.000Z', '2036-01-01T00:00:01.000Z'])(
    'is refused at %s, outside the period of its certificate, though it was accepted before',
    async (now) => {
      const clock = { now: Date.parse('2026-11-22T13:07:00.000Z') };
      await samples.reopen({ clock: () => clock.now });
      await submitAs(samples.submitter);
      clock.now = Date.parse(now);
      await expect(submitAs(samples.submitter)).rejects.toMatchObject(
        denied(
          /^ACCESS_DENIED: .* valid from 2026-01-01T00:00:00.000Z to 2036-01-01T00:00:00.000Z/,
        ),
      );
    },
  );

  test('that is refused may not evaluate either', async () => {
    const invocation = {
      ...samples.call('Get', 'who'),
      submitter: { ...samples.submitter, mspId: 'LabMSP' },
    };
    await expect(samples.ledger.evaluate(invocation)).rejects.toMatchObject(
      denied(/ACCESS_DENIED/),
    );
  });
});
