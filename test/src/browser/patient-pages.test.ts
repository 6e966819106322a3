import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import {
  type Cast,
  enrolCast,
  enrolment,
  HttpSubmitter,
  openForBusiness,
  type Person,
  registrarOf,
  send,
  startStep,
  TherapyJourney,
} from '#scripts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalise, keyIds, sha256Base64url } from '@veinledger/domain';
import { GatewayClient } from '@veinledger/client/node';
import type { HTTPRequest } from 'puppeteer-core';
import { type GatewayBench, gatewayBench } from '../gateway/gateway.fixture.js';
import { answered, keysIn, knowItsUser } from './patient-device.fixture.js';
import { openPhone, type Phone } from './phone.fixture.js';

const PASSPHRASE = 'seven vials on a cold night';
const SPARE = 'eight vials on a warm morning';
const FORMS = join(import.meta.dirname, '../../../gateway/web/forms');

interface Waiting {
  readonly items: readonly {
    readonly patient: string;
    readonly keys: Person['keys']['public'];
    readonly proof: string;
  }[];
}

let bench: GatewayBench;
let submitter: HttpSubmitter;
let cast: Cast;
let first: Phone;
let second: Phone;
let patient: string;
let code: string;
let backup: string;
let journey: TherapyJourney;

/** Passkeys and storage that lasts belong to a name, not to a number. */
const address = () => `${bench.gateway.url.replace('127.0.0.1', 'localhost')}/app/`;
const clientOf = ({ id: actor, keys }: Person) =>
  new GatewayClient({ url: bench.gateway.url, actor, keys });
const consents = async (of = patient) =>
  (
    await clientOf(cast.nurse).read<{
      items: readonly { purpose: string; state: string; id: string }[];
    }>(`/v1/patients/${of}/consents`)
  ).items.map(({ purpose, state }) => [purpose, state]);

async function ask(purpose: string, name: string, consent: string, of = patient): Promise<void> {
  const form = JSON.parse(await readFile(join(FORMS, `${name}.json`), 'utf8')) as {
    id: string;
    version: string;
    language: string;
    clauses: readonly { clause: string; needed: boolean }[];
  };
  const { id, version, language } = form;
  const clauses = form.clauses.map(({ clause, needed }) => ({ clause, needed }));
  const named = { id, version, language, digest: sha256Base64url(canonicalise(form)), clauses };
  await send(submitter, cast.nurse, {
    type: 'consent:RequestConsent',
    body: {
      ...{ patient: of, consent, purpose, legalBasis: 'consent', form: named },
      scope: { geography: ['GB', 'DE'], dataClasses: ['genome', 'sample'] },
    },
  });
}

/** What the nurse prints. */
const issue = () =>
  clientOf(cast.nurse).post<{ code: string; patient: string }>('/v1/enrolment-codes', {});

/** The registrar signs for each that waits. */
async function enrolWaiting(): Promise<void> {
  const registrar = registrarOf(bench.consortium, 'HospitalMSP');
  const { items } = await clientOf(registrar).read<Waiting>('/v1/enrolments');
  expect(items).toHaveLength(1);
  for (const { patient: actor, keys, proof } of items) {
    const body = { actor, kind: 'person', roles: ['patient'], keys, proof };
    await send(submitter, registrar, { type: 'registry:EnrolActor', body });
  }
}

beforeAll(async () => {
  bench = await gatewayBench({
    patientPages: { numbers: { unwell: '020 7946 0112', nurse: '020 7946 0154' } },
  });
  const { network } = bench.consortium.root;
  submitter = new HttpSubmitter({ url: bench.gateway.url, network });
  await openForBusiness(submitter, bench.consortium);
  cast = await enrolCast(submitter, bench.consortium);
  ({ code, patient } = await issue());
  first = await openPhone(address(), 'en');
});
afterAll(async () => {
  await first.close();
  await second.close();
  await bench.close();
});

