import type { Ledger } from '@veinledger/ledger';

/** A call of the ledger, as those who watch it are told: which, never what it carries. */
export interface LedgerCall {
  readonly kind: 'submit' | 'evaluate' | 'status' | 'transaction' | 'height' | 'verify';
  /** `contract:Transaction` of a submit or an evaluate */
  readonly function?: string;
}

/** Watches calls of the ledger; does the work, and gives what it gives. */
export interface LedgerObserver {
  observe<Result>(call: LedgerCall, work: () => Promise<Result>): Promise<Result>;
}

/** The same ledger, watched; the first observer is the outermost. Reading blocks is not watched. */
export function observedLedger(ledger: Ledger, observers: readonly LedgerObserver[]): Ledger {
  const watch = <Result>(call: LedgerCall, work: () => Promise<Result>): Promise<Result> =>
    observers.reduceRight<() => Promise<Result>>(
      (inner, observer) => () => observer.observe(call, inner),
      work,
    )();
  return {
    name: ledger.name,
    submit: (invocation, options) =>
      watch({ kind: 'submit', function: invocation.function }, () =>
        ledger.submit(invocation, options),
      ),
    evaluate: (invocation) =>
      watch({ kind: 'evaluate', function: invocation.function }, () => ledger.evaluate(invocation)),
    status: (id) => watch({ kind: 'status' }, () => ledger.status(id)),
    transaction: (id) => watch({ kind: 'transaction' }, () => ledger.transaction(id)),
    height: () => watch({ kind: 'height' }, () => ledger.height()),
    verify: (options) => watch({ kind: 'verify' }, () => ledger.verify(options)),
    blocks: (first) => ledger.blocks(first),
    follow: (first, signal) => ledger.follow(first, signal),
    ...(ledger.listen && { listen: ledger.listen.bind(ledger) }),
    close: () => ledger.close(),
  };
}
