import type { DeviceOwner, Opener } from '@veinledger/client/device';
import type { ComponentChildren } from 'preact';
import { agrees, type Answers, type ConsentForm } from '../ledger/consents.js';
import { OpenBy } from '../parts/opener.js';
import { Page } from '../parts/page.js';
import { to } from '../address/route.js';
import { Say, useWords } from '../words/words.js';

/** What was answered, what will be signed in words, and the reader's own authenticator. */
export function SignPage(props: {
  readonly form: ConsentForm;
  readonly answers: Answers;
  readonly purpose: string;
  readonly owner: DeviceOwner;
  readonly back: string;
  readonly hide: () => void;
  readonly sign: (opener: Opener) => Promise<void>;
}): ComponentChildren {
  const { form, answers, purpose, owner, back, hide, sign } = props;
  const { words, language } = useWords();
  const says = words.sign;
  const asked = words.purposes[purpose];
  const yes = agrees(form, answers);
  const whole = yes ? says.yesWords : says.noWords;
  const names = new Intl.DisplayNames([language], { type: 'language' });
  return (
    <Page title={says.title} back={back} hide={hide}>
      <section class="stack" aria-labelledby="answers">
        <h2 id="answers">{says.answers}</h2>
        <ul class="links">
          {form.clauses.map(({ clause, text }) => (
            <li key={clause}>
              <span lang={form.language}>
                {text}
                <br />
                <strong lang={language}>
                  {answers[clause] === true ? words.question.yes : words.question.no}
                </strong>
              </span>
            </li>
          ))}
        </ul>
        <p>
          <a href={back}>{says.change}</a>
        </p>
      </section>
      <section class="card stack" aria-labelledby="words">
        <h2 id="words">{says.words}</h2>
        <p class="large">
          <Say text={whole(asked?.question ?? purpose)} />
        </p>
        {!yes && <p>{says.noBecause}</p>}
        <p class="small muted">
          {words.question.formIs(
            form.title,
            form.version,
            names.of(form.language) ?? form.language,
          )}
        </p>
      </section>
      <p>{says.withdraw}</p>
      <OpenBy owner={owner} says={{ ...says, busy: says.signing }} act={sign} />
      <a class="btn quiet" href={to('choices')}>
        {words.question.notNow}
      </a>
    </Page>
  );
}