describe('a patient on their phone', () => {
  it('enters the code of the hospital, and is told at once when it is mistyped', async () => {
    await first.reads('Start here');
    expect(await first.look('welcome')).toEqual([]);
    await first.press('I have a code');
    await first.fill(
      'code',
      code.replace(/^./u, (each) => (each === '2' ? '3' : '2')),
    );
    await first.press('Continue');
    await first.reads('Check the code');
    expect(await first.look('enrol')).toEqual([]);
    await first.fill('code', code.toLowerCase().replaceAll('-', ' '));
    await first.press('Continue');
    await first.reads('Choose how you open this page');
  });

  it('chooses a passphrase, and keys are made that leave the phone encrypted only', async () => {
    await first.fill('passphrase', 'short');
    await first.press('Go on with this passphrase');
    await first.reads('Use at least 15 characters.');
    expect(await first.look('lock')).toEqual([]);
    await first.fill('passphrase', PASSPHRASE);
    await first.fill('repeated', SPARE);
    await first.press('Go on with this passphrase');
    await first.reads('Both must be the same.');
    await first.fill('repeated', PASSPHRASE);
    await first.press('Go on with this passphrase');
    await first.reads('Keep a spare of your keys');
    expect(await first.look('backup')).toEqual([]);
    await first.fill('file-passphrase', SPARE);
    await first.press('Continue');
    await first.fill('passphrase', PASSPHRASE);
    await first.press('Save the file');
    await first.reads('The file is saved.');
    backup = await first.saved('my-vaccine-keys.json');
    expect(backup).not.toContain('private');
    await first.press('Continue');
  });

  it('waits for the registrar, who signs for what was handed in', async () => {
    await first.reads('Your hospital enters you now');
    expect(await first.look('waiting')).toEqual([]);
    const { ed25519 } = keyIds((await keysIn(backup, SPARE)).public);
    const shown = await first.page.evaluate(
      'document.querySelector("section[aria-labelledby=key] .id").textContent',
    );
    expect(shown).toBe(ed25519);
    await enrolWaiting();
    await first.press('Look again');
    await first.reads('Nothing is planned here yet.');
  });

  it('reads what is asked, answers each part, and signs a yes that the ledger takes', async () => {
    await ask('RESEARCH', 'research-1.0.en', 'research-1');
    await first.press('My choices');
    await first.press('Read and answer');
    await first.reads('May researchers use your samples and data?');
    expect(await first.look('question')).toEqual([]);
    await first.press('Continue');
    await first.reads('Answer yes or no');
    for (const clause of ['cancer-research', 'share-with-researchers'])
      await first.page.click(`#${clause}-yes`);
    await first.press('Continue');
    await first.reads('Check your answers, then sign');
    expect(await first.look('sign')).toEqual([]);
    await first.fill('passphrase', SPARE);
    await first.press('Sign');
    await first.reads('That passphrase does not open it.');
    await first.fill('passphrase', PASSPHRASE);
    await first.press('Sign');
    await first.reads('You said yes');
    expect(await first.look('signed')).toEqual([]);
    expect(await consents()).toEqual([['RESEARCH', 'given']]);
  });

  it('says no by a no to a needed part', async () => {
    await ask('AI_TRAINING', 'research-1.0.en', 'ai-1');
    await first.press('Back to today');
    await first.reads('1 question waits, no hurry');
    await first.press('My choices');
    await first.press('Read and answer');
    await first.reads('May computer programs learn from your data?');
    await first.page.click('#cancer-research-yes');
    await first.page.click('#share-with-researchers-no');
    await first.press('Continue');
    await first.reads('You said no to a part that is needed.');
    await first.fill('passphrase', PASSPHRASE);
    await first.press('Sign');
    await first.reads('Number of the record');
    expect(await consents()).toEqual([
      ['AI_TRAINING', 'refused'],
      ['RESEARCH', 'given'],
    ]);
  });

  it('stops research in as few steps, told before and after what goes on', async () => {
    await first.press('Back to today');
    await first.press('My choices');
    await first.press('Stop this');
    await first.reads('Your vaccine and your care go on all the same.');
    expect(await first.look('stop')).toEqual([]);
    // the answer is lost after the ledger has it
    await first.page.setRequestInterception(true);
    let lost = false;
    const losing = (request: HTTPRequest) => {
      if (lost || !request.url().endsWith('/v1/withdrawals')) {
        void request.continue();
        return;
      }
      lost = true;
      void answered(request).then(() => request.abort());
    };
    first.page.on('request', losing);
    await first.fill('passphrase', PASSPHRASE);
    await first.press('Stop: Research');
    await first.reads('We could not send this yet.');
    expect(await first.look('unsent')).toEqual([]);
    await first.press('Send now');
    await first.reads('Stopped: Research');
    first.page.off('request', losing);
    await first.page.setRequestInterception(false);
    await first.reads('Your vaccine and your care go on all the same.');
    expect(await first.look('stopped')).toEqual([]);
    // the no to the purpose, and what was given before it
    expect(await consents()).toEqual([
      ['AI_TRAINING', 'refused'],
      ['RESEARCH', 'withdrawn'],
      ['RESEARCH', 'withdrawn'],
    ]);
  });

  it('sees the way from sample to dose, what is done, what is now and what comes next', async () => {
    const keys = await keysIn(backup, SPARE);
    const person: Person = { id: patient, organisation: 'HospitalMSP', roles: ['patient'], keys };
    journey = new TherapyJourney({ submitter, cast, patient: person, serial: 1 });
    await enrolment(journey);
    await first.press('Back to today');
    await first.reads('Now: Your tumour sample is examined');
    await first.reads('Your samples are taken');
    expect(await first.look('today')).toEqual([]);
    await first.press('I feel unwell');
    await first.reads('Call 020 7946 0112');
    expect(await first.look('unwell')).toEqual([]);
    await first.press('Back');
  });

  it('sees who used their data, and who was refused it', async () => {
    await askAfterStop();
    await first.press('Who used my data');
    await first.reads('1 time refused');
    await first.reads('Your samples are taken');
    await first.reads('You have not said yes: Reading my genes. They got nothing.');
    expect(await first.look('uses')).toEqual([]);
    await first.press('Not planned 0');
    await first.page.waitForFunction('document.querySelectorAll("li.card").length === 0');
    await first.press('Refused 1');
    await first.reads('Somebody asked for your samples or data');
    await first.press('Save the list as a file');
    expect(JSON.parse(await first.saved('who-used-my-data.json'))).toContainEqual(
      expect.objectContaining({ kind: 'refused', organisation: 'LabMSP' }),
    );
    await first.press('Back');
  });

  it('reads their own records', async () => {
    await first.press('My records');
    await first.reads('Treatment that began on');
    await first.press('Read or print it');
    await first.reads('Open the page');
    expect(await first.look('records')).toEqual([]);
    const link = await first.page.$eval('a[target=_blank]', (each) => String(each));
    expect(await (await fetch(link)).text()).toContain(journey.coi);
    await first.press('Back');
  });

  it('is told what changed, once', async () => {
    await first.reads('new');
    await first.press('Messages');
    await first.reads('New since you last looked');
    await first.reads('Somebody asked for your samples or data');
    expect(await first.look('messages')).toEqual([]);
    await first.press('Back');
    await ask('SAMPLE_RETENTION', 'research-1.0.en', 'retention-1');
    await first.press('Messages');
    await first.reads('Earlier');
    await first.press('May we keep what is left of your samples?');
    await first.reads('Who would get it');
    await first.press('Not now');
    await first.press('Back');
  });

  it('hides everything at once, and opens it again', async () => {
    await first.press('Hide now');
    await first.reads('Nothing is shown here.');
    expect(await first.look('hidden')).toEqual([]);
    await first.press('Open again');
    await first.fill('passphrase', SPARE);
    await first.press('Open');
    await first.reads('That passphrase does not open it.');
    expect(await first.look('open')).toEqual([]);
    await first.fill('passphrase', PASSPHRASE);
    await first.press('Open');
    await first.reads('Where your vaccine is');
  });

  it('hides everything when the phone wakes from a sleep in which no timer ran', async () => {
    await first.page.evaluate(`{
      const slept = Date.now() + 5 * 60_000;
      Date.now = () => slept;
      document.dispatchEvent(new Event('visibilitychange'));
    }`);
    await first.reads('Nothing is shown here.');
  });
});

