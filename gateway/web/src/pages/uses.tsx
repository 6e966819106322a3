import type { ComponentChildren } from 'preact';
import { to } from '../address/route.js';
import { readConsents, type StandingConsent } from '../ledger/consents.js';
import type { AsOf } from '../ledger/remembered.js';
import { readTold, type StepWords } from '../ledger/told.js';
import { type DataUse, readUses, type Uses } from '../ledger/uses.js';
import { Freshness } from '../parts/as-of.js';
import { useLoaded } from '../parts/loaded.js';
import { Page } from '../parts/page.js';
import { Problem } from '../parts/problem.js';
import { save } from '../parts/save.js';
import { UseCard } from '../parts/use-card.js';
import type { Session } from '../session/session.js';
import { dayOf, monthOf } from '../words/dates.js';
import { type Language, useWords } from '../words/words.js';

/** What the list is narrowed to, as addresses have it. */
const SHOWN = ['all', 'refused', 'unplanned'] as const;
type Shown = (typeof SHOWN)[number];

/** Every use of the patient's samples and data that the ledger has, the newest first. */
export function UsesPage(props: {
  readonly session: Session;
  readonly shown: string;
  readonly hide: () => void;
}): ComponentChildren {
  const { session, hide } = props;
  const { words, language } = useWords();
  const loaded = useLoaded(words, () => readAll(session, language), [session, language]);
  const shown = SHOWN.find((each) => each === props.shown) ?? 'all';
  return (
    <Page title={words.uses.title} back={to('today')} hide={hide}>
      {loaded.state === 'loading' && <p role="status">{words.loading}</p>}
      {loaded.state === 'failed' && <Problem says={loaded.says} />}
      {loaded.state === 'here' && <List {...loaded.value} shown={shown} />}
    </Page>
  );
}

interface Read {
  readonly asOf: AsOf<Uses>;
  readonly consents: readonly StandingConsent[];
  readonly told: StepWords;
}

async function readAll(session: Session, language: Language): Promise<Read> {
  const { reads, actor } = session;
  const asOf = await reads.read('uses', readUses);
  const consents = await reads.read('consents', (client) => readConsents(client, actor));
  return { asOf, consents: consents.value, told: await readTold(asOf.value.processes, language) };
}

/** Whether no step of the process is it, or nobody asked before. */
function isUnplanned({ kind }: DataUse): boolean {
  return kind !== 'planned' && kind !== 'refused';
}

function isShown(use: DataUse, shown: Shown): boolean {
  if (shown === 'refused') return use.kind === 'refused';
  return shown === 'all' || isUnplanned(use);
}

function List({
  asOf,
  consents,
  told,
  shown,
}: Read & { readonly shown: Shown }): ComponentChildren {
  const { words, language } = useWords();
  const says = words.uses;
  const { uses } = asOf.value;
  const listed = uses.filter((use) => isShown(use, shown));
  const earliest = uses.at(-1);
  const counts: Readonly<Record<Shown, number>> = {
    all: uses.length,
    refused: uses.filter((use) => isShown(use, 'refused')).length,
    unplanned: uses.filter(isUnplanned).length,
  };
  return (
    <>
      <p>
        {earliest === undefined
          ? says.none
          : says.counts(
              dayOf(earliest.at, language),
              counts.all - counts.refused,
              counts.refused,
              counts.unplanned,
            )}
      </p>
      {earliest !== undefined && (
        <nav aria-label={says.show} class="row noprint">
          {SHOWN.map((each) => (
            <a
              key={each}
              href={to('uses', each)}
              aria-current={each === shown ? 'true' : undefined}
            >
              {says.filters[each]} {counts[each]}
            </a>
          ))}
        </nav>
      )}
      {monthsOf(listed, language).map(([month, inMonth]) => (
        <section class="stack" key={month}>
          <h2>{month}</h2>
          <ul class="plain stack">
            {inMonth.map((use) => (
              <UseCard key={use.id} {...{ use, consents, told }} />
            ))}
          </ul>
        </section>
      ))}
      <section class="stack tight" aria-labelledby="what">
        <h2 id="what">{says.whatTitle}</h2>
        <p>{says.what}</p>
        <p class="small muted">{says.end}</p>
        <Freshness of={asOf} />
        {earliest !== undefined && (
          <button
            type="button"
            class="btn quiet noprint"
            onClick={() => save(JSON.stringify(uses, null, 2), says.fileName)}
          >
            {says.save}
          </button>
        )}
      </section>
      <p class="noprint">
        <a href={to('choices')}>{says.change}</a>
      </p>
    </>
  );
}

/** The uses by the months of the reader's zone, in their order. */
function monthsOf(
  uses: readonly DataUse[],
  language: Language,
): readonly (readonly [string, readonly DataUse[]])[] {
  const months = new Map<string, DataUse[]>();
  for (const use of uses) {
    const month = monthOf(use.at, language);
    months.set(month, [...(months.get(month) ?? []), use]);
  }
  return [...months];
}
