import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { coi as chainOfIdentity, readCard, type WalletCard, writeCard } from '@veinledger/domain';
import { z } from 'zod';
import type { CommandResult } from '../command-result.js';
import { CliError } from '../complaint.js';
import { readBytes } from '../content.js';
import { committed } from '../receipt-lines.js';
import type { Session } from '../session.js';
import { freshId } from '../words.js';
import { type PrintedPart, printedPage } from './printed.js';

const ofTherapy = z.looseObject({
  patient: z.string(),
  process: z.object({ id: z.string(), version: z.string() }),
});

/**
 * Writes a card to print for a patient's wallet. It names nobody and no illness: what it leads to is told to physicians only,
 * each of whom signs for it.
 * @param to a folder
 * @param gateway URL at which physicians elsewhere reach a gateway
 */
export async function issueCard(
  session: Session,
  { coi, to, gateway = session.gateway }: { coi: string; to: string; gateway?: string | undefined },
): Promise<CommandResult> {
  const actor = await session.reader();
  const { patient, process } = ofTherapy.parse(await session.read(actor, `/v1/therapies/${coi}`));
  const { network } = await session.root();
  const card = { network, coi, patient, gateway };
  const code = writeCard(card);
  const page = join(to, `card-${coi}.html`);
  await mkdir(to, { recursive: true });
  await writeFile(page, cardPage(card, `${process.id} ${process.version}`, code), { mode: 0o600 });
  return { data: { card, code, page }, lines: [`card for ${coi}`, `  to print  ${page}`] };
}

/** What a physician elsewhere asks for. */
interface Asked {
  /** what the scanner read, `@FILE`, or a chain of identity that was read off a card */
  readonly card: string;
  readonly reason: string;
  readonly explanation: string;
  readonly id?: string | undefined;
}

/**
 * Asks for emergency access to the therapy that a card names.
 * @throws CliError NO_CARD, OTHER_NETWORK; GatewayProblem where the ledger refuses it
 */
export async function openByCard(session: Session, asked: Asked): Promise<CommandResult> {
  const { card, reason, explanation, id = freshId('access') } = asked;
  const actor = session.actor();
  const coi = await therapyOn(session, card);
  const body = { coi, emergencyAccess: id, reason };
  const annexes = { explanation: { explanation } };
  return committed(await session.say(actor, { type: 'care:OpenEmergencyAccess', body, annexes }));
}

async function therapyOn(session: Session, card: string): Promise<string> {
  if (chainOfIdentity.safeParse(card).success) return card;
  const text = card.startsWith('@') ? (await readBytes('card', card.slice(1))).toString() : card;
  const read = readCard(text.trim());
  if (!read) {
    throw new CliError('NO_CARD', 'this is no wallet card', {
      field: 'card',
      expected: 'what a scanner reads off a card, @FILE, or the chain of identity on it',
      found: text.slice(0, 80),
    });
  }
  const { network } = await session.root();
  if (read.network === network) return read.coi;
  const [expected, found] = [network, `${read.network}, asked for at ${read.gateway}`];
  throw new CliError('OTHER_NETWORK', 'the card is of another consortium', {
    ...{ field: 'card', expected, found },
  });
}

type Named = Pick<WalletCard, 'coi' | 'patient' | 'gateway'>;

/** The card in English and Japanese. */
function cardPage({ coi, patient, gateway }: Named, process: string, code: string) {
  const english: PrintedPart = {
    language: 'en',
    heading: 'In an emergency',
    rows: [
      ['Medicine', 'made for this person alone'],
      ['Process', process],
      ['Chain of identity', coi],
      ['Pseudonym', patient],
      ['Ask at', gateway],
    ],
    words:
      'To the physician: this person is treated with a medicine that is made for them alone. Scan the code, or type what ' +
      'stands above, and ask for emergency access with your own keys and a reason. It is given at once, ends by itself, and ' +
      'is recorded and reviewed. This card by itself opens nothing.',
  };
  const japanese: PrintedPart = {
    language: 'ja',
    heading: '緊急のとき',
    rows: [
      ['薬', '本人のためだけに作られたもの'],
      ['工程', process],
      ['同一性識別番号 (CoI)', coi],
      ['仮名', patient],
      ['問い合わせ先', gateway],
    ],
    words:
      '医師の方へ：この方は、本人のためだけに作られた薬による治療を受けています。コードを読み取るか、上の番号を入力し、ご自身の鍵で' +
      '署名し、理由を添えて緊急アクセスを申請してください。ただちに許可され、一定時間で終了し、記録され、後日審査されます。' +
      'このカードだけでは何も開示されません。',
  };
  const title = 'Emergency card / 緊急カード';
  return printedPage({ title, code, format: 'card', parts: [english, japanese] });
}