describe('a phone that knows its user', () => {
  it('keeps the keys under a passkey, and signs and opens by it', async () => {
    const invited = await issue();
    const phone = await openPhone(`${address()}#/enrol/${invited.code}`, 'en');
    await knowItsUser(phone.page);
    await phone.press('Continue');
    await phone.reads('Use my face, finger or screen lock');
    expect(await phone.look('lock-passkey')).toEqual([]);
    await phone.press('Use my face');
    await phone.reads('Keep a spare of your keys');
    await phone.press('Not now');
    await phone.reads('Your hospital enters you now');
    await enrolWaiting();
    await ask('RESEARCH', 'research-1.0.en', 'research-2', invited.patient);
    await phone.press('Look again');
    await phone.press('My choices');
    await phone.press('Read and answer');
    for (const clause of ['cancer-research', 'share-with-researchers']) {
      await phone.page.waitForSelector(`#${clause}-yes`);
      await phone.page.click(`#${clause}-yes`);
    }
    await phone.press('Continue');
    await phone.press('Sign with my face');
    await phone.reads('You said yes');
    expect(await consents(invited.patient)).toEqual([['RESEARCH', 'given']]);
    await phone.press('Back to today');
    await phone.press('Hide now');
    await phone.press('Open again');
    await phone.press('Open with my face');
    await phone.reads('Where your vaccine is');
    await revoke(invited.patient);
    await phone.press('Hide now');
    await phone.press('Open again');
    await phone.press('Open with my face');
    await phone.reads('You can still say no.');
    expect(await phone.look('ended')).toEqual([]);
    await phone.press('Stop something');
    expect(await phone.look('stop-list')).toEqual([]);
    await phone.press('Research');
    await phone.press('Sign with my face');
    await phone.reads('Stopped: Research');
    // the no to the purpose, and what was given before it
    expect(await consents(invited.patient)).toEqual([
      ['RESEARCH', 'withdrawn'],
      ['RESEARCH', 'withdrawn'],
    ]);
    await phone.press('Back to today');
    await phone.press('I have a code');
    await phone.press('Forget the keys on this phone');
    await phone.reads('Enter your code');
    await damage(phone);
    await phone.reads('This file is damaged and cannot be used.');
    expect(await phone.look('unreadable')).toEqual([]);
    await phone.press('I cannot open it any more');
    await phone.press('Forget the keys on this phone');
    await phone.reads('Enter your code');
    await phone.close();
  });
});

