import { VeinledgerError } from '@veinledger/domain';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The annexes that came in the transaction's transient data, by name.
 * @throws VeinledgerError ANNEX_SCHEMA_VIOLATION for bytes that are no UTF-8
 */
export function readDelivered(
  transient: ReadonlyMap<string, Uint8Array>,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [name, bytes] of transient) {
    try {
      texts.set(name, decoder.decode(bytes));
    } catch {
      throw new VeinledgerError('ANNEX_SCHEMA_VIOLATION', 'the annex is no UTF-8 text', {
        field: `annex.${name}`,
        expected: 'UTF-8',
      });
    }
  }
  return texts;
}
