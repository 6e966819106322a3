import type { Version } from '@veinledger/chaincode/replay';

/** A value of the state database with the place of the transaction that wrote it. */
export interface VersionedValue {
  readonly value: string;
  readonly version: Version;
}

/** `block.transaction|value` */
export function encodeVersioned(value: string, { block, transaction }: Version): string {
  return `${block}.${transaction}|${value}`;
}

/** Reads what {@link encodeVersioned} wrote. Throws a plain Error on anything else. */
export function decodeVersioned(stored: string): VersionedValue {
  const match = /^(\d+)\.(\d+)\|/.exec(stored);
  if (match === null) {
    throw new Error(`state value: expected block.transaction|value, found ${stored.slice(0, 40)}`);
  }
  const version = { block: Number(match[1]), transaction: Number(match[2]) };
  return { value: stored.slice(match[0].length), version };
}

/** Whether two reads of a key saw the same write; null stands for an absent key. */
export function sameVersion(left: Version | null, right: Version | null): boolean {
  if (left === null || right === null) return left === right;
  return left.block === right.block && left.transaction === right.transaction;
}
