import type { ComponentChildren } from 'preact';
import { countUnsent } from '../ledger/outbox.js';
import { useWords } from '../words/words.js';
import { useLoaded } from './loaded.js';
import { Problem } from './problem.js';
import { State } from './state.js';
import { useWork } from './work.js';

/** Makes room for other keys, and tells first what goes with those that are here. */
export function Forget(props: {
  /** what leads to it */
  readonly summary: string;
  readonly forget: () => Promise<void>;
}): ComponentChildren {
  const { summary, forget } = props;
  const { words } = useWords();
  const says = words.open;
  const work = useWork(words);
  const unsent = useLoaded(words, countUnsent, []);
  return (
    <details>
      <summary>{summary}</summary>
      <div class="stack">
        <Problem says={work.problem} />
        {unsent.state === 'here' && unsent.value > 0 && (
          <p>
            <State is="due">{says.unsent}</State>
          </p>
        )}
        <p>{says.forgottenText}</p>
        <button type="button" class="btn quiet" onClick={() => work.run(forget)}>
          {says.forget}
        </button>
      </div>
    </details>
  );
}
