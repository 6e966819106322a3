import { describe, expect, test } from '@jest/globals';
import { signatureKind } from './signature-kinds.js';

describe('a signature', () => {
  test.each([
    'consent:GiveConsent',
    'manufacturing:CertifyBatch',
    'care:VerifyBedside',
    'registry:EnrolActor',
  ])('under %s is its signer’s own each time', (type) => {
    expect(signatureKind(type)).toBe('own');
  });

  test.each(['custody:ReleaseItem', 'custody:RecordReadings'])(
    'under %s may be given while keys are open',
    (type) => {
      expect(signatureKind(type)).toBe('delegable');
    },
  );

  test('of what is no type of command is nobody’s to give for another', () => {
    expect(signatureKind('care:OverrideInterlock')).toBe('own');
  });
});
