import { describe, expect, test } from '@jest/globals';
import { readerOf } from '../commands/reader.fixture.js';
import {
  actor,
  COI,
  command,
  consent,
  context,
  definition,
  item,
  NOW,
  signed,
  step,
  therapy,
} from '../example.fixture.js';
import type { BasesOfJurisdictions } from '../nouns/disposal-bases.js';
import type { Consent } from '../nouns/consent.js';
import type { ConsentUsed } from '../nouns/consent-use.js';
import type { Item } from '../nouns/item.js';
import { processHash } from '../nouns/process-definition.js';
import type { Therapy } from '../nouns/therapy.js';
import type { DisposalBasis, DisposalDecision } from '../values/words.js';
import { type DecidedDisposal, readDecided } from './decided-disposal.js';
import {
  decideDecideDisposal,
  decideDisposal,
  type DecideDisposalState,
} from './decide-disposal.js';
import { decideDispose, disposeItem } from './dispose.js';

const quality = actor('lab.quality', 'LabMSP', 'quality');
const nurse = actor('hospital.nurse', 'HospitalMSP', 'nurse');
const vial = item({ kind: 'vial' });
const own = (of: Item) => ({ id: of.id, known: 'own', item: of }) as const;

const GERMANY: BasesOfJurisdictions = {
  jurisdictions: ['DE', 'FR'],
  bases: [
    { basis: 'purpose-ended', law: 'one', allows: ['destroy'] },
    { basis: 'reserve-sample', law: 'two', allows: ['retain'], kinds: ['vial'] },
    {
      basis: 'sample-retention-consent',
      law: 'three',
      allows: ['retain'],
      patientsWord: 'SAMPLE_RETENTION',
    },
    {
      basis: 'patients-wish',
      law: 'four',
      allows: ['destroy'],
      patientsWord: 'destruction',
    },
    { basis: 'patients-wish', law: 'four', allows: ['return'], kinds: ['vial'] },
  ],
};
const STATES: BasesOfJurisdictions = {
  jurisdictions: ['US'],
  bases: [{ basis: 'recall', law: 'five', allows: ['destroy', 'retain'] }],
};
const PROCESS = definition([step('only')], { disposalBases: [GERMANY, STATES] });
const IN = (jurisdiction: string): Therapy =>
  therapy({
    jurisdiction,
    process: { id: PROCESS.id, version: PROCESS.version, hash: processHash(PROCESS) },
    halts: [{ ...signed('hospital.clinician'), commitment: 'c' }],
  });
const retention = (state: 'given' | 'withdrawn') =>
  consent(state, { purpose: 'SAMPLE_RETENTION', decided: signed('patient-1') });

function decide(
  decision: DisposalDecision,
  basis: DisposalBasis,
  state: Partial<DecideDisposalState> = {},
) {
  const body = decideDisposal.body.parse({ coi: COI, item: vial.id, decision, basis });
  return decideDecideDisposal(
    {
      therapy: IN('DE'),
      definition: PROCESS,
      named: own(vial),
      consents: [],
      keeper: { recipient: 'HospitalMSP', country: undefined },
      ...state,
    },
    command(quality.id, body),
    context(quality),
  );
}

const reasonsOf = (decided: ReturnType<typeof decide>) =>
  decided.decision === 'refused' ? decided.reasons : [];

describe('what becomes of a thing of a halted therapy, where the process says by which law', () => {
  test('is refused on a basis that the jurisdiction of the therapy does not know', () => {
    const found = 'recall';
    expect(reasonsOf(decide('destroy', found))).toEqual([
      {
        code: 'BASIS_NOT_IN_JURISDICTION',
        subject: `item ${vial.id}`,
        expected:
          'basis in DE: purpose-ended,reserve-sample,sample-retention-consent,patients-wish',
        found,
      },
    ]);
    const abroad = { therapy: IN('US') };
    expect(reasonsOf(decide('destroy', found, abroad))).toEqual([]);
    expect(reasonsOf(decide('destroy', 'purpose-ended', abroad))).toMatchObject([
      { code: 'BASIS_NOT_IN_JURISDICTION', expected: 'basis in US: recall' },
    ]);
    expect(reasonsOf(decide('destroy', 'purpose-ended', { therapy: IN('FR') }))).toEqual([]);
  });

  test('is refused on a basis that carries something else, or that of another kind only', () => {
    expect(reasonsOf(decide('retain', 'purpose-ended'))).toMatchObject([
      {
        code: 'BASIS_NOT_OPEN',
        expected: 'basis to retain vial in DE: reserve-sample,sample-retention-consent',
        found: 'purpose-ended',
      },
    ]);
    expect(reasonsOf(decide('retain', 'reserve-sample'))).toEqual([]);
    const block = { named: own(item({ kind: 'block' })) };
    expect(reasonsOf(decide('retain', 'reserve-sample', block))).toMatchObject([
      {
        code: 'BASIS_NOT_OPEN',
        expected: 'basis to retain block in DE: sample-retention-consent',
      },
    ]);
  });

  test('needs the patient’s consent where its basis does, and the jurisdiction says to which purpose', () => {
    const asked = (consents: DecideDisposalState['consents']) =>
      reasonsOf(decide('retain', 'sample-retention-consent', { consents })).map(({ code }) => code);
    expect(asked([])).toEqual(['CONSENT_NOT_ACTIVE']);
    expect(asked([retention('withdrawn')])).toEqual(['CONSENT_DENIED']);
    expect(asked([retention('given')])).toEqual([]);
  });

  test('needs that the patient asked for destruction where its basis does', () => {
    expect(reasonsOf(decide('destroy', 'patients-wish'))).toEqual([
      {
        code: 'DESTRUCTION_NOT_ASKED_FOR',
        subject: `item ${vial.id}`,
        expected: 'therapy:AskForDestruction by the patient',
        found: 'patients-wish',
      },
    ]);
    const destruction = { ...signed('patient-1'), when: 'after-waiting' } as const;
    const asked = { therapy: { ...IN('DE'), destruction } };
    expect(reasonsOf(decide('destroy', 'patients-wish', asked))).toEqual([]);
    expect(reasonsOf(decide('return', 'patients-wish'))).toEqual([]);
  });
});

