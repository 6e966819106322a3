import { heldBy } from './key-holders.js';
import type { KeyHolder } from '../nouns/key-holder.js';
import { describe, expect, test } from '@jest/globals';
import { bytesToBase64url } from '../encoding/bytes.js';
import { decideGiveConsent } from '../consent/give.js';
import { actor, command, consent, context, DIGEST, NOW, signed } from '../example.fixture.js';
import { keyIds } from '../signing/keys.js';
import { addMinutes } from '../values/time.js';
import type { Actor } from '../nouns/actor.js';
import type { FormerKeys } from '../nouns/former-keys.js';
import { decideConfirmReenrolment } from './confirm-reenrolment.js';
import { decideReenrol } from './reenrol.js';
import type { PendingReenrolment } from '../nouns/reenrolment.js';
import { decideRevoke } from './revoke.js';
import { decideRotate, formerKeys } from './rotate.js';

const keysOf = (fill: number) => ({
  ed25519: bytesToBase64url(new Uint8Array(32).fill(fill)),
  mlDsa65: bytesToBase64url(new Uint8Array(1952).fill(fill)),
});
const OLD = actor('lab.technician', 'LabMSP', 'lab').keys;
const NEW = keysOf(7);
const proof = '{}';

const technician = actor('lab.technician', 'LabMSP', 'lab');

describe('new keys in the place of old ones', () => {
  const rotate = (keys = NEW, former?: FormerKeys, holders: readonly KeyHolder[] = []) =>
    decideRotate(
      { holder: technician, former, holders },
      command(technician.id, { keys, proof }),
      context(technician),
    );

  test('are the actor’s from then on, and the old ones are remembered with their time', () => {
    const later = addMinutes(NOW, 5);
    const decision = decideRotate(
      { holder: technician, former: undefined, holders: [] },
      command(technician.id, { keys: NEW, proof }),
      context(technician, { transactionTime: later }),
    );
    expect(decision).toMatchObject({
      decision: 'permitted',
      changes: [
        { noun: 'actor', keys: NEW, keysSince: later, roles: ['lab'] },
        {
          noun: 'former-keys',
          kid: keyIds(OLD).ed25519,
          keys: OLD,
          from: NOW,
          until: later,
          end: 'rotated',
        },
        ...heldBy(technician.id, NEW),
      ],
    });
  });

  test('are both new: neither of them is one that the actor has or had', () => {
    const reused = { decision: 'refused', reasons: [{ code: 'KEY_REUSED' }] };
    expect(rotate({ ...NEW, ed25519: OLD.ed25519 })).toMatchObject(reused);
    expect(rotate({ ...NEW, mlDsa65: OLD.mlDsa65 })).toMatchObject(reused);
    const former = {
      noun: 'former-keys',
      actor: technician.id,
      kid: keyIds(NEW).ed25519,
      keys: NEW,
      from: NOW,
      until: NOW,
      endedBy: signed(technician.id),
      end: 'rotated',
    } as const;
    expect(rotate(NEW, former)).toMatchObject(reused);
    const [, signing] = heldBy(technician.id, NEW);
    expect(rotate(NEW, undefined, signing ? [signing] : [])).toMatchObject(reused);
  });
});

describe('a key', () => {
  test('belongs to one actor for ever: nobody else takes one of the two', () => {
    for (const holder of heldBy('lab.other', NEW)) {
      const decision = decideRotate(
        { holder: technician, former: undefined, holders: [holder] },
        command(technician.id, { keys: NEW, proof }),
        context(technician),
      );
      expect(decision).toMatchObject({
        reasons: [{ code: 'KEY_TAKEN', subject: `key ${holder.kid}`, found: 'actor lab.other' }],
      });
    }
  });

  test('that an actor takes is the actor’s from then on', () => {
    const decision = decideRotate(
      { holder: technician, former: undefined, holders: [] },
      command(technician.id, { keys: NEW, proof }),
      context(technician),
    );
    expect(decision).toMatchObject({ decision: 'permitted' });
    const changes = decision.decision === 'permitted' ? decision.changes : [];
    expect(changes).toEqual(expect.arrayContaining([...heldBy(technician.id, NEW)]));
  });
});