describe('a phone whose code ends while it makes keys', () => {
  it('is told so, keeps no keys, and leads back to the start', async () => {
    const invited = await issue();
    const phone = await openPhone(`${address()}#/enrol/${invited.code}`, 'en');
    await phone.press('Continue');
    await phone.reads('Choose how you open this page');
    await clientOf(cast.nurse).post('/v1/enrolment-codes', { patient: invited.patient });
    for (const field of ['passphrase', 'repeated']) await phone.fill(field, PASSPHRASE);
    await phone.press('Go on with this passphrase');
    await phone.reads('That code has been used or has run out.');
    await phone.press('Back');
    await phone.reads('Start here');
    await phone.close();
  });
});

describe('a second phone, in Japanese', () => {
  it('is told that a file is damaged or no backup, or that its passphrase is another', async () => {
    second = await openPhone(address(), 'ja');
    await second.press('バックアップのファイルを持っています');
    for (const [text, words] of [
      [backup.slice(0, -60), 'ファイルが壊れていて使えません'],
      ['{}', 'バックアップのファイルではありません'],
    ] as const) {
      await give(text);
      await second.fill('passphrase', SPARE);
      await second.press('このファイルを使う');
      await second.reads(words);
    }
    await give(backup);
    await second.fill('passphrase', PASSPHRASE);
    await second.press('このファイルを使う');
    await second.reads('合言葉が違います');
    expect(await second.look('restore')).toEqual([]);
  });

  it('takes the keys from the backup, and signs with them', async () => {
    await ask('RECONTACT', 'research-1.0.ja', 'recontact-1');
    await second.fill('passphrase', SPARE);
    await second.press('このファイルを使う');
    await second.reads('今：腫瘍検体の検査');
    expect(await second.look('today')).toEqual([]);
    await second.press('私の選択');
    await second.reads('読んで答える');
    expect(await second.look('choices')).toEqual([]);
    await second.press('読んで答える');
    for (const clause of ['cancer-research', 'share-with-researchers']) {
      await second.page.waitForSelector(`#${clause}-yes`);
      await second.page.click(`#${clause}-yes`);
    }
    expect(await second.look('question')).toEqual([]);
    await second.press('次へ');
    await second.reads('お答えを確かめて署名してください');
    expect(await second.look('sign')).toEqual([]);
    await second.fill('passphrase', SPARE);
    await second.press('署名する');
    await second.reads('「はい」とお答えになりました');
    expect(await second.look('signed')).toEqual([]);
    expect(await consents()).toContainEqual(['RECONTACT', 'given']);
  });

  it('reads there who used their data, what changed, and their records', async () => {
    await second.press('今日のページへ');
    await second.press('だれが私のデータを使ったか');
    await second.reads('何も渡していません');
    expect(await second.look('uses')).toEqual([]);
    await second.press('戻る');
    await second.press('お知らせ');
    await second.reads('検体の採取');
    expect(await second.look('messages')).toEqual([]);
    await second.press('戻る');
    await second.press('私の記録');
    await second.reads('に始まった治療');
    expect(await second.look('records')).toEqual([]);
    await second.press('戻る');
  });

  it('shows off line what was known last', async () => {
    await second.reads('今：腫瘍検体の検査');
    await second.page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await bench.gateway.close();
    await second.page.reload();
    await second.fill('passphrase', SPARE);
    await second.press('開く');
    await second.reads('今はつながっていません');
    await second.reads('今：腫瘍検体の検査');
    expect(await second.look('offline')).toEqual([]);
    const proxy = createServer((_request, response) => response.writeHead(502).end('Bad Gateway'));
    proxy.listen(Number(new URL(address()).port), '127.0.0.1');
    await once(proxy, 'listening');
    await second.page.reload();
    await second.fill('passphrase', SPARE);
    await second.press('開く');
    await second.reads('今：腫瘍検体の検査');
    proxy.closeAllConnections();
    proxy.close();
  });
});

