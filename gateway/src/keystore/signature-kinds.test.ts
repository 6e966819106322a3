import { describe, expect, test } from '@jest/globals';
import { commandTypes } from '../commands/command-types.js';
import { signatureKind } from './signature-kinds.js';

describe('a signature', () => {
  test('is its signer’s own for consent, release, recall, the bedside and registrars, and nothing else', () => {
    const own = commandTypes()
      .map(({ type }) => type)
      .filter((type) => signatureKind(type) === 'own');
    expect(own.sort()).toEqual([
      'care:AuthoriseDose',
      'care:VerifyBedside',
      'consent:GiveConsent',
      'consent:RefuseConsent',
      'consent:WithdrawConsent',
      'manufacturing:ApproveDesign',
      'manufacturing:CertifyBatch',
      'manufacturing:ConfirmSignature',
      'manufacturing:LiftHold',
      'manufacturing:RecallBatch',
      'manufacturing:RecordDisposition',
      'manufacturing:ReviewBatch',
      'process:Publish',
      'registry:Bootstrap',
      'registry:ConfirmReenrolment',
      'registry:EnrolActor',
      'registry:OpenSession',
      'registry:ReenrolPatient',
      'registry:RevokeActor',
      'registry:RotateKeys',
    ]);
  });

  test('of what is no type of command is nobody’s to give for another', () => {
    expect(signatureKind('care:OverrideInterlock')).toBe('own');
    expect(signatureKind('custody:ReleaseItem')).toBe('delegable');
  });
});
