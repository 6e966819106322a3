import { VALIDATION, type LedgerTransaction } from '@veinledger/chaincode/replay';
import { readAction } from './action.js';
import { readEnvelope } from './envelope.js';
import { readReadWriteSet } from './read-write-set.js';

/** Where a transaction stands, and what the validators made of it. */
export type Place = Pick<LedgerTransaction, 'block' | 'index' | 'validationCode'>;

/**
 * Reads a serialised `Envelope` of a block; undefined when it does not concern the chaincode: it neither
 * calls it nor writes its keys. Anybody who may write to the channel can have garbage ordered, which
 * validators mark invalid: that is skipped too.
 * Throws an Error that names block and index when a valid transaction cannot be read.
 */
export function readTransaction(
  envelope: Uint8Array,
  place: Place,
  chaincode: string,
): LedgerTransaction | undefined {
  try {
    return readConcerned(envelope, place, chaincode);
  } catch (cause) {
    if (place.validationCode !== VALIDATION.VALID) return undefined;
    const where = `block ${place.block} transaction ${place.index}`;
    throw new Error(`${where} cannot be read: ${String(cause)}`, { cause });
  }
}

function readConcerned(
  bytes: Uint8Array,
  place: Place,
  chaincode: string,
): LedgerTransaction | undefined {
  const envelope = readEnvelope(bytes);
  if (envelope === undefined) return undefined;
  const { readWriteSet, ...action } = readAction(envelope.transaction);
  const set = readReadWriteSet(readWriteSet, chaincode);
  if (envelope.chaincode !== chaincode && set.writes.length === 0) return undefined;
  const { transactionId, timestamp, creator } = envelope;
  return { transactionId, ...place, timestamp, creator, ...action, ...set };
}
