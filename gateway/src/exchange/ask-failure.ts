/** Why a member did not give an annex. */
export type AskFault =
  /** no connection to it was made, or it broke */
  | 'unreachable'
  | 'timed-out'
  /** who answers is not certified by the member's TLS authority, or speaks another TLS */
  | 'untrusted'
  /** it showed a certificate that its TLS authority has revoked */
  | 'revoked'
  | 'not-held'
  | 'refused'
  /** it failed, or answered what is no annex */
  | 'garbage'
  /** it answered an annex whose digest is another one */
  | 'another-annex'
  | 'too-large';

const TOLD: Readonly<Record<AskFault, string>> = {
  unreachable: 'cannot be reached',
  'timed-out': 'did not answer in time',
  untrusted: 'did not prove to be the member',
  revoked: 'showed a revoked certificate',
  'not-held': 'does not hold it',
  refused: 'refuses to give it',
  garbage: 'answered what is no annex',
  'another-annex': 'answered another annex',
  'too-large': 'answered more than an annex may hold',
};

/** An annex that a member did not give. */
export class AskFailure extends Error {
  readonly fault: AskFault;

  constructor(member: string, fault: AskFault, options?: ErrorOptions) {
    super(`${member} ${TOLD[fault]}`, options);
    this.name = 'AskFailure';
    this.fault = fault;
  }

  /** Whether the member may give it later: it did not come to an answer. */
  get passing(): boolean {
    return ['unreachable', 'timed-out', 'untrusted', 'revoked'].includes(this.fault);
  }
}
