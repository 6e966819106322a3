import type { CommandRecord, Entity, Therapy } from '@veinledger/domain';

/** A therapy's trace as the gateway gives it. */
export interface Trace {
  readonly therapy: Therapy;
  readonly things: readonly Entity[];
  readonly records: readonly CommandRecord[];
}

/** A trace as lines for people: every record, then the commitments to files. */
export function traceLines({ therapy, things, records }: Trace): readonly string[] {
  return [
    `chain of identity ${therapy.coi}, patient ${therapy.patient}, process ${therapy.process.id} ${therapy.process.version}`,
    ...records.map((record) =>
      [
        record.transactionTime.slice(11, 23),
        record.actor.padEnd(27),
        record.type.padEnd(33),
        record.decision.padEnd(10),
        record.deviations.map(({ code }) => code).join(' '),
      ].join(' '),
    ),
    'commitments (salted digests; the files are in nobody’s block)',
    ...things.flatMap((thing) => {
      if (thing.noun === 'dataset') return [`  dataset ${thing.id.padEnd(14)} ${thing.commitment}`];
      if (thing.noun === 'design') return [`  design  ${thing.id.padEnd(14)} ${thing.commitment}`];
      return [];
    }),
  ];
}
