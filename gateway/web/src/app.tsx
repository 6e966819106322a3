import {
  type DeviceOwner,
  type DevicePossession,
  handInKeys,
  type OpenBox,
  type Opener,
} from '@veinledger/client/device';
import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { enrolDevice, type Invited } from './session/enrol-device.js';
import { pendingCode } from './session/pending-code.js';
import { thisDevice as device } from './device/this-device.js';
import { AnswerPages } from './pages/answer.js';
import { BackupPage } from './pages/backup.js';
import { ChoicesPage } from './pages/choices.js';
import { EndedPage } from './pages/ended.js';
import { EnrolPage } from './pages/enrol.js';
import { HiddenPage } from './pages/hidden.js';
import { MessagesPage } from './pages/messages.js';
import { OpenPage } from './pages/open.js';
import { RecordsPage } from './pages/records.js';
import { RestorePage } from './pages/restore.js';
import { StopListPage } from './pages/stop-list.js';
import { StopPage } from './pages/stop.js';
import { TodayPage } from './pages/today.js';
import { UnreadablePage } from './pages/unreadable.js';
import { UnwellPage } from './pages/unwell.js';
import { UsesPage } from './pages/uses.js';
import { WaitingPage } from './pages/waiting.js';
import { WelcomePage } from './pages/welcome.js';
import { goTo, useRoute } from './address/route.js';
import { useHiding } from './session/hiding.js';
import { openSession, type Session, standingOf } from './session/session.js';
import { gatewayUrl, type Settings } from './address/settings.js';
import { catalogueOf, keepLanguage, type Language, SpokenContext } from './words/words.js';

/** Whether the ledger knows these keys: not asked yet, or no answer, stands for yes, since what follows asks again. */
type Enrolment = 'enrolled' | 'waits' | 'not-sent' | 'ended';

/** The pages of a patient: which one stands there follows from the keys, what opened them, and the address. */
export function App(props: {
  readonly settings: Settings;
  readonly owner: DeviceOwner | undefined;
  /** why it cannot be read whose keys are here */
  readonly fault?: unknown;
  readonly language: Language;
}): ComponentChildren {
  const { settings } = props;
  const [language, setLanguage] = useState(props.language);
  const [owner, setOwner] = useState(props.owner);
  const [fault, setFault] = useState(props.fault);
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
  const enrol = async (invited: Invited, opener: Opener) => {
    const handIn = async (code: string, possession: DevicePossession) =>
      handInKeys(gatewayUrl(), code, possession);
    await enrolDevice({ device, pending: pendingCode, handIn }, invited, opener);
    await begin(await device.open(opener), 'backup');
  };
  const forget = async () => {
    await device.wipe();
    pendingCode.forget();
    setSession(undefined);
    setOwner(undefined);
    setFault(undefined);
  };
  const startAnew = async () => {
    await forget();
    // a code that came with the address stays
    if (route[0] !== 'enrol') goTo('enrol');
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
    if (fault !== undefined) return <UnreadablePage {...{ fault, forget }} />;
    if (owner === undefined) {
      if (page === 'enrol')
        return <EnrolPage scanned={first === '' ? undefined : first} make={enrol} />;
      if (page !== 'restore') return <WelcomePage />;
      return (
        <RestorePage
          restore={async (file, passphrase) => {
            const open = await device.restore(file, passphrase);
            // a code of keys that were never made here is not theirs
            pendingCode.forget();
            await begin(open, 'today');
          }}
        />
      );
    }
    if (session === undefined) {
      return (
        <OpenPage
          owner={owner}
          open={async (opener) => begin(await device.open(opener))}
          forget={forget}
        />
      );
    }
    if (page === 'backup') {
      const backUp = async (opener: Opener, passphrase: string) =>
        device.backUp(await device.open(opener), passphrase);
      return <BackupPage owner={owner} backUp={backUp} />;
    }
    // whatever became of the keys, a no by them counts
    if (page === 'stop' && first === '') return <StopListPage hide={hide} />;
    if (page === 'stop') {
      return <StopPage key={first} purpose={first} {...{ session, owner, hide }} />;
    }
    const look = async () => setEnrolment(await enrolmentOf(session));
    if (enrolment === 'ended') return <EndedPage {...{ look, hide }} forget={startAnew} />;
    if (enrolment !== 'enrolled') {
      const send = async () => {
        await pendingCode.send(session);
        await look();
      };
      return (
        <WaitingPage
          keyId={session.keyId}
          look={look}
          forget={startAnew}
          send={enrolment === 'not-sent' ? send : undefined}
        />
      );
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
      default:
        return <TodayPage {...{ session, numbers, hide, speak }} />;
    }
  }
}

async function enrolmentOf(session: Session): Promise<Enrolment> {
  try {
    const standing = await standingOf(session);
    if (standing !== 'waits') return standing;
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
