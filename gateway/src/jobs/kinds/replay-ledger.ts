import { setImmediate } from 'node:timers/promises';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import type { ConsortiumRoot } from '@veinledger/domain';
import {
  type AnnexVault,
  type Finding,
  type LedgerBlock,
  replay,
  type ReplayReport,
} from '@veinledger/chaincode/replay';
import { z } from 'zod';
import type { Ledger } from '@veinledger/ledger';
import { type CallerReader, notEntitled } from '../../reads/caller-reader.js';
import { type AnyJobKind, type JobContext, jobKind } from '../job-kind.js';

/** How many differences a report holds; of the others it tells the number. */
const MAX_FINDINGS = 200;

const finding = z.strictObject({
  kind: z.enum([
    'order',
    'repeated-transaction',
    'validation-code',
    'raw-write',
    'unacceptable-command',
    'receipt',
    'event',
    'write',
    'hidden-read',
    'annex',
    'state',
  ]),
  block: z.int().min(0),
  transactionId: z.exactOptional(z.string()),
  subject: z.string(),
  expected: z.string(),
  found: z.string(),
}) satisfies z.ZodType<Finding>;

const count = z.int().min(0);

/** A replay's report in numbers, and its first differences. */
const replaySummary = z.strictObject({
  blocks: count,
  transactions: count,
  commands: count,
  repeated: count,
  refused: count,
  invalid: count,
  /** commands whose annexes the vault could not give */
  unopened: count,
  /** commands whose verdicts were taken on endorsement alone */
  endorsedOnly: count,
  /** transactions whose validation code was taken on the peers' word */
  uncheckedCodes: count,
  /** keys of the state */
  entries: count,
  stateDigest: z.string(),
  differences: count,
  /** the first of them */
  findings: z.array(finding),
});

export interface ReplayParts {
  readonly ledger: Pick<Ledger, 'blocks' | 'height'>;
  readonly root: ConsortiumRoot;
  readonly vault: AnnexVault;
  /** refuses callers whose organisation is no member, or has left */
  readonly reader: Pick<CallerReader, 'requireMember'>;
}

/** Decides every command anew from the blocks alone, and compares; for auditors, since it reads every therapy. */
export function replayLedgerJob({ ledger, root, vault, reader }: ReplayParts): AnyJobKind {
  return jobKind({
    name: 'replay-ledger',
    summary: 'Decides every command anew from the blocks alone and compares; for auditors',
    unit: 'blocks',
    input: z.strictObject({}),
    result: replaySummary,
    authorise: ({ roles }) => {
      if (roles.includes('auditor')) return;
      throw notEntitled('the replay reads every therapy; it is for auditors', 'kind');
    },
    admit: (caller) => reader.requireMember(caller),
    run: async (_, context) => {
      const total = await ledger.height();
      const blocks = watched(ledger.blocks(), total, context);
      return summaryOf(await replay({ blocks, root, verifier: nativeVerifier, vault }));
    },
  });
}

/** The blocks, each reported once it is done with; between them other requests have their turn. */
async function* watched(
  blocks: AsyncIterable<LedgerBlock>,
  total: number,
  { signal, report }: JobContext,
): AsyncGenerator<LedgerBlock> {
  let done = 0;
  for await (const block of blocks) {
    signal.throwIfAborted();
    yield block;
    done += 1;
    report({ done, total });
    await setImmediate();
  }
}

function summaryOf(report: ReplayReport): z.output<typeof replaySummary> {
  const { findings, endorsedOnly, uncheckedCodes } = report;
  return {
    ...report,
    endorsedOnly: endorsedOnly.length,
    uncheckedCodes: uncheckedCodes.length,
    differences: findings.length,
    findings: findings.slice(0, MAX_FINDINGS),
  };
}
