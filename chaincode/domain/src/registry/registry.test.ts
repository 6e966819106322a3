import { describe, expect, test } from '@jest/globals';
import { actor, command, context, DIGEST, NOW } from '../example.fixture.js';
import type { Role } from '../values/roles.js';
import { bootstrap, decideBootstrap, founderRegistrar } from './bootstrap.js';
import { decideRevoke } from './revoke.js';
import { type ConsortiumRoot, readConsortiumRoot, rootDigest } from '../nouns/consortium-root.js';

const keys = { ed25519: 'A'.repeat(43), mlDsa65: 'A'.repeat(2603) };
const member = (id: string, grantable: Role[] = ['lab']) => ({
  id,
  country: 'DE',
  grantable,
  registrar: { actor: `${id.toLowerCase()}.registrar`, keys },
});
const root: ConsortiumRoot = {
  v: 1,
  network: DIGEST,
  organisations: [member('LabMSP'), member('HospitalMSP', ['nurse', 'patient'])],
  processes: [{ id: 'example', version: '1.0', hash: DIGEST }],
};
const registrar = actor('labmsp.registrar', 'LabMSP', 'registrar');

describe('the consortium root', () => {
  test('is what its founders agreed on, in a closed form', () => {
    expect(readConsortiumRoot(root)).toEqual(root);
  });

  test.each([
    ['no member', { ...root, organisations: [] }],
    ['another version', { ...root, v: 2 }],
    ['a network named in words', { ...root, network: 'programme' }],
    ['a member that may grant nothing', { ...root, organisations: [member('LabMSP', [])] }],
    ['a member without an MSP id', { ...root, organisations: [member('lab')] }],
    ['a process without its hash', { ...root, processes: [{ id: 'example', version: '1.0' }] }],
    ['a field that nobody agreed on', { ...root, administrator: 'somebody' }],
  ])('has not %s', (_name, other) => {
    expect(() => readConsortiumRoot(other)).toThrow(/^SCHEMA_VIOLATION: .*"field":"root/);
  });

  test('has one digest, in whatever order it is written, and another for another root', () => {
    const { v, network, organisations, processes } = root;
    expect(rootDigest({ processes, organisations, network, v })).toBe(rootDigest(root));
    expect(rootDigest({ ...root, processes: [] })).not.toBe(rootDigest(root));
  });
});

describe('the bootstrap', () => {
  const decide = (digest: string, existing: Parameters<typeof decideBootstrap>[0]['existing']) =>
    decideBootstrap(
      { existing },
      command(registrar.id, { root: digest }, { type: bootstrap.type }),
      context(registrar, { root }),
    );

  test('writes the root, its members and their registrars, who are nothing else', () => {
    const decided = decide(rootDigest(root), undefined);
    const written = decided.decision === 'permitted' ? decided.changes : [];
    expect(written.map(({ noun }) => noun)).toEqual([
      'root',
      'governance',
      'organisation',
      'actor',
      'key-holder',
      'key-holder',
      'organisation',
      'actor',
      'key-holder',
      'key-holder',
    ]);
    expect(written.filter(({ noun }) => noun === 'actor')).toMatchObject([
      { id: 'labmsp.registrar', organisation: 'LabMSP', roles: ['registrar'] },
      { id: 'hospitalmsp.registrar', organisation: 'HospitalMSP', roles: ['registrar'] },
    ]);
  });

  test('is refused for another root, and once it was done', () => {
    expect(decide(DIGEST, undefined)).toMatchObject({ reasons: [{ code: 'ROOT_DIFFERS' }] });
    const existing = {
      noun: 'root',
      digest: rootDigest(root),
      network: DIGEST,
      bootstrappedBy: registrar.id,
      at: NOW,
    } as const;
    expect(decide(rootDigest(root), existing)).toMatchObject({
      reasons: [{ code: 'ALREADY_BOOTSTRAPPED' }],
    });
  });

  test('enrols each registrar under the keys that the root names', () => {
    expect(founderRegistrar(member('LabMSP'), NOW)).toMatchObject({ keys, enrolledAt: NOW });
  });
});

describe('a revocation', () => {
  const revoke = (
    target: Parameters<typeof decideRevoke>[0]['target'],
    organisation?: Parameters<typeof decideRevoke>[0]['organisation'],
  ) =>
    decideRevoke(
      { target, organisation },
      command(registrar.id, { actor: 'lab.technician', reason: 'left' as const }),
      context(registrar),
    );
  const technician = actor('lab.technician', 'LabMSP', 'lab');
  const revocation = { at: NOW, by: registrar.id, reason: 'left' };

  test('is the registrar’s of the actor’s own organisation', () => {
    expect(revoke(technician)).toEqual({
      decision: 'permitted',
      changes: [{ ...technician, revocation }],
    });
  });

  test('of a registrar takes them from those who sign for the organisation, and leaves one', () => {
    const colleague = actor('lab.second', 'LabMSP', 'registrar');
    const organisation = {
      noun: 'organisation',
      id: 'LabMSP',
      country: 'DE',
      grantable: ['lab'],
      registrars: [registrar.id, colleague.id],
      standing: 'active',
    } as const;
    expect(revoke(colleague, organisation)).toMatchObject({
      changes: [{ registrars: [registrar.id] }, { id: colleague.id, revocation }],
    });
    const alone = { ...organisation, registrars: [registrar.id] };
    expect(revoke(registrar, alone)).toMatchObject({ reasons: [{ code: 'LAST_REGISTRAR' }] });
  });

  test.each([
    ['NO_SUCH_ACTOR', undefined],
    ['ALREADY_REVOKED', { ...technician, revocation }],
  ])('is refused: %s', (code, target) => {
    expect(revoke(target)).toMatchObject({ decision: 'refused', reasons: [{ code }] });
  });
});
