import { describe, expect, test } from '@jest/globals';
import type { PermissionDecision } from '../commands/decision.js';
import { actor, command, context, DIGEST, NOW } from '../example.fixture.js';
import { keyIds } from '../signing/keys.js';
import type { Actor } from '../nouns/actor.js';
import { addMinutes } from '../values/time.js';
import { confirmRevocation, decideConfirmRevocation } from './confirm-revocation.js';
import { decideConfirmReenrolment } from './confirm-reenrolment.js';
import { ownPatient } from './reenrol.js';
import { decideRevokePatient, revokePatient } from './revoke-patient.js';
import { decideRevoke } from './revoke.js';

const registrar = actor('hospital.registrar', 'HospitalMSP', 'registrar');
const clinician = actor('hospital.clinician', 'HospitalMSP', 'clinician');
const patient = actor('patient-1', 'HospitalMSP', 'patient');
const said = { reason: 'key-lost' as const };
const asking = command(registrar.id, { patient: patient.id, ...said });

const ask = (of: Actor | undefined = patient, more: { compromisedSince?: string } = {}) =>
  decideRevokePatient(
    { patient: of },
    { ...asking, body: { ...asking.body, ...more } },
    context(registrar),
  );
const confirm = (of: Actor | undefined, asked = asking.id) =>
  decideConfirmRevocation(
    { patient: of },
    command(clinician.id, { patient: patient.id, asked }),
    context(clinician),
  );

/** The actor as a decision leaves it. */
function actorIn(decision: PermissionDecision): Actor {
  const changed = decision.decision === 'permitted' ? decision.changes[0] : undefined;
  if (changed?.noun !== 'actor') throw new Error(JSON.stringify(decision));
  return changed;
}
const codes = (decision: PermissionDecision) =>
  decision.decision === 'refused' ? decision.reasons.map(({ code }) => code) : ['permitted'];

describe('a patient’s keys', () => {
  test('are ended by a registrar and a clinician, and the patient sees by whom', () => {
    const revoked = actorIn(confirm(actorIn(ask())));
    expect(revoked.revocation).toMatchObject({
      ...{ at: NOW, by: registrar.id, reason: 'key-lost' },
      confirmed: { actor: clinician.id },
    });
    expect(revoked).not.toHaveProperty('revocationAsked');
  });

  test('go on while a registrar alone has asked, which the patient sees', () => {
    const asked = actorIn(ask());
    expect(asked).not.toHaveProperty('revocation');
    expect(asked.revocationAsked).toMatchObject({ registrar: { actor: registrar.id }, ...said });
  });

  test('are not ended as staff’s are, by a registrar alone', () => {
    const alone = decideRevoke(
      { target: patient, organisation: undefined },
      command(registrar.id, { actor: patient.id, reason: 'left' as const }),
      context(registrar),
    );
    expect(codes(alone)).toEqual(['PATIENT_TAKES_TWO']);
  });

  test('end as they were asked to, and nothing else', () => {
    expect(codes(confirm(patient))).toEqual(['NOT_ASKED']);
    expect(codes(confirm(actorIn(ask()), DIGEST))).toEqual(['OTHER_REQUEST']);
    const revoked = actorIn(confirm(actorIn(ask())));
    expect(codes(ask(revoked))).toEqual(['ALREADY_REVOKED']);
    expect(codes(confirm(revoked))).toEqual(['NOT_ASKED']);
    expect(codes(ask(clinician))).toEqual(['NOT_A_PATIENT']);
    expect(codes(confirm(undefined))).toEqual(['NOT_A_PATIENT']);
  });

  test('that were compromised are said to be so by both, also when that is found later', () => {
    const since = addMinutes(NOW, -60);
    const revoked = actorIn(confirm(actorIn(ask())));
    const found = actorIn(confirm(actorIn(ask(revoked, { compromisedSince: since }))));
    expect(found.revocation).toMatchObject({ at: NOW, compromisedSince: since });
    expect(codes(ask(patient, { compromisedSince: addMinutes(NOW, 1) }))).toEqual([
      'COMPROMISED_IN_FUTURE',
    ]);
  });

  test('that were replaced in the meantime are not the ones that were to end', () => {
    const keys = { ed25519: `${'B'.repeat(42)}A`, mlDsa65: `${'B'.repeat(2602)}A` };
    const asked = { actor: registrar.id, command: DIGEST, at: NOW, time: NOW };
    const pending = { noun: 'reenrolment', patient: patient.id, keys, asked } as const;
    const before = actorIn(ask());
    const renewed = actorIn(
      decideConfirmReenrolment(
        { patient: before, pending, former: undefined, holders: [] },
        command(clinician.id, { patient: patient.id, kid: keyIds(keys).ed25519 }),
        context(clinician),
      ),
    );
    expect(codes(confirm(renewed))).toEqual(['NOT_ASKED']);
    expect(renewed.reenrolments).toMatchObject([{ overtook: before.revocationAsked }]);
  });

  test('are in the care of the patient’s own hospital, and of no device there', () => {
    const elsewhere = context(actor('lab.registrar', 'LabMSP', 'registrar'));
    expect(ownPatient({ patient }, asking, elsewhere)).toMatchObject([{ code: 'FOREIGN_ACTOR' }]);
    for (const half of [revokePatient, confirmRevocation]) expect(half.signature).toBe('own');
  });
});
