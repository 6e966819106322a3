import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Numbers } from '../address/settings.js';
import { to } from '../address/route.js';
import { linkRecord, type RecordLink } from '../ledger/own-records.js';
import { readTherapies, type TherapySummary } from '../ledger/therapies.js';
import { Freshness } from '../parts/as-of.js';
import { ChainOfIdentity } from '../parts/identifier.js';
import { useLoaded } from '../parts/loaded.js';
import { Page } from '../parts/page.js';
import { Problem } from '../parts/problem.js';
import { useWork } from '../parts/work.js';
import type { Session } from '../session/session.js';
import { dayOf, momentOf } from '../words/dates.js';
import { useWords } from '../words/words.js';
import { CallLink } from './unwell.js';

/** The patient's records, to read, to print, and whom to ask for what is wrong in them. */
export function RecordsPage(props: {
  readonly session: Session;
  readonly numbers: Numbers;
  readonly hide: () => void;
}): ComponentChildren {
  const { session, numbers, hide } = props;
  const { words } = useWords();
  const says = words.records;
  const { reads } = session;
  const loaded = useLoaded(words, () => reads.read('therapies', readTherapies), [session]);
  return (
    <Page title={says.title} back={to('today')} hide={hide}>
      <p>{says.text}</p>
      {loaded.state === 'loading' && <p role="status">{words.loading}</p>}
      {loaded.state === 'failed' && <Problem says={loaded.says} />}
      {loaded.state === 'here' && (
        <>
          {loaded.value.value.length === 0 && <p>{words.today.none}</p>}
          {loaded.value.value.map((therapy) => (
            <Therapy key={therapy.coi} {...{ session, therapy }} />
          ))}
          <Freshness of={loaded.value} />
        </>
      )}
      <section class="stack tight" aria-labelledby="rights">
        <h2 id="rights">{says.rightsTitle}</h2>
        <p>
          {says.rights}
          {words.gap}
          <CallLink number={numbers.nurse} />
        </p>
      </section>
    </Page>
  );
}

/** One therapy, and its record as a page for five minutes. */
function Therapy(props: {
  readonly session: Session;
  readonly therapy: TherapySummary;
}): ComponentChildren {
  const { session, therapy } = props;
  const { words, language } = useWords();
  const says = words.records;
  const [link, setLink] = useState<RecordLink>();
  const work = useWork(words);
  const ask = () => work.run(async () => setLink(await linkRecord(session.client, therapy)));
  return (
    <section class="card stack" aria-labelledby={therapy.coi}>
      <h2 id={therapy.coi}>{says.begun(dayOf(therapy.orderedAt, language))}</h2>
      <dl class="facts">
        <dt>{says.number}</dt>
        <dd>
          <ChainOfIdentity id={therapy.coi} />
        </dd>
      </dl>
      <Problem says={work.problem} />
      {link === undefined ? (
        <button type="button" class="btn quiet" onClick={ask}>
          {says.read}
        </button>
      ) : (
        <a class="btn" href={link.url} target="_blank" rel="noopener noreferrer">
          {says.open}
          <small>{says.until(momentOf(link.expiresAt, language))}</small>
        </a>
      )}
      <p role="status">{work.busy ? words.loading : ''}</p>
    </section>
  );
}
