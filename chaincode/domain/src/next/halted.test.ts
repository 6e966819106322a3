import { describe, expect, test } from '@jest/globals';
import { givenDose } from '../alerts/given.fixture.js';
import { COI, consent, NOW, signed } from '../example.fixture.js';
import { HOURS, openCells } from '../gates/open-tests.fixture.js';
import { CELL_THINGS } from '../graph/cell-therapy.fixture.js';
import { honest, type Story, THINGS } from '../graph/honest-therapy.fixture.js';
import type { Consent } from '../nouns/consent.js';
import type { Item } from '../nouns/item.js';
import { addMinutes } from '../values/time.js';
import type { ConsentState } from '../values/words.js';
import { mattersOf, waiting } from './next.fixture.js';
import { waitsIn } from './waits.js';

/** The honest therapy after its physician ended it. */
function halted(story = honest()): Story {
  const blocker = { kind: 'halt', id: 'H.1', code: 'THERAPY_HALTED' } as const;
  return story.change('therapy', COI, (therapy) => ({
    ...therapy,
    halts: [{ ...signed('hospital.clinician'), commitment: 'c' }],
    blockers: [blocker],
  }));
}

/** With every thing that is still there put away, but for the dose. */
function allPutAway(rest: Partial<Item>): Story {
  const there = halted()
    .entities.filter((each): each is Item => each.noun === 'item')
    .filter(({ custody }) => custody === 'in-custody' || custody === 'in-transit');
  const disposed = {
    ...signed('hospital.nurse'),
    method: 'transferred-to-archive',
    reason: 'halted',
    witnessed: { ...signed('hospital.pharmacist'), evidence: 'receipt' },
  };
  return there.reduce(
    (story, { id }) =>
      story.change('item', id, (item) => ({
        ...item,
        ...(id === THINGS.dose ? rest : { custody: 'disposed' as const, disposed }),
      })),
    halted(),
  );
}

describe('in a halted therapy', () => {
  test('nothing begins, and quality decides on each thing that is there', () => {
    const told = waiting(halted());
    expect(told.length).toBeGreaterThan(1);
    expect(new Set(told)).toEqual(
      new Set(['DISPOSAL_NOT_DECIDED: DecideDisposal by quality of ManufacturerMSP']),
    );
  });

  test('a test of what was given is still owed, by its due time, and of nothing else', () => {
    const owed = (story: Story) =>
      waitsIn(mattersOf(halted(story))).filter(({ code }) => code === 'sterility-test');
    expect(owed(openCells())).toEqual([]);
    const dose = givenDose({ item: CELL_THINGS.dose });
    const administrations = dose.administrations.map((each) => ({
      ...each,
      item: CELL_THINGS.dose,
    }));
    const given = openCells().with({ ...dose, administrations });
    expect(owed(given)).toMatchObject([
      {
        state: 'due',
        options: [{ act: 'manufacturing:ReportStep', roles: ['quality'] }],
        due: addMinutes(NOW, HOURS * 60),
      },
    ]);
    const gone = given.change('item', CELL_THINGS.qcVial, { custody: 'disposed' });
    expect(owed(gone)).toMatchObject([{ options: [{ act: 'manufacturing:ReportDeviation' }] }]);
  });

  test('who holds a thing disposes of it, when it may be destroyed', () => {
    const notBefore = addMinutes(NOW, 14 * 1440);
    const disposal = {
      ...signed('manufacturer.quality'),
      ...({ decision: 'destroy', basis: 'purpose-ended' } as const),
      notBefore,
    };
    const [wait, ...others] = waitsIn(mattersOf(allPutAway({ disposal })));
    expect(others).toEqual([]);
    expect(wait).toMatchObject({
      code: 'DISPOSAL_NOT_DONE',
      since: notBefore,
      options: [{ act: 'custody:DisposeItem', organisation: 'HospitalMSP' }],
    });
  });

  test('quality decides anew on what was to be kept by a consent that the patient took back', () => {
    const disposal = {
      ...signed('manufacturer.quality'),
      ...({ decision: 'retain', basis: 'sample-retention-consent' } as const),
    };
    const told = (
      state: ConsentState,
      rest: Partial<Consent> = {},
      on: Partial<NonNullable<Item['disposal']>> = {},
    ) => {
      const said = consent(state, { purpose: 'SAMPLE_RETENTION', ...rest });
      const story = allPutAway({ disposal: { ...disposal, ...on } });
      return waiting(story, { consents: [{ ...said, used: 1 }] });
    };
    const anew = ['DISPOSAL_NOT_DECIDED: DecideDisposal by quality of ManufacturerMSP'];
    const decided = signed('patient-1');
    const to = (...recipients: readonly string[]) => ({ decided, scope: { recipients } });
    expect(told('withdrawn', { decided })).toEqual(anew);
    expect(told('given', to('LabMSP'))).toEqual(anew);
    expect(told('given', { decided, scope: { geography: ['US'] } })).toEqual(anew);
    const goesOn = [expect.stringMatching(/^DISPOSAL_NOT_DONE: DisposeItem by .* HospitalMSP$/)];
    expect(told('given', to('HospitalMSP'))).toEqual(goesOn);
    expect(told('given', { decided, scope: { maxUses: 1, geography: ['DE'] } })).toEqual(goesOn);
    expect(told('withdrawn', { decided }, { basis: 'required-traceability' })).toEqual(goesOn);
    expect(waiting(allPutAway({ disposal }))).toEqual(goesOn);
    const gone = allPutAway({ disposal, custody: 'lost' });
    const said = consent('withdrawn', { purpose: 'SAMPLE_RETENTION', decided });
    expect(waiting(gone, { consents: [said] })).toEqual([
      'TO_BE_CLOSED: CloseTherapy by quality of ManufacturerMSP',
    ]);
  });

  test('somebody else than who destroyed a thing witnesses it', () => {
    const disposed = { ...signed('hospital.nurse'), method: 'incinerated', reason: 'halted' };
    const [wait] = waitsIn(mattersOf(allPutAway({ custody: 'disposed', disposed })));
    expect(wait).toMatchObject({ code: 'DISPOSAL_NOT_WITNESSED', except: ['hospital.nurse'] });
  });

  test('a party witnesses what was destroyed by a holder who is none', () => {
    const disposed = { ...signed('other.courier'), method: 'incinerated', reason: 'halted' };
    const holder = { organisation: 'OtherMSP', actor: 'other.courier' };
    const story = allPutAway({ custody: 'disposed', disposed, holder });
    const [wait] = waitsIn(mattersOf(story));
    const asked = wait?.options.map(({ organisation }) => organisation) ?? [];
    expect(asked.length).toBeGreaterThan(0);
    expect(asked).not.toContain('OtherMSP');
  });

  test('quality closes it when nothing is left, and then nobody is waited for', () => {
    const story = allPutAway({ custody: 'lost' });
    expect(waiting(story)).toEqual(['TO_BE_CLOSED: CloseTherapy by quality of ManufacturerMSP']);
    const closed = story.change('therapy', COI, (therapy) => ({
      ...therapy,
      closed: signed('manufacturer.quality'),
    }));
    expect(waiting(closed)).toEqual([]);
  });

  test('what was lost and comes to light after the end waits for a decision again', () => {
    const closed = allPutAway({}).change('therapy', COI, (therapy) => ({
      ...therapy,
      closed: signed('manufacturer.quality'),
    }));
    expect(waiting(closed)).toEqual([
      'DISPOSAL_NOT_DECIDED: DecideDisposal by quality of ManufacturerMSP',
    ]);
  });
});
