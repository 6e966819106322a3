/** A process definition that members agreed on by votes; it can be published from then on. */
export interface AgreedProcess {
  readonly noun: 'agreed-process';
  readonly id: string;
  readonly version: string;
  /** SHA-256 of the definition's canonical form, base64url */
  readonly hash: string;
  readonly proposal: string;
  readonly at: string;
}
