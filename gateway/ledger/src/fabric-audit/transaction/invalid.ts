import type { peer } from '@hyperledger/fabric-protos';

export type TxValidationCode = peer.TxValidationCodeMap[keyof peer.TxValidationCodeMap];

/** A transaction that a peer must not take as valid: with the code that it must note, and why. */
export class InvalidTransaction extends Error {
  readonly code: TxValidationCode;

  constructor(code: TxValidationCode, message: string) {
    super(message);
    this.name = 'InvalidTransaction';
    this.code = code;
  }
}

/** Does something, and calls a failure by a code. */
export function orInvalid<T>(code: TxValidationCode, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof InvalidTransaction) throw error;
    throw new InvalidTransaction(code, error instanceof Error ? error.message : String(error));
  }
}
