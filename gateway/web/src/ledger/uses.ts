import type { GatewayClient } from '@veinledger/client';
import { dataClassesOf } from '@veinledger/domain';
import {
  type Definition,
  pathOf,
  readAll,
  readDefinition,
  readRecords,
  readTherapies,
  type Recorded,
} from './therapies.js';
import { type ToldProcess, toldProcess } from './told.js';

/** What became of a use: permitted as planned, done without having been asked for, refused, or outside the process. */
export type UseKind = 'planned' | 'unasked' | 'refused' | 'emergency' | 'inspection' | 'report';

/** Somebody used the patient's samples or data, or asked to. */
export interface DataUse {
  /** the command's id */
  readonly id: string;
  readonly kind: UseKind;
  /** the transaction's time, RFC 3339 */
  readonly at: string;
  /** MSP id of who did */
  readonly organisation: string;
  /** the step of the process; left out where it is none */
  readonly step?: string;
  /** what the patient agreed to for it, or did not */
  readonly purposes: readonly string[];
  /** what it touches; empty where that is not said */
  readonly dataClasses: readonly string[];
  /** the authority that was shown it, by its code */
  readonly authority?: string;
  /** how often the same was done on that day */
  readonly times: number;
}

/** What no step of a process is, and yet shows somebody the therapy or tells of it. */
const OUTSIDE: Readonly<Record<string, UseKind>> = {
  'care:OpenEmergencyAccess': 'emergency',
  'quality:RecordInspection': 'inspection',
  'quality:RecordReport': 'report',
};
const STARTED = 'manufacturing:StartStep';
const REPORTED = 'manufacturing:ReportStep';
/** A refusal for any other reason is about the product: nobody asked the patient. */
const FOR_CONSENT: readonly string[] = ['CONSENT_DENIED', 'CONSENT_NOT_ACTIVE'];
const SUBJECT = /^consent (\w+)$/u;
const ATTEMPT = /^step (\S+) (\d+)$/u;
const DAY = 'YYYY-MM-DD'.length;

interface InspectionTold {
  readonly authority: string;
  readonly statements: readonly { readonly command: string }[];
}

/** The uses of a patient's samples and data, the newest first, and what tells of the steps in them. */
export interface Uses {
  readonly uses: readonly DataUse[];
  /** those of the therapies, of that ordered last first */
  readonly processes: readonly ToldProcess[];
}

export async function readUses(client: GatewayClient): Promise<Uses> {
  const found: DataUse[] = [];
  const processes: ToldProcess[] = [];
  for (const therapy of await readTherapies(client)) {
    const definition = await readDefinition(client, therapy);
    processes.push(toldProcess(therapy.process, definition));
    const records = await readRecords(client, therapy);
    const inspections = records.some(({ type }) => OUTSIDE[type] === 'inspection')
      ? await readAll<InspectionTold>(client, pathOf(therapy, '/things'), { noun: 'inspection' })
      : [];
    const authorities = new Map(
      inspections.flatMap(({ authority, statements }) =>
        statements.map(({ command }) => [command, authority] as const),
      ),
    );
    found.push(...usesOf(records, definition, authorities));
  }
  return { uses: found.sort((one, two) => (one.at < two.at ? 1 : -1)), processes };
}

/**
 * The uses that a therapy's records tell of, in their order; what one organisation did for one step on one day is one.
 * @param authorities who was shown the therapy, by the command that tells it
 */
export function usesOf(
  records: readonly Recorded[],
  definition: Definition,
  authorities: ReadonlyMap<string, string> = new Map(),
): readonly DataUse[] {
  const started = new Set<string>();
  const found = new Map<string, DataUse>();
  for (const record of records) {
    const use = useOf(record, definition, started);
    if (use === undefined) continue;
    const { kind, step = '', organisation, purposes, at } = use;
    const same = JSON.stringify([kind, step, organisation, purposes, at.slice(0, DAY)]);
    const authority = authorities.get(record.commandId);
    const before = found.get(same);
    if (before !== undefined && authority === undefined) {
      found.set(same, { ...before, times: before.times + 1 });
    } else {
      found.set(authority === undefined ? same : record.commandId, {
        ...use,
        ...(authority === undefined ? {} : { authority }),
      });
    }
  }
  return [...found.values()];
}

/** @param started attempts that were permitted so far, which this adds to */
function useOf(
  record: Recorded,
  definition: Definition,
  started: Set<string>,
): DataUse | undefined {
  const { commandId: id, type, organisation, decision, reasons, transactionTime: at } = record;
  const of = { id, at, organisation, times: 1 };
  const outside = OUTSIDE[type];
  if (decision === 'refused') {
    const denied = reasons.filter(({ code }) => FOR_CONSENT.includes(code));
    if (denied.length === 0) return undefined;
    const purposes = denied.flatMap(({ subject = '' }) => SUBJECT.exec(subject)?.[1] ?? []);
    return { ...of, kind: 'refused', purposes, dataClasses: [] };
  }
  if (outside !== undefined) return { ...of, kind: outside, purposes: [], dataClasses: [] };
  const [name, attempt] = attemptIn(record);
  const step = definition.steps.find((each) =>
    type === STARTED || type === REPORTED ? each.id === name : each.attestedBy === type,
  );
  if (step === undefined || step.consents.length === 0) return undefined;
  if (type === REPORTED && started.has(attempt)) return undefined;
  if (type === STARTED) started.add(attempt);
  const kind = type === REPORTED ? 'unasked' : 'planned';
  return { ...of, kind, step: step.id, purposes: step.consents, dataClasses: dataClassesOf(step) };
}

/** The step that a record changed, and its attempt by name. */
function attemptIn({ changed }: Pick<Recorded, 'changed'>): readonly [string, string] {
  for (const each of changed) {
    const step = ATTEMPT.exec(each)?.[1];
    if (step !== undefined) return [step, each];
  }
  return ['', ''];
}
