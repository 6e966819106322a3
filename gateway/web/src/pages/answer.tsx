import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { DeviceOwner } from '@veinledger/client/device';
import {
  agrees,
  type Answers,
  asAsked,
  type ConsentForm,
  decisionOf,
  isOpen,
  readConsents,
  readForm,
  type StandingConsent,
} from '../ledger/consents.js';
import type { Sent } from '../ledger/outbox.js';
import { Awaiting, useLoaded } from '../parts/loaded.js';
import { Page } from '../parts/page.js';
import { goTo, to } from '../address/route.js';
import type { Session } from '../session/session.js';
import type { Numbers } from '../address/settings.js';
import { useWords } from '../words/words.js';
import { QuestionPage } from './question.js';
import { SignPage } from './sign.js';
import { SignedPage } from './signed.js';

/** A question, its answers, their signature and its receipt; what was answered stays when the reader goes back. */
export function AnswerPages(props: {
  readonly session: Session;
  readonly owner: DeviceOwner;
  readonly numbers: Numbers;
  readonly purpose: string;
  readonly id: string;
  readonly step: string | undefined;
  readonly hide: () => void;
}): ComponentChildren {
  const { session, owner, numbers, purpose, id, step, hide } = props;
  const { words } = useWords();
  const [answers, setAnswers] = useState<Answers>({});
  const [sent, setSent] = useState<Sent>();
  const asked = useLoaded(words, () => readAsked(session, purpose, id), [session, purpose, id]);
  if (sent !== undefined) {
    const kind = asked.state === 'here' && agreed(asked.value, answers) ? 'yes' : 'no';
    return <SignedPage {...{ sent, kind, purpose, session, hide }} />;
  }
  if (asked.state !== 'here') {
    return (
      <Page title={words.choices.open} back={to('choices')} hide={hide}>
        <Awaiting of={asked} />
      </Page>
    );
  }
  const { consent, form } = asked.value;
  const answered = form?.clauses.every(({ clause }) => answers[clause] !== undefined) === true;
  if (step !== 'sign' || form === undefined || !answered) {
    return (
      <QuestionPage
        {...{ consent, form, answers, numbers, hide }}
        fault={asked.value.fault}
        answer={(clause, agreedTo) => setAnswers({ ...answers, [clause]: agreedTo })}
        next={() => goTo('question', purpose, id, 'sign')}
      />
    );
  }
  return (
    <SignPage
      {...{ form, answers, purpose, owner, hide }}
      back={to('question', purpose, id)}
      sign={async (opener) => {
        const shown = document.getElementById('main')?.innerText ?? '';
        const digest = consent.form?.digest ?? '';
        const { statement, rendered } = decisionOf(consent, form, digest, answers, shown);
        const done = await session.outbox.sign(opener, statement, purpose);
        // the patient keeps what opens the commitment, beside what was shown
        if (rendered !== undefined)
          await session.notebook.write(`shown ${id}`, { rendered, shown });
        setSent(done);
      }}
    />
  );
}

interface Asked {
  readonly consent: StandingConsent;
  readonly form: ConsentForm | undefined;
  readonly fault: 'unread' | 'otherForm' | undefined;
}

function agreed({ form }: Asked, answers: Answers): boolean {
  return form !== undefined && agrees(form, answers);
}

async function readAsked(session: Session, purpose: string, id: string): Promise<Asked> {
  const { value } = await readConsents(session);
  const consent = value.find((each) => each.purpose === purpose && each.id === id);
  if (consent === undefined || !isOpen(consent)) {
    return { consent: { purpose, id, stands: '', scope: {} }, form: undefined, fault: 'unread' };
  }
  if (consent.form === undefined) return { consent, form: undefined, fault: 'unread' };
  try {
    const found = await readForm(consent.form.digest);
    const form = found && asAsked(found, consent.form);
    return { consent, form, fault: form === undefined ? 'otherForm' : undefined };
  } catch {
    return { consent, form: undefined, fault: 'unread' };
  }
}
