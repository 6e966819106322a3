import {
  closeSession,
  enrol,
  enrolPatient,
  openSession,
  type Person,
  reenrol,
  registrarOf,
  revokeCompromised,
  revokePatient,
  rotateKeys,
  signMessage,
} from '#scripts';
import { expect, test } from '@jest/globals';
import type { RoutesChapter } from './stage.js';

/** A shift on a device, and keys that are renewed, stolen or lost. */
export const shiftRoutes: RoutesChapter = (stage) => {
  test('carry a shift on a device, new keys, and what was signed with stolen ones', async () => {
    const { bench, submitter, cast, journey } = stage();
    const { consortium, gateway } = bench;
    const hospital = registrarOf(consortium, 'HospitalMSP');
    const roles: Person['roles'] = ['nurse'];
    const member = { organisation: 'HospitalMSP', roles };
    const scanner = await enrol(
      submitter,
      consortium,
      { id: 'hospital.scanner', ...member },
      'device',
    );
    const nurse = await enrol(submitter, consortium, { id: 'hospital.nurse-2', ...member });
    const shift = ['custody:RecordReadings', 'manufacturing:ReportDeviation'];
    expect((await openSession(submitter, nurse, scanner, shift)).receipt.decision).toBe(
      'permitted',
    );
    const reported = await journey.say(scanner, 'manufacturing:ReportDeviation', {
      subject: { kind: 'therapy', coi: journey.coi },
      code: 'DOCUMENTATION_FAULT',
      classification: 'minor',
    });
    expect(reported.receipt).toMatchObject({ actor: scanner.id, principal: nurse.id });
    const held = await submitter.read(nurse, 'readSession', { device: scanner.id });
    expect(held).toMatchObject({ principal: nurse.id });
    expect((await closeSession(submitter, nurse, scanner)).receipt.decision).toBe('permitted');

    const { person: renewed, committed } = await rotateKeys(submitter, nurse);
    expect(committed.receipt.decision).toBe('permitted');
    submitter.forget(nurse);
    const former = await submitter.read(renewed, 'listFormerKeys', { actor: nurse.id });
    expect(former).toMatchObject({ items: [{ keys: nurse.keys.public }] });
    await revokeCompromised(
      submitter,
      hospital,
      renewed,
      new Date(Date.now() - 60_000).toISOString(),
    );
    const command = reported.receipt.commandId;
    const read = await submitter.read(cast.clinician, 'readCommand', { id: command });
    expect(read).toMatchObject({ receipt: { suspect: { actor: nurse.id } } });
    const confirmed = await journey.say(cast.reviewer, 'manufacturing:ConfirmSignature', {
      command,
      basis: 'witness',
    });
    expect(confirmed.receipt).toMatchObject({ decision: 'permitted', reasons: [] });
    const lost = await enrolPatient(submitter, consortium, 'patient-2');
    const by = { registrar: hospital, clinician: cast.clinician };
    expect((await reenrol(submitter, lost, by)).committed.receipt.decision).toBe('permitted');

    const revoked = await revokePatient(submitter, lost, by, { reason: 'key-compromised' });
    expect(revoked.receipt).toMatchObject({ decision: 'permitted', reasons: [] });
    const no = { type: 'consent:RefuseConsent', body: { purpose: 'RESEARCH' } };
    const { jws } = await signMessage(submitter.network, lost, no);
    const said = await fetch(`${gateway.url}/v1/withdrawals`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jws }),
    });
    expect([said.status, await said.json()]).toMatchObject([201, { decision: 'recorded' }]);
    submitter.succeeded.add('withdrawWithoutToken');
  });
};
