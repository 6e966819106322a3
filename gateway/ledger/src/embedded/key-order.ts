import { compareKeys } from '@veinledger/chaincode/replay';

/** Whether a key lies in `[startKey, endKey)`; an empty end key means no end. */
export function inRange(key: string, startKey: string, endKey: string): boolean {
  return compareKeys(key, startKey) >= 0 && (endKey === '' || compareKeys(key, endKey) < 0);
}

/** The smallest key after this one. */
export function successor(key: string): string {
  return `${key}\u0000`;
}
