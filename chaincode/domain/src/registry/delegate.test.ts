import { describe, expect, test } from '@jest/globals';
import { actor, command, context, NOW, signed } from '../example.fixture.js';
import type { Role } from '../values/roles.js';
import { addMinutes } from '../values/time.js';
import type { Actor } from '../nouns/actor.js';
import { attribute } from './attribution.js';
import { decideCloseSession } from './close-session.js';
import { decideOpenSession, openSession, type OpenSessionState } from './open-session.js';
import type { DelegableType } from '../commands/command.js';
import type { Session } from '../nouns/session.js';

const nurse = actor('hospital.nurse', 'HospitalMSP', 'nurse', 'clinician');
const scanner: Actor = {
  ...actor('hospital.scanner', 'HospitalMSP', 'nurse', 'pharmacist'),
  kind: 'device',
};
const receive: DelegableType = {
  type: 'custody:ReceiveItem',
  signature: 'delegable',
  roles: ['nurse', 'pharmacist'],
};
const verify: DelegableType = { type: 'care:VerifyBedside', signature: 'own', roles: ['nurse'] };
const measure: DelegableType = {
  type: 'custody:RecordReadings',
  signature: 'device',
  roles: ['nurse'],
};
const session: Session = {
  noun: 'session',
  device: scanner.id,
  principal: nurse.id,
  organisation: 'HospitalMSP',
  types: [receive.type],
  opened: signed(nurse.id),
  until: addMinutes(NOW, 60),
};
const codes = (decided: ReturnType<typeof decideOpenSession>) =>
  decided.decision === 'refused' ? decided.reasons.map(({ code }) => code) : [decided.decision];

describe('a session', () => {
  function open(rest: Partial<OpenSessionState> = {}, by = nurse, type = receive) {
    const body = { device: scanner.id, types: [type.type], minutes: 720 };
    const state = { device: scanner, session: undefined, types: [type], ...rest };
    return decideOpenSession(state, command(by.id, body), context(by));
  }

  test('lets one device sign some types for a person, for 12 hours at most', () => {
    expect(open()).toMatchObject({
      changes: [
        {
          noun: 'session',
          principal: nurse.id,
          until: addMinutes(NOW, 720),
          types: [receive.type],
        },
      ],
    });
    const body = { device: scanner.id, types: [receive.type], minutes: 721 };
    expect(openSession.body.safeParse(body).success).toBe(false);
  });

  test('is not for what only the person may sign, which the refusal names', () => {
    expect(open({}, nurse, verify)).toMatchObject({
      reasons: [{ code: 'NOT_DELEGABLE', subject: 'type care:VerifyBedside' }],
    });
  });

  test.each<[string, Partial<OpenSessionState>, string]>([
    ['one that holds a session', { session }, 'SESSION_OPEN'],
    ['a person', { device: nurse }, 'NOT_A_DEVICE'],
    ['nobody', { device: undefined }, 'NOT_A_DEVICE'],
    ['one of another member', { device: { ...scanner, organisation: 'LabMSP' } }, 'FOREIGN_ACTOR'],
    [
      'one that was revoked',
      { device: { ...scanner, revocation: { at: NOW, by: 'r', reason: 'left' } } },
      'DEVICE_REVOKED',
    ],
    ['one without the role', { device: { ...scanner, roles: ['courier'] } }, 'ROLE_NOT_SHARED'],
    ['one for a type there is not', { types: [undefined] }, 'UNKNOWN_TYPE'],
  ])('is refused to %s', (_name, rest, code) => {
    expect(codes(open(rest))).toContain(code);
  });

  test('needs one role that both have: the person’s and another of the device’s do not do', () => {
    const roles: readonly Role[] = ['pharmacist'];
    const pharmacyOnly = { ...scanner, roles };
    expect(codes(open({ device: pharmacyOnly }))).toEqual(['ROLE_NOT_SHARED']);
  });

  test('is opened by a person, not by a device that would go on delegating', () => {
    expect(codes(open({}, { ...nurse, kind: 'service' }))).toEqual(['NOT_A_PERSON']);
  });

  test('takes the place of one that has ended', () => {
    expect(codes(open({ session: { ...session, until: NOW } }))).toEqual(['permitted']);
    const closed = { ...session, closed: signed(nurse.id) };
    expect(codes(open({ session: closed }))).toEqual(['permitted']);
  });

  describe('is closed', () => {
    const close = (by: Actor, of: Session | undefined = session) =>
      decideCloseSession({ session: of }, command(by.id, { device: scanner.id }), context(by));
    const registrar = actor('hospital.registrar', 'HospitalMSP', 'registrar');

    test.each([
      ['the person', nurse],
      ['the device', scanner],
      ['a registrar', registrar],
    ] as const)('by %s', (_name, by) => {
      expect(close(by)).toMatchObject({ changes: [{ closed: { actor: by.id } }] });
    });

    test.each([
      ['a colleague', actor('hospital.clinician', 'HospitalMSP', 'clinician')],
      ['a registrar of another member', actor('lab.registrar', 'LabMSP', 'registrar')],
    ])('not by %s', (_name, by) => {
      expect(close(by)).toMatchObject({ reasons: [{ code: 'NOT_YOUR_SESSION' }] });
    });

    test('once', () => {
      const closed = { ...session, closed: signed(nurse.id) };
      expect(close(nurse, closed)).toMatchObject({ reasons: [{ code: 'NO_OPEN_SESSION' }] });
    });
  });
});

