import { useState } from 'preact/hooks';
import type { Catalogue } from '../words/en.js';
import { wordsOf } from './problem.js';

/** Something that takes a while and may fail. */
export interface Work {
  readonly busy: boolean;
  /** what went wrong last, in words */
  readonly problem: string | undefined;
  fail(says: string): void;
  run(work: () => Promise<void>): void;
}

/** Work that a press of a button begins, one at a time. */
export function useWork(words: Catalogue): Work {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  return {
    busy,
    problem,
    fail: setProblem,
    run: (work) => {
      if (busy) return;
      setBusy(true);
      setProblem(undefined);
      // what is said meanwhile is drawn before the work takes the processor
      requestAnimationFrame(() =>
        setTimeout(() => {
          work()
            .catch((error: unknown) => setProblem(wordsOf(words, error)))
            .finally(() => setBusy(false));
        }),
      );
    },
  };
}
