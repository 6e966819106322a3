import type { ComponentChildren } from 'preact';
import type { StandingConsent } from '../ledger/consents.js';
import type { StepWords } from '../ledger/told.js';
import type { DataUse, UseKind } from '../ledger/uses.js';
import { dayOf, listOf } from '../words/dates.js';
import { memberName } from '../words/members.js';
import { Say, useWords } from '../words/words.js';
import { State, type StateName } from './state.js';

const SHAPES: Readonly<Record<UseKind, StateName>> = {
  planned: 'ok',
  unasked: 'due',
  refused: 'refused',
  emergency: 'due',
  inspection: 'ok',
  report: 'ok',
};

/** One use: what, whether it was allowed, when, by whom, and why they could or could not. */
export function UseCard(props: {
  readonly use: DataUse;
  readonly consents: readonly StandingConsent[];
  readonly told: StepWords;
}): ComponentChildren {
  const { use, consents, told } = props;
  const { words, language } = useWords();
  const says = words.uses;
  const { kind, at, organisation, step, purposes, dataClasses, times, authority } = use;
  const place = memberName(organisation);
  const title = step === undefined ? undefined : (told.get(step)?.title ?? step);
  const classes = dataClasses.map((each) => words.classes[each] ?? each);
  return (
    <li class="card stack tight">
      <h3>{title ?? (authority === undefined ? says.titles[kind] : says.shownTo(authority))}</h3>
      <p>
        <State is={SHAPES[kind]}>{says.states[kind]}</State>
        {' · '}
        {dayOf(at, language)}
        {' · '}
        {place}
        {times > 1 && ` · ${says.times(times)}`}
      </p>
      {classes.length > 0 && (
        <p>
          <Say text={says.touched(listOf(classes, language))} />
        </p>
      )}
      <p>
        <Say text={why()} />
      </p>
    </li>
  );

  /** The consent that it rests on, or the reason why nobody's was asked or had. */
  function why(): string {
    if (kind !== 'planned' && kind !== 'refused') return says.because[kind];
    const names = purposes.map((each) => words.purposes[each]?.name ?? each);
    const list = listOf(names, language);
    if (kind === 'planned') {
      const [since] = purposes.flatMap((each) => saidAt(consents, each, at) ?? []);
      return since === undefined ? says.agreed(list) : says.agreedOn(list, dayOf(since, language));
    }
    return says.gotNothing(list);
  }
}

/** When a yes to a purpose was signed last before a use. */
function saidAt(
  consents: readonly StandingConsent[],
  purpose: string,
  before: string,
): string | undefined {
  return consents
    .filter((each) => each.purpose === purpose && each.stands !== 'refused')
    .flatMap(({ decided }) => decided?.at ?? [])
    .filter((at) => at <= before)
    .sort()
    .at(-1);
}
