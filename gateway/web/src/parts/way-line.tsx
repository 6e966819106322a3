import type { ComponentChildren } from 'preact';
import type { StepWords } from '../ledger/told.js';
import type { Way, WayStep } from '../ledger/way.js';
import { dayOf } from '../words/dates.js';
import { useWords } from '../words/words.js';

/** How many steps stand before and after the one that is done now; the others are a press away. */
const AROUND = 3;
const CLASSES = { done: 'ok', now: 'now', next: 'next' } as const;

/** The way from sample to dose as one vertical line: done, now, next. */
export function WayLine(props: {
  readonly way: Way;
  readonly words: StepWords;
}): ComponentChildren {
  const { way, words: told } = props;
  const { words } = useWords();
  const { steps } = way;
  const at = steps.findIndex(({ state }) => state !== 'done');
  const place = at < 0 ? steps.length : at;
  const near = steps.slice(Math.max(0, place - AROUND), place + AROUND + 1);
  return (
    <>
      <ol class="way">
        {near.map((step) => (
          <Step key={step.id} step={step} told={told} />
        ))}
      </ol>
      {near.length < steps.length && (
        <details>
          <summary>{words.today.all}</summary>
          <ol class="way">
            {steps.map((step) => (
              <Step key={step.id} step={step} told={told} explained />
            ))}
          </ol>
        </details>
      )}
    </>
  );
}

function Step(props: {
  readonly step: WayStep;
  readonly told: StepWords;
  readonly explained?: boolean;
}): ComponentChildren {
  const { step, told, explained = false } = props;
  const { words, language } = useWords();
  const { id, state, at, longer, role } = step;
  const { title = id, explanation } = told.get(id) ?? {};
  const day = dayOf(at, language);
  const who = words.roles[role] ?? words.roles['other'];
  const took = longer ? (state === 'done' ? words.today.longer : words.today.takesLonger) : '';
  return (
    <li class={CLASSES[state]} aria-current={state === 'now' ? 'step' : undefined}>
      <h3>
        {state === 'now' ? (
          words.today.nowIs(title)
        ) : (
          <>
            <span class="vh">{words[state]}</span>
            {title}
          </>
        )}
      </h3>
      <p>
        {state === 'done' ? day : words.about(day)} · {who}
        {took !== '' && ` · ${took}`}
      </p>
      {explained && explanation !== undefined && <p>{explanation}</p>}
    </li>
  );
}