/** Puts half of a file of keys in the place of a phone's keys, and loads the page anew. */
async function damage({ page }: Phone): Promise<void> {
  await page.evaluate(`new Promise((done) => {
    const opening = indexedDB.open('veinledger');
    opening.onsuccess = () => {
      const work = opening.result.transaction('boxes', 'readwrite');
      work.objectStore('boxes').put('{"kind":"veinledger-keys"', '/app/');
      work.oncomplete = () => done(true);
    };
  })`);
  await page.reload();
}

async function give(text: string): Promise<void> {
  const file = join(first.downloads, 'given.json');
  await writeFile(file, text);
  await second.page.waitForSelector('#file');
  const field = await second.page.$('#file');
  if (field === null) throw new Error('the page asks for no file');
  await (field as unknown as { uploadFile(...paths: string[]): Promise<void> }).uploadFile(file);
}

/** The registrar revokes the patient's keys, which a clinician confirms. */
async function revoke(of: string): Promise<void> {
  const registrar = registrarOf(bench.consortium, 'HospitalMSP');
  const body = { patient: of, reason: 'key-lost' };
  const { receipt } = await send(submitter, registrar, {
    type: 'registry:RevokePatient',
    body,
  });
  await send(submitter, cast.clinician, {
    type: 'registry:ConfirmRevocation',
    body: { patient: of, asked: receipt.commandId },
  });
}

/** Stops the reading of genes by the keys of the backup, and has the laboratory ask for it all the same. */
async function askAfterStop(): Promise<void> {
  await send(submitter, journey.patient, {
    type: 'consent:WithdrawConsent',
    body: { purpose: 'GENOMIC_SEQUENCING' },
  });
  const inputs = [{ item: journey.things.secondBlood, consumed: true }];
  const asked = await startStep(journey, 'genotyping', { by: cast.labTechnician, inputs });
  expect(asked.receipt.decision).toBe('refused');
}