describe('what a device signs', () => {
  const open = { session, principal: nurse };
  const none = { session: undefined, principal: undefined };
  const by = (type: DelegableType, state: Parameters<typeof attribute>[2], time = NOW) =>
    attribute(scanner, type, state, time);

  test('under a session is the person’s entry, in the roles that both have', () => {
    expect(by(receive, open)).toMatchObject({
      principal: nurse.id,
      actor: { id: scanner.id, roles: ['nurse'] },
    });
  });

  test('is never an electronic signature, session or not', () => {
    expect(() => by(verify, open)).toThrow(/^SIGNATURE_NOT_DELEGABLE: .*care:VerifyBedside/);
    expect(() => by(verify, none)).toThrow('SIGNATURE_NOT_DELEGABLE');
  });

  test('by itself is only what it measured', () => {
    expect(by(measure, none)).toEqual({ actor: scanner, principal: scanner.id });
    expect(by(measure, open)).toEqual({ actor: scanner, principal: scanner.id });
    expect(() => by(receive, none)).toThrow('SESSION_REQUIRED');
  });

  test('counts no longer than the session, its types and its person', () => {
    expect(() => by(receive, open, session.until)).toThrow(
      new RegExp(`^SESSION_REQUIRED: .*open at ${session.until}.*one until ${session.until}`),
    );
    const closed = { ...session, closed: signed(nurse.id) };
    expect(() => by(receive, { ...open, session: closed })).toThrow('SESSION_REQUIRED');
    const revocation = { at: NOW, by: 'r', reason: 'left' };
    expect(() => by(receive, { ...open, principal: { ...nurse, revocation } })).toThrow(
      'SESSION_REQUIRED',
    );
    expect(() => by({ ...receive, type: 'custody:ReleaseItem' }, open)).toThrow('SESSION_TYPE');
    expect(() => by({ ...receive, roles: ['pharmacist'] }, open)).toThrow('ROLE_MISSING');
  });

  test('is asked of devices only: people and services answer for themselves', () => {
    expect(attribute(nurse, verify, none, NOW)).toEqual({ actor: nurse, principal: nurse.id });
    const service: Actor = { ...nurse, id: 'hospital.import', kind: 'service' };
    expect(attribute(service, receive, none, NOW)).toMatchObject({ principal: service.id });
    expect(() => attribute(service, verify, none, NOW)).toThrow(
      /^SIGNATURE_NOT_DELEGABLE: .*service hospital.import/,
    );
  });
});
