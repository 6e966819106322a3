import { processHash } from '@veinledger/domain';
import { shippedProcesses } from '@veinledger/cli';
import { PARTIES } from '../journey/cast.js';
import type { Message } from '../journey/submitter.js';
import { chainOfIdentity, din, serialised } from '../journey/labels.js';
import { RECORDS_PER_THERAPY } from './sizes.js';

/** Who says what. */
export interface Said {
  readonly actor: string;
  readonly message: Message;
}

/** The two commands that make aliquots of a sample. Each writes about 200 keys: an item and its index for each. */
const SPLITS = ['a', 'b'] as const;
/** Beside the aliquots stand the therapy, the sample, and the records of four commands. */
const ALIQUOTS = (RECORDS_PER_THERAPY - 6) / SPLITS.length;

/** Those who speak in the bench. */
export interface Speakers {
  readonly clinician: string;
  readonly patient: string;
  /** the holders of samples, in turn */
  readonly collectors: readonly string[];
}

const [definition] = shippedProcesses();

/** The therapy of a number and its sample are ordered and taken. */
export function sampledTherapy(speakers: Speakers, serial: number): readonly Said[] {
  if (!definition) throw new Error('no process definition is shipped');
  const coi = chainOfIdentity(serial);
  const order = {
    coi,
    patient: speakers.patient,
    process: { id: definition.id, version: definition.version, hash: processHash(definition) },
    parties: PARTIES,
    jurisdiction: 'DE',
    orderLines: [
      { dose: 1, day: 50, site: '4012345000016', depot: '4012345000023', slot: 'slot-1' },
    ],
  };
  const collected = { coi, item: din(serial), kind: 'tumour-ffpe', occasion: 'visit-1' };
  return [
    { actor: speakers.clinician, message: { type: 'therapy:OrderTherapy', body: order } },
    {
      actor: collectorOf(speakers, serial),
      message: { type: 'custody:CollectItem', body: collected },
    },
  ];
}

/** A whole therapy of {@link RECORDS_PER_THERAPY} records: its sample is split by two commands. */
export function filledTherapy(speakers: Speakers, serial: number): readonly Said[] {
  const splits = SPLITS.map((name) => ({
    coi: chainOfIdentity(serial),
    operation: 'split',
    parents: [{ item: din(serial), consumed: false }],
    children: Array.from({ length: ALIQUOTS }, (_, index) => ({
      item: serialised('block', `${serial}-${name}${index + 1}`),
      kind: 'block',
    })),
  }));
  const actor = collectorOf(speakers, serial);
  return [
    ...sampledTherapy(speakers, serial),
    ...splits.map((body) => ({ actor, message: { type: 'custody:DeriveItem', body } })),
  ];
}

/** What a logger at the sample of one of the therapies measured in three seconds. */
export function readings(speakers: Speakers, therapies: number, index: number): readonly Said[] {
  const serial = 1 + (index % therapies);
  const now = Date.now();
  const body = {
    coi: chainOfIdentity(serial),
    item: din(serial),
    logger: 'logger-1',
    readings: [21.1, 21.3, 21.2].map((temperatureC, second) => ({
      at: new Date(now - (3 - second) * 1000).toISOString(),
      temperatureC,
    })),
  };
  return [
    {
      actor: collectorOf(speakers, serial),
      message: { type: 'custody:RecordReadings', body },
    },
  ];
}

function collectorOf({ collectors }: Speakers, serial: number): string {
  const found = collectors[serial % collectors.length];
  if (found === undefined) throw new Error('nobody collects');
  return found;
}
