import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Answers, ConsentForm, StandingConsent } from '../ledger/consents.js';
import { Page } from '../parts/page.js';
import { Problem } from '../parts/problem.js';
import { State } from '../parts/state.js';
import { to } from '../address/route.js';
import type { Numbers } from '../address/settings.js';
import { dayOf, listOf } from '../words/dates.js';
import { memberName } from '../words/members.js';
import { Say, useWords } from '../words/words.js';
import { CallLink } from './unwell.js';

/** What is asked, what a no costs, who, what, where and how long, the form, and an answer for each clause. */
export function QuestionPage(props: {
  readonly consent: StandingConsent;
  readonly form: ConsentForm | undefined;
  readonly fault: 'unread' | 'otherForm' | undefined;
  readonly answers: Answers;
  readonly numbers: Numbers;
  readonly hide: () => void;
  readonly answer: (clause: string, agreed: boolean) => void;
  readonly next: () => void;
}): ComponentChildren {
  const { consent, form, fault, answers, numbers, hide, answer, next } = props;
  const { words } = useWords();
  const says = words.question;
  const asked = words.purposes[consent.purpose];
  const [tried, setTried] = useState(false);
  const missing = form?.clauses.find(({ clause }) => answers[clause] === undefined);
  const go = (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (missing === undefined) next();
  };
  const wrong = tried && missing !== undefined ? says.unanswered : undefined;
  return (
    <Page title={asked?.question ?? consent.purpose} back={to('choices')} hide={hide}>
      <p>
        <Say text={asked?.no ?? ''} />
      </p>
      <Facts consent={consent} />
      {fault !== undefined && (
        <p>
          <State is="hold">{says[fault]}</State>
        </p>
      )}
      {form && <FormText form={form} />}
      {form && (
        <form class="stack wide" onSubmit={go}>
          <Problem says={wrong} field={missing && `${missing.clause}-yes`} />
          {form.clauses.map(({ clause, text, needed }, place) => (
            <fieldset class="stack tight" key={clause}>
              <legend>
                {form.clauses.length > 1 && (
                  <span class="hint">{says.each(place + 1, form.clauses.length)}</span>
                )}
                <span lang={form.language}>{text}</span>
                {needed && form.clauses.length > 1 && <span class="hint">{says.needed}</span>}
              </legend>
              {[true, false].map((value) => (
                <label class="choice" key={String(value)}>
                  <input
                    id={`${clause}-${value ? 'yes' : 'no'}`}
                    type="radio"
                    name={clause}
                    checked={answers[clause] === value}
                    onChange={() => answer(clause, value)}
                  />
                  <span>{value ? says.yes : says.no}</span>
                </label>
              ))}
            </fieldset>
          ))}
          <button class="btn" type="submit">
            {says.continue}
            <small>{says.continueHint}</small>
          </button>
        </form>
      )}
      <a class="btn quiet" href={to('choices')}>
        {says.notNow}
      </a>
      <details>
        <summary>{says.talk}</summary>
        <p class="small">
          {numbers.nurse === undefined ? says.talkNone : says.talkNumber}
          {words.gap}
          <CallLink number={numbers.nurse} />
        </p>
      </details>
      <details>
        <summary>{says.pressed}</summary>
        <p class="small">
          {says.pressedText}
          {words.gap}
          <CallLink number={numbers.advocate} />
        </p>
      </details>
    </Page>
  );
}

function Facts({ consent: { scope } }: { readonly consent: StandingConsent }): ComponentChildren {
  const { words, language } = useWords();
  const says = words.question;
  const { recipients, dataClasses, geography, validFrom, validUntil, maxUses } = scope;
  const list = (things: readonly string[]) => listOf(things, language);
  const countries = new Intl.DisplayNames([language], { type: 'region' });
  const period = [
    ...(validFrom === undefined ? [] : [says.from(dayOf(validFrom, language))]),
    validUntil === undefined ? says.open : says.until(dayOf(validUntil, language)),
    ...(maxUses === undefined ? [] : [says.uses(maxUses)]),
  ];
  return (
    <dl class="facts card">
      <dt>{says.who}</dt>
      <dd>{recipients === undefined ? says.anybody : list(recipients.map(memberName))}</dd>
      <dt>{says.what}</dt>
      <dd>
        <Say
          text={
            dataClasses === undefined
              ? says.anything
              : list(dataClasses.map((each) => words.classes[each] ?? each))
          }
        />
      </dd>
      <dt>{says.where}</dt>
      <dd>
        {geography === undefined
          ? says.anywhere
          : list(geography.map((each) => countries.of(each) ?? each))}
      </dd>
      <dt>{says.long}</dt>
      <dd>{period.join(words.gap)}</dd>
      <dt>{says.good}</dt>
      <dd>{says.stopAnyTime}</dd>
    </dl>
  );
}

function FormText({ form }: { readonly form: ConsentForm }): ComponentChildren {
  const { words, language } = useWords();
  const { title, version, language: spoken, text } = form;
  const names = new Intl.DisplayNames([language], { type: 'language' });
  return (
    <details>
      <summary>{words.question.read}</summary>
      <div class="stack">
        <p class="small muted">
          {words.question.formIs(title, version, names.of(spoken) ?? spoken)}
        </p>
        <div class="stack" lang={spoken}>
          {text.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </div>
      </div>
    </details>
  );
}
