import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Sent } from '../ledger/outbox.js';
import { Identifier } from '../parts/identifier.js';
import { Page } from '../parts/page.js';
import { Problem } from '../parts/problem.js';
import { State } from '../parts/state.js';
import { useWork } from '../parts/work.js';
import { to } from '../address/route.js';
import type { Session } from '../session/session.js';
import { exactly, momentOf } from '../words/dates.js';
import { plain, Say, useWords } from '../words/words.js';

/** What was signed: a yes, a no, or a stop. */
export type SignedKind = 'yes' | 'no' | 'stopped';

/** What became of a signature: its receipt, or that it is kept until the line is back. */
export function SignedPage(props: {
  readonly sent: Sent;
  readonly kind: SignedKind;
  readonly purpose: string;
  readonly session: Session;
  readonly hide: () => void;
}): ComponentChildren {
  const { kind, purpose, session, hide } = props;
  const { words, language } = useWords();
  const [sent, setSent] = useState(props.sent);
  const work = useWork(words);
  const says = words.signed;
  const asked = words.purposes[purpose];
  const name = asked?.name ?? purpose;
  if (sent.state === 'kept') {
    const { outgoing } = sent;
    const again = () => work.run(async () => setSent(await session.outbox.send(outgoing)));
    return (
      <Page title={words.unsent.title} back={to('today')} hide={hide}>
        <Problem says={work.problem} />
        <p>
          <State is="due">{words.unsent.text}</State>
        </p>
        <button type="button" class="btn" onClick={again}>
          {words.unsent.retry}
        </button>
        <p role="status">{work.busy ? words.loading : ''}</p>
      </Page>
    );
  }
  const { receipt } = sent;
  const title = kind === 'stopped' ? says.stopped(name) : says[kind];
  return (
    <Page title={title} back={to('today')} hide={hide}>
      <p>{says.at(momentOf(receipt.at, language))}</p>
      <p class="note now">
        <Say text={kind === 'stopped' ? (asked?.goesOn ?? says.goesOn) : says.goesOn} />
        {kind === 'yes' && `${words.gap}${says.nextYes}`}
      </p>
      <section class="card stack" aria-labelledby="receipt">
        <h2 id="receipt">{says.receipt}</h2>
        <dl class="facts">
          <dt>{says.what}</dt>
          <dd>{plain(kind === 'stopped' ? title : says.saidOf(title, name))}</dd>
          <dt>{says.number}</dt>
          <dd>
            <Identifier id={receipt.commandId} />
          </dd>
          <dt>{says.block}</dt>
          <dd>{receipt.block}</dd>
          <dt>{says.exactly}</dt>
          <dd class="num">{exactly(receipt.transactionTime)}</dd>
        </dl>
        <button type="button" class="btn quiet noprint" onClick={() => print()}>
          {says.print}
        </button>
      </section>
      {kind !== 'yes' && (
        <details>
          <summary>{says.mind}</summary>
          <p>{says.mindText}</p>
        </details>
      )}
      <a class="btn noprint" href={to('today')}>
        {says.back}
      </a>
    </Page>
  );
}
