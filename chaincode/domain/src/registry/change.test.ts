import { describe, expect, test } from '@jest/globals';
import { actor, definition, DIGEST, NOW } from '../example.fixture.js';
import { addMinutes } from '../values/time.js';
import { requiredAlgorithms } from './algorithm.js';
import { assess } from './apply-change.js';
import type { ChangeState } from './assessment.js';
import {
  type Change,
  change as changeSchema,
  changeDigest,
  CHANGE_KINDS,
} from '../nouns/change.js';
import { changeState, governanceOf, memberIds, organisation } from './governance.fixture.js';

const registrar = {
  actor: 'clinic.registrar',
  keys: { ed25519: 'A'.repeat(43), mlDsa65: 'A'.repeat(2603) },
  proof: '{}',
};
const admission: Change = {
  kind: 'admit-organisation',
  organisation: 'ClinicMSP',
  country: 'AT',
  grantable: ['patient', 'clinician'],
  registrar,
};
const ids = ['LabMSP', ...memberIds(2)];
const governance = governanceOf(ids);
const lab = organisation('LabMSP', { registrars: ['lab.registrar', 'lab.second'] });
const state = changeState(governance, { organisation: lab });
const of = (kind: 'suspend' | 'remove' | 'reinstate'): Change => {
  const subject = { organisation: 'LabMSP' } as const;
  if (kind === 'reinstate') return { kind: 'reinstate-organisation', ...subject };
  return { kind: `${kind}-organisation`, ...subject, reason: 'own-request' };
};
const appointment = (ends?: readonly string[], since?: string): Change => ({
  kind: 'appoint-registrar',
  organisation: 'LabMSP',
  registrar: { ...registrar, actor: 'lab.third' },
  ...(ends
    ? {
        ends: {
          actors: [...ends],
          reason: 'key-compromised',
          ...(since === undefined ? {} : { compromisedSince: since }),
        },
      }
    : {}),
});
const agreement: Change = {
  kind: 'agree-process',
  process: 'example',
  version: '1.1',
  hash: DIGEST,
};
const published = {
  noun: 'process',
  id: 'example',
  version: '1.1',
  hash: DIGEST,
  definition: definition(),
  publishedBy: 'a',
  at: NOW,
} as const;

const effect = { proposal: 'p-1', proposer: 'a', decider: 'b', transactionTime: NOW };
const effectOf = (asked: Change, on: ChangeState) => assess(asked, on, NOW).changes(effect);
const codes = (asked: Change, on: ChangeState) =>
  assess(asked, on, NOW).reasons.map(({ code }) => code);

describe('what members may decide', () => {
  test('is closed: another kind, a field more, or none at all is no change', () => {
    for (const wrong of [
      { ...agreement, kind: 'rewrite-history' },
      { ...agreement, force: true },
      { kind: 'set-country', organisation: 'LabMSP' },
    ]) {
      expect(changeSchema.safeParse(wrong).success).toBe(false);
    }
    expect(CHANGE_KINDS).toContain('admit-organisation');
  });

  test('has a digest that everything in it changes', () => {
    expect(changeDigest({ ...admission, country: 'DE' })).not.toBe(changeDigest(admission));
  });
});

