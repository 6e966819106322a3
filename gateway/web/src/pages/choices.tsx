import type { ComponentChildren } from 'preact';
import { earlier } from '@veinledger/domain';
import {
  isOpen,
  isYes,
  readConsents,
  type StandingConsent,
  whatCounts,
} from '../ledger/consents.js';
import { Freshness } from '../parts/as-of.js';
import { Awaiting, useLoaded } from '../parts/loaded.js';
import { Page } from '../parts/page.js';
import { State, type StateName } from '../parts/state.js';
import { to } from '../address/route.js';
import type { Session } from '../session/session.js';
import { dayOf } from '../words/dates.js';
import type { Catalogue } from '../words/en.js';
import { plain, Say, useWords } from '../words/words.js';

/** Questions that wait, then what was said, each purpose by itself. */
export function ChoicesPage(props: {
  readonly session: Session;
  readonly hide: () => void;
}): ComponentChildren {
  const { session, hide } = props;
  const { words } = useWords();
  const says = words.choices;
  const loaded = useLoaded(words, () => readConsents(session), [session]);
  return (
    <Page title={says.title} back={to('today')} hide={hide}>
      <Awaiting of={loaded} />
      {loaded.state === 'failed' && <a href={to('stop')}>{words.withdraw.any}</a>}
      {loaded.state === 'here' && (
        <>
          <OpenQuestions consents={loaded.value.value.filter(isOpen)} />
          <Standing consents={whatCounts(loaded.value.value)} />
          <Freshness of={loaded.value} />
        </>
      )}
    </Page>
  );
}

function OpenQuestions(props: {
  readonly consents: readonly StandingConsent[];
}): ComponentChildren {
  const { words } = useWords();
  if (props.consents.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="open">
      <h2 id="open">{words.choices.open}</h2>
      <p>{words.choices.openText}</p>
      <ul class="links">
        {props.consents.map(({ purpose, id }) => (
          <li key={id}>
            <span>
              <Say text={words.purposes[purpose]?.name ?? purpose} />
            </span>
            <a href={to('question', purpose, id)}>
              {words.choices.answer}
              <span class="vh">: {plain(words.purposes[purpose]?.name ?? purpose)}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Standing(props: { readonly consents: readonly StandingConsent[] }): ComponentChildren {
  const { words, language } = useWords();
  const says = words.choices;
  if (props.consents.length === 0) return <p>{says.none}</p>;
  return (
    <section class="stack" aria-labelledby="said">
      <h2 id="said">{says.standing}</h2>
      <ul class="links">
        {props.consents.map((consent) => {
          const { purpose, id } = consent;
          const name = words.purposes[purpose]?.name ?? purpose;
          const [shape, word] = stateOf(consent, words);
          const said = consent.ended ?? consent.decided;
          const since = said && earlier(said.at, said.time);
          return (
            <li key={id}>
              <span>
                <Say text={name} />
                <br />
                <State is={shape}>{word}</State>
                {since !== undefined && <> {says.since(dayOf(since, language))}</>}
              </span>
              {isYes(consent) && (
                <a href={to('stop', purpose)}>
                  {says.stop}
                  <span class="vh">: {plain(name)}</span>
                </a>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function stateOf(consent: StandingConsent, { choices }: Catalogue): [StateName, string] {
  const { states } = choices;
  if (isYes(consent)) return ['ok', states.yes];
  switch (consent.stands) {
    case 'refused':
      return ['refused', states.no];
    case 'withdrawn':
      return ['refused', states.stopped];
    case 'suspect':
      return ['hold', states.checking];
    default:
      return ['next', states.ended];
  }
}
