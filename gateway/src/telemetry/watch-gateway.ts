import type { Lifecycle } from '../health/lifecycle.js';
import { endOf, type Readiness } from '../health/readiness.js';
import type { SubmissionJournal } from '../journal/journal.js';
import { isOwnLedger, type Ledger, type SubmitterIdentity } from '@veinledger/ledger';
import type { AnnexVault } from '../vault/annex-vault.js';
import type { GatewayMetrics, Reading } from './metrics.js';

export interface WatchedParts {
  readonly ledger: Ledger;
  readonly journal: SubmissionJournal;
  readonly vault: AnnexVault;
  readonly lifecycle: Lifecycle;
  readonly readiness: Pick<Readiness, 'missing'>;
  readonly identities: () => readonly SubmitterIdentity[];
}

/** Adds to the metrics what is read of a gateway's parts; the function that it gives takes them away again. */
export function watchGateway(metrics: GatewayMetrics, parts: WatchedParts): () => void {
  const readings = readingsOf(parts);
  for (const [name, help, read] of readings) metrics.watch(name, help, read);
  return () => {
    for (const [name] of readings) metrics.unwatch(name);
  };
}

function readingsOf({
  ledger,
  journal,
  vault,
  lifecycle,
  readiness,
  identities,
}: WatchedParts): readonly (readonly [name: string, help: string, read: Reading])[] {
  const queue = isOwnLedger(ledger)
    ? [
        [
          'veinledger_committer_waiting',
          'Endorsed transactions that no block on disk holds yet',
          () => ledger.waiting,
        ] as const,
      ]
    : [];
  return [
    ...queue,
    [
      'veinledger_ready',
      'Whether the gateway can serve, as /health/ready tells it: 1 or 0',
      async () => ((await readiness.missing()).length === 0 ? 1 : 0),
    ],
    ['veinledger_ledger_height', 'Blocks of the ledger', () => ledger.height()],
    [
      'veinledger_journal_unsettled',
      'Transactions that were sent and of which it is not known what became',
      () => journal.unsettled().length,
    ],
    [
      'veinledger_vault_unconfirmed',
      'Annexes whose command is not known to stand on the ledger',
      async () => (await vault.unconfirmed(Date.now())).length,
    ],
    [
      'veinledger_requests_under_way',
      'Requests that are accepted and not answered',
      () => lifecycle.underWay,
    ],
    [
      'veinledger_event_listeners',
      'Streams of events that are held open',
      () => lifecycle.listeners,
    ],
    [
      'veinledger_wallet_first_expiry_seconds',
      'When the first certificate of the wallet ends, seconds since 1970',
      () => Math.min(...identities().map(({ certificate }) => endOf(certificate))) / 1000,
    ],
  ];
}