describe('a patient who lost the keys', () => {
  const registrar = actor('hospital.registrar', 'HospitalMSP', 'registrar');
  const clinician = actor('hospital.clinician', 'HospitalMSP', 'clinician');
  const patient = actor('patient-1', 'HospitalMSP', 'patient');
  const asked = signed(registrar.id);
  const pending: PendingReenrolment = {
    noun: 'reenrolment',
    patient: patient.id,
    keys: NEW,
    asked,
  };
  const ask = (of: Actor | undefined, by = registrar) =>
    decideReenrol(
      { patient: of, former: undefined, holders: [] },
      command(by.id, { patient: patient.id, keys: NEW, proof }),
      context(by),
    );
  const confirm = (
    of: Actor,
    by = clinician,
    found: PendingReenrolment | undefined = pending,
    kid = keyIds(NEW).ed25519,
  ) =>
    decideConfirmReenrolment(
      { patient: of, pending: found, former: undefined, holders: [] },
      command(by.id, { patient: patient.id, kid }),
      context(by),
    );

  test('keeps the old ones until a clinician confirms the registrar’s request', () => {
    const decided = ask(patient);
    expect(decided).toMatchObject({ changes: [{ noun: 'reenrolment', keys: NEW }] });
    expect(decided.decision === 'permitted' && decided.changes).toHaveLength(1);
  });

  test('is shown who vouched for the new ones', () => {
    const decision = confirm(patient);
    expect(decision).toMatchObject({
      changes: [
        {
          noun: 'actor',
          keys: NEW,
          reenrolments: [
            {
              registrar: { actor: registrar.id },
              clinician: { actor: clinician.id },
              consentFrom: addMinutes(NOW, 72 * 60),
            },
          ],
        },
        { noun: 'former-keys', keys: OLD, end: 're-enrolled' },
        ...heldBy(patient.id, NEW),
      ],
    });
  });

  test('signs again after a revocation, which stays in the record', () => {
    const revocation = { at: NOW, by: registrar.id, reason: 'key-lost' };
    const decided = confirm({ ...patient, revocation });
    const [renewed] = decided.decision === 'permitted' ? decided.changes : [];
    expect(renewed).toMatchObject({ formerRevocations: [revocation] });
    expect(renewed).not.toHaveProperty('revocation');
  });

  test('who is none is not re-enrolled, by either half', () => {
    const none = actor('patient-1', 'HospitalMSP', 'nurse');
    expect(ask(none)).toMatchObject({ reasons: [{ code: 'NOT_A_PATIENT' }] });
    expect(confirm(none)).toMatchObject({ reasons: [{ code: 'NOT_A_PATIENT' }] });
  });

  test('is re-enrolled with the keys that the registrar named, once', () => {
    const refused = (decided: ReturnType<typeof confirm>) =>
      decided.decision === 'refused' ? decided.reasons.map(({ code }) => code) : [];
    expect(refused(confirm(patient, clinician, pending, DIGEST))).toEqual(['OTHER_KEYS']);
    expect(refused(confirm({ ...patient, keys: NEW }))).toEqual(['KEY_REUSED']);
    const former = formerKeys({ ...patient, keys: NEW }, context(patient), asked, 'rotated');
    const rotatedSince = decideConfirmReenrolment(
      { patient: { ...patient, keys: keysOf(8) }, pending, former, holders: [] },
      command(clinician.id, { patient: patient.id, kid: keyIds(NEW).ed25519 }),
      context(clinician),
    );
    expect(refused(rotatedSince)).toEqual(['KEY_REUSED']);
    const none = decideConfirmReenrolment(
      { patient, pending: undefined, former: undefined, holders: [] },
      command(clinician.id, { patient: patient.id, kid: DIGEST }),
      context(clinician),
    );
    expect(refused(none)).toEqual(['NOT_REENROLLED']);
  });

  test('gives no consent with the new ones for 72 hours', () => {
    const reenrolments = [
      { registrar: asked, clinician: asked, consentFrom: addMinutes(NOW, 72 * 60) },
    ];
    const renewed = { ...patient, keys: NEW, reenrolments };
    const form = { id: 'information', version: '1.0', language: 'de-DE', digest: DIGEST };
    const give = (minutes: number) =>
      decideGiveConsent(
        { ofPurpose: [consent('requested', { form })] },
        command(patient.id, {
          purpose: 'TREATMENT_MANUFACTURE',
          consent: 'consent-1',
          formDigest: DIGEST,
          renderedCommitment: DIGEST,
          clauses: [{ clause: 'purpose', agreed: true }],
        }),
        context(renewed, { transactionTime: addMinutes(NOW, minutes) }),
      );
    expect(give(72 * 60 - 1)).toMatchObject({ reasons: [{ code: 'KEYS_TOO_NEW' }] });
    expect(give(72 * 60)).toMatchObject({ decision: 'permitted' });
  });
});

describe('a compromise', () => {
  const registrar = actor('lab.registrar', 'LabMSP', 'registrar');
  const technician = actor('lab.technician', 'LabMSP', 'lab');
  const revoke = (target: Actor, since?: string) =>
    decideRevoke(
      { target, organisation: undefined },
      command(registrar.id, {
        actor: target.id,
        reason: 'key-compromised' as const,
        ...(since === undefined ? {} : { compromisedSince: since }),
      }),
      context(registrar),
    );
  const hour = addMinutes(NOW, -60);

  test('is said with the revocation, from a moment that has passed', () => {
    expect(revoke(technician, hour)).toMatchObject({
      changes: [{ revocation: { at: NOW, compromisedSince: hour } }],
    });
    expect(revoke(technician, addMinutes(NOW, 1))).toMatchObject({
      reasons: [{ code: 'COMPROMISED_IN_FUTURE' }],
    });
  });

  test('that is found later is added to the revocation, whose time stays', () => {
    const left = { at: addMinutes(NOW, -30), by: registrar.id, reason: 'left' };
    const gone = { ...technician, revocation: left };
    expect(revoke(gone, hour)).toMatchObject({
      changes: [{ revocation: { at: left.at, compromisedSince: hour } }],
    });
    const known = { ...gone, revocation: { ...left, compromisedSince: hour } };
    expect(revoke(known, addMinutes(hour, -1))).toMatchObject({ decision: 'permitted' });
    for (const since of [undefined, hour, addMinutes(hour, 1)])
      expect(revoke(known, since)).toMatchObject({ reasons: [{ code: 'ALREADY_REVOKED' }] });
  });
});