describe('an organisation', () => {
  test('is admitted with its country, its roles, and a registrar who is nothing else', () => {
    const admitted = effectOf(admission, changeState(governance));
    expect(admitted.governance.members).toContainEqual({ id: 'ClinicMSP', standing: 'active' });
    expect(admitted.others).toMatchObject([
      { noun: 'organisation', id: 'ClinicMSP', country: 'AT', registrars: ['clinic.registrar'] },
      { noun: 'actor', organisation: 'ClinicMSP', roles: ['registrar'], enrolledBy: 'a' },
      { noun: 'key-holder' },
      { noun: 'key-holder' },
    ]);
  });

  test('is admitted once, by a registrar whose name is free', () => {
    expect(codes(admission, changeState(governance, { organisation: lab }))).toEqual([
      'ORGANISATION_EXISTS',
    ]);
    const taken = { registrar: actor('clinic.registrar', 'LabMSP', 'lab') };
    expect(codes(admission, changeState(governance, taken))).toEqual(['ACTOR_EXISTS']);
  });

  test.each([
    ['suspend', 'active', 'suspended'],
    ['reinstate', 'suspended', 'active'],
    ['reinstate', 'left', 'active'],
    ['remove', 'active', 'left'],
    ['remove', 'suspended', 'left'],
  ] as const)('%s: from %s it stands %s', (kind, before, after) => {
    const members = governanceOf(ids, { LabMSP: before });
    const from = changeState(members, { organisation: { ...lab, standing: before } });
    expect(assess(of(kind), from, NOW)).toMatchObject({
      replaces: { standing: before },
      reasons: [],
    });
    const changed = effectOf(of(kind), from);
    expect(changed.others).toMatchObject([{ noun: 'organisation', standing: after }]);
    expect(changed.governance.members).toContainEqual({ id: 'LabMSP', standing: after });
    expect(changed.governance.members).toHaveLength(ids.length);
  });

  test.each([
    ['suspend', 'suspended'],
    ['suspend', 'left'],
    ['reinstate', 'active'],
    ['remove', 'left'],
  ] as const)('%s: from %s it cannot', (kind, before) => {
    const from = changeState(governance, { organisation: { ...lab, standing: before } });
    expect(codes(of(kind), from)).toEqual(['OTHER_STANDING']);
  });

  test('is not one of the last two that goes', () => {
    const [other = ''] = memberIds(1);
    const two = changeState(governanceOf(['LabMSP', other]), { organisation: lab });
    for (const kind of ['suspend', 'remove'] as const) {
      expect(codes(of(kind), two)).toEqual(['LAST_MEMBERS']);
    }
  });

  test('that nobody knows is changed by nothing', () => {
    for (const asked of [of('suspend'), of('reinstate'), of('remove'), appointment()]) {
      expect(codes(asked, changeState(governance))).toEqual(['NOT_A_MEMBER']);
    }
  });

  test('gets the roles and the country that were voted on, and only other ones than before', () => {
    const roles = (...grantable: ('lab' | 'quality')[]): Change => ({
      kind: 'set-grantable-roles',
      organisation: 'LabMSP',
      grantable,
    });
    expect(effectOf(roles('quality'), state).others).toEqual([{ ...lab, grantable: ['quality'] }]);
    expect(codes(roles('lab', 'lab'), state)).toEqual(['NOTHING_CHANGES']);
    const moved: Change = { kind: 'set-country', organisation: 'LabMSP', country: 'AT' };
    expect(effectOf(moved, state).others).toEqual([{ ...lab, country: 'AT' }]);
    const left = changeState(governance, { organisation: { ...lab, standing: 'left' } });
    expect(codes(moved, left)).toEqual(['NOT_A_MEMBER']);
  });
});

describe('a registrar', () => {
  const second = actor('lab.second', 'LabMSP', 'registrar');
  const since = addMinutes(NOW, -60);

  test('is appointed beside the others, or in the place of those who lost their keys', () => {
    expect(effectOf(appointment(), state).others).toMatchObject([
      { registrars: ['lab.registrar', 'lab.second', 'lab.third'] },
      { id: 'lab.third', roles: ['registrar'] },
      { noun: 'key-holder' },
      { noun: 'key-holder' },
    ]);
    const ending = { ...state, ending: [second] };
    expect(effectOf(appointment([second.id], since), ending).others).toMatchObject([
      { registrars: ['lab.registrar', 'lab.third'] },
      { id: 'lab.third' },
      { noun: 'key-holder' },
      { noun: 'key-holder' },
      { id: second.id, revocation: { at: NOW, by: 'b', compromisedSince: since } },
    ]);
  });

  test('ends only where one is, and is not called compromised from a time to come', () => {
    expect(codes(appointment(['lab.technician']), state)).toEqual(['NOT_A_REGISTRAR']);
    const later = appointment([second.id], addMinutes(NOW, 1));
    expect(codes(later, state)).toEqual(['COMPROMISED_IN_FUTURE']);
    const taken = { ...state, registrar: actor('lab.third', 'LabMSP', 'lab') };
    expect(codes(appointment(), taken)).toEqual(['ACTOR_EXISTS']);
  });
});

