/** Whether a command's signature may be given while keys are unlocked, or needs its actor's authenticator each time. */
export type SignatureKind = 'own' | 'delegable';

/** Contracts all of whose commands their actors sign themselves: registrars' commands and consent. */
const OWN_CONTRACTS = ['registry', 'process', 'consent'];

/** Electronic signatures in the sense of 21 CFR Part 11, besides. */
const OWN_TYPES = [
  'care:VerifyBedside',
  'care:AuthoriseDose',
  'manufacturing:ApproveDesign',
  'manufacturing:ReviewBatch',
  'manufacturing:CertifyBatch',
  'manufacturing:RecordDisposition',
  'manufacturing:LiftHold',
];

/** Every recall and every override, whatever it is about. */
const OWN_ACTS = /^[a-z]+:(?:Recall|Override)/;

/** How a type of command must be signed. */
export function signatureKind(type: string): SignatureKind {
  const [contract = ''] = type.split(':');
  const own = OWN_CONTRACTS.includes(contract) || OWN_TYPES.includes(type) || OWN_ACTS.test(type);
  return own ? 'own' : 'delegable';
}
