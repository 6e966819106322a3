import { type DeviceOwner, handInKeys, type OpenBox, type Opener } from '@veinledger/client/device';
import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { pendingCode } from './session/pending-code.js';
import { thisDevice as device } from './device/this-device.js';
import { isUnreachable } from './ledger/remembered.js';
import { AnswerPages } from './pages/answer.js';
import { BackupPage } from './pages/backup.js';
import { ChoicesPage } from './pages/choices.js';
import { EnrolPage } from './pages/enrol.js';
import { HiddenPage } from './pages/hidden.js';
import { MessagesPage } from './pages/messages.js';
import { OpenPage } from './pages/open.js';
import { RecordsPage } from './pages/records.js';
import { RestorePage } from './pages/restore.js';
import { StopPage } from './pages/stop.js';
import { TodayPage } from './pages/today.js';
import { UnwellPage } from './pages/unwell.js';
import { UsesPage } from './pages/uses.js';
import { WaitingPage } from './pages/waiting.js';
import { WelcomePage } from './pages/welcome.js';
import { goTo, useRoute } from './address/route.js';
import { isEnrolled, openSession, type Session } from './session/session.js';
import { gatewayUrl, type Settings } from './address/settings.js';
import { catalogueOf, keepLanguage, type Language, SpokenContext } from './words/words.js';

/** After so long without a touch the content hides, milliseconds. */
const HIDES_AFTER_MS = 5 * 60_000;
const TOUCHES = ['pointerdown', 'keydown', 'scroll'] as const;

/** Whether the ledger knows these keys: not asked yet, or no answer, stands for yes, since what follows asks again. */
type Enrolment = 'enrolled' | 'waits' | 'not-sent';

/** The pages of a patient: which one stands there follows from the keys, what opened them, and the address. */
export function App(props: {
  readonly settings: Settings;
  readonly owner: DeviceOwner | undefined;
  readonly language: Language;
}): ComponentChildren {
  const { settings } = props;
  const [language, setLanguage] = useState(props.language);
  const [owner, setOwner] = useState(props.owner);
  const [session, setSession] = useState<Session>();
  const [enrolment, setEnrolment] = useState<Enrolment>('enrolled');
  const [hidden, setHidden] = useState(false);
  const route = useRoute();

  const hide = useCallback(() => {
    setSession(undefined);
    setHidden(true);
  }, []);
  useHiding(session !== undefined, hide);
  useLineBack(session);

  const begin = async (open: OpenBox, page?: string) => {
    const begun = openSession(device, open, settings);
    const known = await device.owner();
    const stands = await enrolmentOf(begun);
    setOwner(known);
    setEnrolment(stands);
    setSession(begun);
    if (page !== undefined) goTo(page);
    await begun.outbox.sendAll();
  };
  const speak = (chosen: Language) => {
    keepLanguage(chosen);
    setLanguage(chosen);
  };
  const enrol = async (
    { code, invitation }: { readonly code: string; readonly invitation: KeysFor },
    opener: Opener,
  ) => {
    const { network, patient } = invitation;
    const possession = await device.make({ network, actor: patient }, [opener]);
    pendingCode.keep(code);
    try {
      await handInKeys(gatewayUrl(), code, possession);
      pendingCode.forget();
    } catch (error) {
      if (!isUnreachable(error)) {
        pendingCode.forget();
        await device.wipe();
        throw error;
      }
    }
    await begin(await device.open(opener), 'backup');
  };

  return (
    <SpokenContext.Provider value={{ language, words: catalogueOf(language) }}>
      {shown()}
    </SpokenContext.Provider>
  );

  function shown(): ComponentChildren {
    const [page, first = '', second = '', step] = route;
    const { numbers } = settings;
    if (hidden) return <HiddenPage show={() => setHidden(false)} />;
    if (page === 'unwell') return <UnwellPage numbers={numbers} />;
    if (owner === undefined) {
      if (page === 'enrol')
        return <EnrolPage scanned={first === '' ? undefined : first} make={enrol} />;
      if (page !== 'restore') return <WelcomePage />;
      return (
        <RestorePage
          restore={async (file, passphrase) => {
            await begin(await device.restore(file, passphrase), 'today');
          }}
        />
      );
    }
    if (session === undefined) {
      return (
        <OpenPage
          owner={owner}
          open={async (opener) => begin(await device.open(opener))}
          forget={() => {
            void device.wipe().then(() => setOwner(undefined));
          }}
        />
      );
    }
    if (page === 'backup') {
      const backUp = async (opener: Opener, passphrase: string) =>
        device.backUp(await device.open(opener), passphrase);
      return <BackupPage owner={owner} backUp={backUp} />;
    }
    if (enrolment !== 'enrolled') {
      const look = async () => setEnrolment(await enrolmentOf(session));
      const send = async () => {
        await pendingCode.send(session);
        await look();
      };
      return <WaitingPage look={look} send={enrolment === 'not-sent' ? send : undefined} />;
    }
    switch (page) {
      case 'choices':
        return <ChoicesPage session={session} hide={hide} />;
      case 'question':
        return (
          <AnswerPages
            key={`${first} ${second}`}
            purpose={first}
            id={second}
            {...{ session, owner, numbers, step, hide }}
          />
        );
      case 'uses':
        return <UsesPage session={session} shown={first} hide={hide} />;
      case 'messages':
        return <MessagesPage {...{ session, hide }} />;
      case 'records':
        return <RecordsPage {...{ session, numbers, hide }} />;
      case 'stop':
        return <StopPage key={first} purpose={first} {...{ session, owner, hide }} />;
      default:
        return <TodayPage {...{ session, numbers, hide, speak }} />;
    }
  }
}

interface KeysFor {
  readonly network: string;
  readonly patient: string;
}

async function enrolmentOf(session: Session): Promise<Enrolment> {
  try {
    if (await isEnrolled(session)) return 'enrolled';
    return pendingCode.kept() === undefined ? 'waits' : 'not-sent';
  } catch {
    return 'enrolled';
  }
}

/** Hands in what waits when the device says that it is on line again. */
function useLineBack(session: Session | undefined): void {
  useEffect(() => {
    const back = () => void session?.outbox.sendAll();
    addEventListener('online', back);
    return () => removeEventListener('online', back);
  }, [session]);
}

/** Hides the content when nobody has touched the page for a while. */
function useHiding(shown: boolean, hide: () => void): void {
  useEffect(() => {
    if (!shown) return undefined;
    let timer = setTimeout(hide, HIDES_AFTER_MS);
    const touched = () => {
      clearTimeout(timer);
      timer = setTimeout(hide, HIDES_AFTER_MS);
    };
    for (const each of TOUCHES) addEventListener(each, touched, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const each of TOUCHES) removeEventListener(each, touched);
    };
  }, [shown, hide]);
}