describe('a signature algorithm', () => {
  const judged = changeState(governance);
  const retirement: Change = {
    kind: 'disallow-algorithm',
    algorithm: 'Ed25519',
    replacedBy: 'ML-DSA-65',
  };
  const ending = (notAfter: string, replacedBy?: string, algorithm = 'Ed25519'): Change => ({
    kind: 'require-algorithm',
    algorithm,
    notAfter,
    ...(replacedBy === undefined ? {} : { replacedBy }),
  });
  const required = (on: ChangeState['governance'], at = NOW) =>
    requiredAlgorithms(on.algorithms, at);

  test('is required, both of them, as the root says', () => {
    expect(required(governance)).toEqual(['EdDSA', 'ML-DSA-65']);
  });

  test('is disallowed by votes, and required again by votes', () => {
    const { governance: retired, others } = effectOf(retirement, judged);
    expect(others).toEqual([]);
    expect(required(retired)).toEqual(['ML-DSA-65']);
    const back: Change = { kind: 'require-algorithm', algorithm: 'Ed25519' };
    const renewed = assess(back, changeState(retired), NOW);
    expect(renewed.replaces).toMatchObject({
      algorithm: { id: 'Ed25519', status: 'disallowed' },
    });
    expect(required(renewed.changes(effect).governance)).toEqual(['EdDSA', 'ML-DSA-65']);
  });

  test('is required until its end, the last moment included, and not afterwards', () => {
    const end = addMinutes(NOW, 60);
    const { governance: until } = effectOf(ending(end), judged);
    expect(required(until, end)).toEqual(['EdDSA', 'ML-DSA-65']);
    expect(required(until, addMinutes(end, 1))).toEqual(['ML-DSA-65']);
  });

  test('is one that the verifiers check, and the last one without an end stays', () => {
    const unknown: Change = { kind: 'require-algorithm', algorithm: 'SLH-DSA-SHA2-128s' };
    expect(codes(unknown, judged)).toEqual(['ALGORITHM_UNKNOWN']);
    const alone = changeState(effectOf(retirement, judged).governance);
    const last: Change = { kind: 'disallow-algorithm', algorithm: 'ML-DSA-65' };
    const lastEnds = ending(addMinutes(NOW, 60), undefined, 'ML-DSA-65');
    expect(codes(last, alone)).toEqual(['NO_ALGORITHM_LEFT']);
    expect(codes(lastEnds, alone)).toEqual(['NO_ALGORITHM_LEFT']);
    expect(codes(ending(addMinutes(NOW, -1)), judged)).toEqual(['END_IS_PAST']);
    expect(codes(ending(addMinutes(NOW, 1), 'Ed448'), judged)).toEqual([
      'REPLACEMENT_NOT_REQUIRED',
    ]);
    expect(codes({ kind: 'require-algorithm', algorithm: 'Ed25519' }, judged)).toEqual([
      'NOTHING_CHANGES',
    ]);
  });
});

describe('a process definition', () => {
  test('is agreed on by its hash, in the place of another one that nobody published', () => {
    const before = changeState(governance, { agreed: `B${DIGEST.slice(1)}` });
    expect(assess(agreement, before, NOW).replaces).toEqual({ hash: before.agreed });
    expect(effectOf(agreement, before)).toMatchObject({
      governance,
      others: [{ noun: 'agreed-process', id: 'example', version: '1.1', hash: DIGEST }],
    });
  });

  test('that is published or agreed on already is not voted on', () => {
    expect(codes(agreement, changeState(governance, { published }))).toEqual(['PROCESS_IMMUTABLE']);
    expect(codes(agreement, changeState(governance, { agreed: DIGEST }))).toEqual([
      'NOTHING_CHANGES',
    ]);
  });
});
