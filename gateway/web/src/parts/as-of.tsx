import type { ComponentChildren } from 'preact';
import type { AsOf } from '../ledger/remembered.js';
import { momentOf } from '../words/dates.js';
import { useWords } from '../words/words.js';
import { State } from './state.js';

/** How fresh what is shown is. */
export function Freshness({
  of: { at, offline },
}: {
  readonly of: AsOf<unknown>;
}): ComponentChildren {
  const { words, language } = useWords();
  const time = momentOf(at, language);
  return (
    <p class="small muted">
      {offline ? <State is="unchecked">{words.offline(time)}</State> : words.upToDate(time)}
    </p>
  );
}
