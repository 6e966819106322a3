import type { ComponentChildren } from 'preact';
import { isOpen, readConsents } from '../ledger/consents.js';
import { readMessages } from '../ledger/messages.js';
import { readTold, type StepWords } from '../ledger/told.js';
import { readWay } from '../ledger/way.js';
import { Freshness } from '../parts/as-of.js';
import { useLoaded } from '../parts/loaded.js';
import { Page } from '../parts/page.js';
import { Problem } from '../parts/problem.js';
import { State } from '../parts/state.js';
import { WayLine } from '../parts/way-line.js';
import { to } from '../address/route.js';
import type { Session } from '../session/session.js';
import type { Numbers } from '../address/settings.js';
import { LANGUAGES, useWords, catalogueOf, type Language } from '../words/words.js';
import { Help } from './unwell.js';

/** The front page: where the vaccine is, and what waits for the patient. */
export function TodayPage(props: {
  readonly session: Session;
  readonly numbers: Numbers;
  readonly hide: () => void;
  readonly speak: (language: Language) => void;
}): ComponentChildren {
  const { session, numbers, hide, speak } = props;
  const { words, language } = useWords();
  const says = words.today;
  const loaded = useLoaded(words, () => readToday(session, language), [session, language]);
  const fresh = useLoaded(words, () => countFresh(session), [session]);
  return (
    <Page title={says.title} quietTitle hide={hide}>
      <section class="card stack" aria-labelledby="unwell">
        <h2 id="unwell">{words.unwellPage.title}</h2>
        <Help numbers={numbers} />
      </section>
      {loaded.state === 'loading' && <p role="status">{words.loading}</p>}
      {loaded.state === 'failed' && <Problem says={loaded.says} />}
      {loaded.state === 'here' && (
        <>
          {loaded.value.unsent > 0 && (
            <p>
              <State is="due">{words.unsent.text}</State>
            </p>
          )}
          <section class="stack" aria-labelledby="where">
            <h2 id="where">{says.whereTitle}</h2>
            <WhereItIs {...loaded.value} />
          </section>
          <section class="stack tight" aria-labelledby="trust">
            <h2 id="trust">{says.trustTitle}</h2>
            <p>
              <State is="unchecked">{says.unchecked}</State>
            </p>
            <p class="small muted">{says.trustText}</p>
            <Freshness of={loaded.value.asOf} />
          </section>
        </>
      )}
      <nav id="pages" class="noprint" aria-label={words.allPages}>
        <ul class="links">
          <li>
            <a href={to('messages')}>{words.messages.title}</a>
            {fresh.state === 'here' && fresh.value > 0 && (
              <span class="muted small">{words.messages.count(fresh.value)}</span>
            )}
          </li>
          <li>
            <a href={to('choices')}>{says.choices}</a>
            {loaded.state === 'here' && loaded.value.questions > 0 && (
              <span class="muted small">{says.questions(loaded.value.questions)}</span>
            )}
          </li>
          <li>
            <a href={to('uses')}>{words.uses.title}</a>
          </li>
          <li>
            <a href={to('records')}>{words.records.title}</a>
          </li>
          <li>
            <a href={to('backup')}>{says.backup}</a>
          </li>
          {LANGUAGES.filter((each) => each !== language).map((each) => (
            <li key={each}>
              <button type="button" class="link" lang={each} onClick={() => speak(each)}>
                {catalogueOf(each).language}
              </button>
            </li>
          ))}
        </ul>
      </nav>
    </Page>
  );
}

/** Asked beside the page, which does not wait for it. */
async function countFresh(session: Session): Promise<number> {
  return (await readMessages(session)).fresh.length;
}

type Today = Awaited<ReturnType<typeof readToday>>;

async function readToday({ reads, outbox, actor }: Session, language: string) {
  const asOf = await reads.read('way', async (client) => (await readWay(client)) ?? null);
  const consents = await reads.read('consents', (client) => readConsents(client, actor));
  const way = asOf.value ?? undefined;
  const stepWords: StepWords = await readTold(way === undefined ? [] : [way], language);
  const questions = consents.value.filter(isOpen).length;
  const unsent = (await outbox.waiting()).length;
  return { asOf, way, stepWords, questions, unsent };
}

function WhereItIs({ way, stepWords }: Today): ComponentChildren {
  const { words } = useWords();
  const says = words.today;
  if (way === undefined) return <p>{says.none}</p>;
  const now = way.steps.find(({ state }) => state === 'now');
  return (
    <>
      <p>
        {way.over && says.over}
        {now?.longer === true && `${says.takesLonger}${words.gap}`}
        {!way.over && <strong>{says.nothingToDo}</strong>}
      </p>
      <WayLine way={way} words={stepWords} />
    </>
  );
}
