import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  dosePassSchema,
  PASS_TYPE,
  passStatement,
  passStatementSchema,
  printedPass,
} from '@veinledger/domain';
import { nativeSigner } from '@veinledger/client/node';
import { z } from 'zod';
import type { CommandResult } from '../command-result.js';
import type { Session } from '../session.js';
import { freshId } from '../words.js';
import { passPage } from './page.js';

/** What is asked for. */
interface Asked {
  readonly coi: string;
  readonly item: string;
  readonly line: number;
  readonly id?: string | undefined;
  /** steps of tests that are open */
  readonly openTests?: readonly string[] | undefined;
  /** a folder */
  readonly to: string;
}

const ofTherapy = z.looseObject({ patient: z.string() });

/**
 * Has the ledger issue a dose pass, and writes it: a page to print, with the code that a scanner reads, and a file with both
 * signatures. Who asked signs both, and nobody else can: a gateway permits nothing.
 * @throws GatewayProblem where the ledger refuses it, with every reason
 */
export async function issue(session: Session, asked: Asked): Promise<CommandResult> {
  const { coi, item, line, id = freshId('pass'), openTests, to } = asked;
  const actor = session.actor();
  const signer = nativeSigner(await session.keysOf(actor));
  const body = { coi, pass: id, number: line, item, ...(openTests ? { openTests } : {}) };
  const { block } = await session.say(actor, { type: 'care:IssuePass', body });
  const therapy = `/v1/therapies/${coi}`;
  const { patient } = ofTherapy.parse(await session.read(actor, therapy));
  const issued = dosePassSchema.parse(await session.read(actor, `${therapy}/passes/${id}`));
  const { network } = await session.root();
  const text = passStatement(issued, { network, patient, block });
  const code = printedPass(await signer.sign(text, PASS_TYPE, ['EdDSA']));
  const statement = passStatementSchema.parse(JSON.parse(text));
  const [page, file] = [join(to, `${id}.html`), join(to, `${id}.jws`)];
  await mkdir(to, { recursive: true });
  await writeFile(page, passPage(statement, code), { mode: 0o600 });
  await writeFile(file, `${await signer.sign(text, PASS_TYPE)}\n`, { mode: 0o600 });
  return {
    data: { statement, code, page, file },
    lines: [
      `pass ${id} for ${item}, line ${line}: held in block ${block}, counts until ${issued.until}`,
      `  to print  ${page}`,
      `  to keep   ${file}`,
    ],
  };
}
