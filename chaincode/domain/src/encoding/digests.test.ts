import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { type Place, PLACES, placesIn } from '../body-schemas.fixture.js';
import { sha256Base64url, sha256Hex } from './bytes.js';
import { digest } from '../values/identifiers.js';

/** Why nobody learns anything by guessing what a digest, or a value that looks like one, was made of. */
type Why = 'keyed' | 'public document' | 'salted commitment' | 'random input';

const DECLARED: Readonly<Record<string, Why>> = {
  // forms are published before anybody is asked with them
  'consent:GiveConsent.formDigest': 'public document',
  'consent:GiveConsent.renderedCommitment': 'salted commitment',
  'consent:AgreeAsProxy.formDigest': 'public document',
  'consent:AgreeAsProxy.renderedCommitment': 'salted commitment',
  'consent:EnrolProxy.authority': 'salted commitment',
  'consent:RecordAssent.interpreter': 'salted commitment',
  'consent:RecordAssent.scan': 'salted commitment',
  'consent:RecordConsent.formDigest': 'public document',
  'consent:RecordConsent.interpreter': 'salted commitment',
  'consent:RecordConsent.renderedCommitment': 'salted commitment',
  'consent:RecordConsent.scan': 'salted commitment',
  'consent:RecordNo.interpreter': 'salted commitment',
  'consent:RecordNo.scan': 'salted commitment',
  'consent:RenewConsent.formDigest': 'public document',
  'consent:RenewConsent.renderedCommitment': 'salted commitment',
  'consent:RevokeConsent.evidence': 'salted commitment',
  'consent:RequestConsent.form.digest': 'public document',
  // a command's id: its payload has a nonce of 16 random bytes
  'manufacturing:ConfirmSignature.command': 'random input',
  'care:AuthoriseDose.alarmsSeen': 'random input',
  'care:OverrideDose.alarmsSeen': 'random input',
  'care:DecideToGoOn.alarmsSeen': 'random input',
  'care:VerifyBedside.alarmsSeen': 'random input',
  'quality:DismissAlarms.alarms': 'random input',
  'quality:AnnulRecord.command': 'random input',
  // of a pack that holds signed commands, whose nonces are random
  'quality:RecordInspection.pack': 'random input',
  // software that is released, the same for every patient
  'manufacturing:ReportStep.pipeline.container': 'public document',
  'manufacturing:ReportStep.pipeline.model': 'public document',
  'manufacturing:ReportStep.sequenceCommitment': 'salted commitment',
  // a command's, whose nonce is random
  'quality:StateAlert.command': 'random input',
  'registry:Bootstrap.root': 'public document',
  // a public key's thumbprint
  'registry:ConfirmReenrolment.kid': 'random input',
  // a command's, whose nonce is random
  'registry:ConfirmRevocation.asked': 'random input',
  // under a key that the programme's registrars share
  'registry:EnrolActor.person': 'keyed',
  // an HMAC under a key of 32 random bytes
  'registry:EnrolActor.personKey': 'random input',
  // of a certificate, with salt
  'registry:RecordTraining.evidence': 'salted commitment',
  'registry:RestatePerson.person': 'keyed',
  'registry:RestatePerson.personKey': 'random input',
  'registry:SharePersonKey.key': 'random input',
  'registry:SharePersonKey.replaces': 'random input',
  'registry:Propose.change.hash': 'public document',
  // the proposal stands on the ledger in full
  'registry:Vote.change': 'public document',
  // what patients are told of a process, the same for every one
  'process:Publish.definition.patientWords.digest': 'public document',
  'therapy:MigrateProcess.process.hash': 'public document',
  'therapy:OrderTherapy.process.hash': 'public document',
};

const BYTES = ['one', 'two', 'three'].map((text) => sha256Hex(text));
const hexToBase64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');
const SPELLINGS = [
  ...['one', 'two', 'three'].map((text) => sha256Base64url(text)),
  ...BYTES,
  ...BYTES.map((hex) => hex.toUpperCase()),
  ...BYTES.map((hex) => `sha256:${hex}`),
  ...BYTES.map(hexToBase64),
];

/** Whether a string's pattern takes 256 bits in a usual spelling, and not one character less. */
function takesDigests({ schema }: Place): boolean {
  const patterns = [schema['pattern']].filter((each) => typeof each === 'string');
  return patterns.some((pattern) => {
    const expression = new RegExp(pattern);
    return SPELLINGS.some((each) => expression.test(each) && !expression.test(each.slice(0, -1)));
  });
}

/** The field that a place describes: `consent:RequestConsent.form.digest`. */
function fieldOf({ path }: Place): string {
  return path.replaceAll(
    /\.(?:properties|items|oneOf|anyOf|allOf|additionalProperties)\b|\[\d+\]/g,
    '',
  );
}

const digestsIn = (places: readonly Place[]) => [
  ...new Set(places.filter(takesDigests).map(fieldOf)),
];

describe('digests in the bodies of commands', () => {
  test('are each declared: of a public document, of random input, or a salted commitment', () => {
    expect(digestsIn(PLACES).sort()).toEqual(Object.keys(DECLARED).sort());
  });

  test.each([
    ['base64url', digest],
    ['hexadecimal', z.string().regex(/^[0-9a-f]{64}$/)],
    ['an image digest', z.string().regex(/^sha256:[0-9a-f]{64}$/)],
    ['base64', z.string().regex(/^[A-Za-z0-9+/]{43}=$/)],
  ])('are found in %s, wherever they stand', (_name, schema) => {
    const body = z.strictObject({ seen: z.array(z.strictObject({ by: schema.optional() })) });
    expect(digestsIn(placesIn(z.toJSONSchema(body, { io: 'input' }), 'x:Y'))).toEqual([
      'x:Y.seen.by',
    ]);
  });
});