describe('a disposal that has happened', () => {
  const decidedOn = (decision: DisposalDecision, basis: DisposalBasis, kind = 'vial') =>
    item({ kind, disposal: { ...signed(quality.id), decision, basis } });
  const process = {
    ...({ noun: 'process', id: PROCESS.id, version: PROCESS.version } as const),
    ...{ hash: processHash(PROCESS), definition: PROCESS, publishedBy: 'a', at: NOW },
  };

  async function dispose(
    of: Item,
    method: string,
    { held = IN('DE'), consents = [] }: Partial<Held> = {},
  ) {
    const body = disposeItem.body.parse({ coi: COI, item: of.id, method, reason: 'halted' });
    const decided = await readDecided(readerOf(process, ...consents), held, own(of));
    const state = { named: own(of), therapy: held, decided };
    return { decided, decision: decideDispose(state, command(nurse.id, body), context(nurse)) };
  }
  interface Held {
    readonly held: Therapy;
    readonly consents: readonly (Consent | ConsentUsed)[];
  }
  const deviations = async (...told: Parameters<typeof dispose>) =>
    (await dispose(...told)).decision.deviations.map(({ code, expected, found }) => ({
      ...{ code, expected, found },
    }));

  test('on a basis that the jurisdiction does not know is recorded, and deviates', async () => {
    const archived = 'transferred-to-archive';
    const { decision } = await dispose(decidedOn('retain', 'inspection'), archived);
    expect(decision.changes).toContainEqual(expect.objectContaining({ custody: 'disposed' }));
    expect(await deviations(decidedOn('retain', 'inspection'), archived)).toEqual([
      {
        code: 'DISPOSAL_WITHOUT_BASIS',
        expected:
          'basis in DE: purpose-ended,reserve-sample,sample-retention-consent,patients-wish',
        found: 'inspection',
      },
    ]);
    expect(await deviations(decidedOn('retain', 'reserve-sample'), archived)).toEqual([]);
    expect(
      await deviations(decidedOn('retain', 'reserve-sample', 'block'), archived),
    ).toMatchObject([{ code: 'DISPOSAL_WITHOUT_BASIS', found: 'reserve-sample' }]);
  });

  test('against the patient’s word, taken back since it was decided, is recorded, and deviates', async () => {
    const kept = decidedOn('retain', 'sample-retention-consent');
    const archive = (state: 'given' | 'withdrawn') =>
      deviations(kept, 'transferred-to-archive', { consents: [retention(state)] });
    expect(await archive('given')).toEqual([]);
    expect(await archive('withdrawn')).toMatchObject([
      { code: 'WITHOUT_CONSENT', found: 'SAMPLE_RETENTION withdrawn' },
    ]);
    const destroyed = { consents: [retention('withdrawn')] };
    expect(await deviations(kept, 'incinerated', destroyed)).toMatchObject([
      { code: 'DISPOSAL_NOT_AS_DECIDED' },
    ]);
  });

  test('draws on a consent of so many uses no more than its decision did', async () => {
    const once = { ...retention('given'), scope: { maxUses: 1 } };
    const use = {
      ...({ noun: 'consent-use', patient: once.patient, purpose: once.purpose } as const),
      ...{ consent: once.id, command: 'decision' },
    };
    const kept = decidedOn('retain', 'sample-retention-consent');
    const { decision } = await dispose(kept, 'transferred-to-archive', { consents: [once, use] });
    expect(decision.deviations).toEqual([]);
    expect(decision.changes.filter(({ noun }) => noun === 'consent-use')).toEqual([]);
  });

  test('before anything was decided, or in a therapy that goes on, is held against no basis', async () => {
    const nothing: DecidedDisposal | undefined = undefined;
    const goingOn = { held: { ...IN('DE'), halts: [] } };
    const decided = decidedOn('retain', 'inspection');
    expect((await dispose(vial, 'incinerated')).decided).toBe(nothing);
    expect((await dispose(decided, 'transferred-to-archive', goingOn)).decided).toBe(nothing);
  });
});
