import type { ComponentChildren } from 'preact';
import { to } from '../address/route.js';
import { lookedAt, type Message, type Messages, readMessages } from '../ledger/messages.js';
import { readTold, type StepWords } from '../ledger/told.js';
import { Freshness } from '../parts/as-of.js';
import { useLoaded } from '../parts/loaded.js';
import { Page } from '../parts/page.js';
import { Problem } from '../parts/problem.js';
import { State, type StateName } from '../parts/state.js';
import type { Session } from '../session/session.js';
import { dayOf } from '../words/dates.js';
import { type Language, Say, useWords } from '../words/words.js';

const SHAPES: Readonly<Record<Message['kind'], StateName>> = {
  done: 'ok',
  question: 'now',
  use: 'next',
};

/** What changed since the patient last looked, and what was told before. */
export function MessagesPage(props: {
  readonly session: Session;
  readonly hide: () => void;
}): ComponentChildren {
  const { session, hide } = props;
  const { words, language } = useWords();
  const loaded = useLoaded(words, () => readAll(session, language), [session, language]);
  return (
    <Page title={words.messages.title} back={to('today')} hide={hide}>
      {loaded.state === 'loading' && <p role="status">{words.loading}</p>}
      {loaded.state === 'failed' && <Problem says={loaded.says} />}
      {loaded.state === 'here' && <Told {...loaded.value} />}
    </Page>
  );
}

interface Read extends Messages {
  readonly told: StepWords;
}

/** What is shown once is looked at. */
async function readAll(session: Session, language: Language): Promise<Read> {
  const read = await readMessages(session);
  await lookedAt(session.notebook, read);
  return { ...read, told: await readTold(read.processes, language) };
}

function Told({ fresh, earlier, told, asOf }: Read): ComponentChildren {
  const { words } = useWords();
  const says = words.messages;
  return (
    <>
      {fresh.length === 0 && <p>{earlier.length === 0 ? says.none : says.nothingNew}</p>}
      {fresh.length > 0 && <List id="fresh" title={says.fresh} messages={fresh} told={told} />}
      {earlier.length > 0 && (
        <List id="earlier" title={says.earlier} messages={earlier} told={told} />
      )}
      <section class="stack tight">
        <p class="small muted">{says.end}</p>
        <Freshness of={asOf} />
      </section>
    </>
  );
}

function List(props: {
  readonly id: string;
  readonly title: string;
  readonly messages: readonly Message[];
  readonly told: StepWords;
}): ComponentChildren {
  const { id, title, messages, told } = props;
  const { words, language } = useWords();
  return (
    <section class="stack" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul class="links">
        {messages.map((message) => (
          <li key={message.id}>
            <span>
              <State is={SHAPES[message.kind]}>{words.messages.kinds[message.kind]}</State>
              {' · '}
              {dayOf(message.at, language)}
              <br />
              <Content message={message} told={told} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What a message is about, which leads there. */
function Content(props: {
  readonly message: Message;
  readonly told: StepWords;
}): ComponentChildren {
  const { message, told } = props;
  const { words } = useWords();
  switch (message.kind) {
    case 'done':
      return <>{told.get(message.step)?.title ?? message.step}</>;
    case 'question': {
      const { purpose, id } = message.consent;
      return (
        <a href={to('question', purpose, id)}>
          <Say text={words.purposes[purpose]?.question ?? purpose} />
        </a>
      );
    }
    case 'use':
      return <a href={to('uses')}>{words.uses.titles[message.use.kind]}</a>;
  }
}
