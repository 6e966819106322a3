import { nativeVerifier } from '@veinledger/chaincode/crypto';
import { checkPass, type PassCheck, type PassFinding, passIssuersSchema } from '@veinledger/domain';
import { CliError } from '../complaint.js';
import type { CommandResult } from '../command-result.js';
import { readBytes, readJson } from '../content.js';
import { EXIT } from '../exit-codes.js';

/** What is to be checked, and what is at hand. */
interface Asked {
  /** what the scanner read, or `@FILE` */
  readonly pass: string;
  /** a file */
  readonly issuers: string;
  readonly patient: string;
  readonly scanned: string;
  readonly at?: string | undefined;
}

const SENTENCES: Readonly<Record<PassFinding['code'], string>> = {
  PASS_UNREADABLE: 'this is no dose pass',
  PASS_ALTERED: 'it is not what its issuer signed',
  ISSUER_NOT_KNOWN: 'nobody here knows its issuer',
  OTHER_NETWORK: 'it is of another consortium',
  OTHER_PATIENT: 'it is of another patient',
  OTHER_ITEM: 'it is of another product',
  LABEL_MISMATCH: 'the product bears the label from before it was relabelled',
  NOT_YET_VALID: 'it does not count yet',
  PASS_EXPIRED: 'it counts no more',
};

/** Checks a dose pass with nothing but two files. */
export async function check(asked: Asked): Promise<CommandResult> {
  const { pass, patient, scanned: item, at = new Date().toISOString() } = asked;
  const known = passIssuersSchema.safeParse(await readJson('--issuers', `@${asked.issuers}`));
  if (!known.success) {
    throw new CliError('NOT_ISSUERS', 'the file names nobody who issues passes', {
      field: '--issuers',
      expected: "what 'pass issuers' writes",
      found: asked.issuers,
    });
  }
  const text = pass.startsWith('@') ? (await readBytes('--pass', pass.slice(1))).toString() : pass;
  const data = await checkPass(text, known.data, { patient, item, at }, nativeVerifier);
  const exitCode = data.findings.length === 0 ? EXIT.done : EXIT.failed;
  return { data, lines: linesOf(data), exitCode };
}

function linesOf({ statement, findings }: PassCheck): readonly string[] {
  const against = findings.map(
    ({ code, expected, found }) =>
      `${code}: ${SENTENCES[code]} (expected ${expected}, found ${found})`,
  );
  if (against.length > 0 || !statement) return ['the pass does not count', ...against];
  const { pass, item, label = item, block, until, released, openTests = [], expires } = statement;
  return [
    `pass ${pass} counts until ${until}: ${label}`,
    ...released.map(({ batch, certified }) => `  released  batch ${batch}, ${certified}`),
    ...openTests.map((test) => `  open      ${test} may follow`),
    ...(expires === undefined ? [] : [`  expires   ${expires}`]),
    `  held      as of block ${block}; what has happened since only the ledger knows`,
    '  to do     two staff, one of them a physician, and the token check at the bedside',
  ];
}
