/** What nodes of the network answered, or that they did not, when a call failed. */
export interface PeerAnswers {
  /** what each node said that the failure names, then what the failure says as a whole */
  readonly texts: readonly string[];
  /** MSP ids of the members whose nodes the failure names */
  readonly mspIds: readonly string[];
  /** whether the call is known not to have reached any node */
  readonly notSent?: boolean;
  readonly cause?: unknown;
}

/** A call of the network that failed, whichever client library made it. */
export class PeerError extends Error {
  override readonly name: string = 'PeerError';
  readonly texts: readonly string[];
  readonly mspIds: readonly string[];
  readonly notSent: boolean;

  constructor({ texts, mspIds, notSent = false, cause }: PeerAnswers) {
    super(texts.join('; '), { cause });
    this.texts = texts;
    this.mspIds = [...new Set(mspIds)];
    this.notSent = notSent;
  }
}

/** A peer that answers and has not yet committed what this ledger has already seen committed. */
export class PeerBehind extends PeerError {
  override readonly name = 'PeerBehind';

  constructor(message: string, mspId: string) {
    super({ texts: [message], mspIds: [mspId] });
  }
}
