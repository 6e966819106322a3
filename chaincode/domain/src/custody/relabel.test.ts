import { describe, expect, test } from '@jest/globals';
import { ofRelabelling } from '../annulling/relabelling.js';
import { Things } from '../annulling/things.js';
import { COI, DIGEST, din, NOW, signed } from '../example.fixture.js';
import { parseClosed } from '../errors/schema.js';
import { against } from '../gates/dose-gate.fixture.js';
import { honest, own, type Story, THINGS } from '../graph/honest-therapy.fixture.js';
import { makersOf } from '../graph/makers.js';
import { statementsOf } from '../graph/statements.js';
import { mattersOf, waiting } from '../next/next.fixture.js';
import { waitsIn } from '../next/waits.js';
import { numbersOn } from '../nouns/relabelling.js';
import { recordOf } from '../quality/annul-record.fixture.js';
import { changedBy } from '../quality/expiry.fixture.js';
import { addMinutes } from '../values/time.js';
import { release } from './hand-off.fixture.js';
import { relabelItem } from './relabel.js';
import {
  courier,
  ELSEWHERE,
  itemOf,
  namedIn,
  NEW,
  NEWER,
  pharmacist,
  relabel,
  relabelled,
  second,
  SPOKEN_OF,
  verified,
} from './relabel.fixture.js';

const [vial, other] = THINGS.vials;
const deviated = (decided: ReturnType<typeof relabel>) =>
  decided.deviations.map(({ code, classification, expected, found, subjects }) => ({
    ...{ code, classification, expected, found },
    subjects: subjects.map(({ ref }) => ('id' in ref ? ref.id : ref.coi)),
  }));
const coded = (decided: ReturnType<typeof relabel>) => deviated(decided).map(({ code }) => code);
const waits = (story: Story) => waiting(story).filter((each) => each.startsWith('RELABELLING_'));
const half = relabelled(honest());

describe('a thing that is given another label', () => {
  test('stays what it is, bears the new number, and says who applied it, who read both and what became of the former', () => {
    const decided = relabel(half, { by: second });
    expect(decided).toMatchObject({ effect: 'taken', deviations: [] });
    const dose = itemOf(changedBy(half, decided.changes));
    expect(dose).toMatchObject({ id: THINGS.dose, kind: 'dose', parents: [own(vial)] });
    expect(numbersOn(dose)).toEqual([NEW]);
    expect(dose.relabellings).toMatchObject([
      {
        ...{ labelRead: THINGS.dose, label: NEW, reason: 'damaged', formerLabel: 'destroyed' },
        signatures: [
          { actor: pharmacist.id, organisation: 'HospitalMSP' },
          { actor: second.id, organisation: 'HospitalMSP' },
        ],
        verified: { actor: second.id },
      },
    ]);
  });

  test('bears the new number from the first word on, and is found by it', () => {
    const decided = relabel(honest());
    expect(decided).toMatchObject({ effect: 'taken', deviations: [] });
    expect(decided.changes).toContainEqual({
      ...{ noun: 'item-index', coi: COI, id: NEW, item: THINGS.dose },
    });
    expect(numbersOn(itemOf(half))).toEqual([NEW]);
  });

  test('does not go on until a second person read both labels, and neither does what was made of it', () => {
    expect(against(relabelled(honest(), { item: vial }))).toEqual(['RELABELLING_NOT_VERIFIED']);
    expect(against(verified(honest(), { item: vial }))).toEqual([]);
  });

  test('waits for that second person of who holds it', () => {
    const roles =
      'collector/nurse/clinician/pathologist/pharmacist/lab/operator/quality/courier'.split('/');
    const granted = roles.filter(
      (each) => !['lab', 'operator', 'quality', 'courier'].includes(each),
    );
    expect(waits(half)).toEqual([
      `RELABELLING_NOT_VERIFIED: RelabelItem by ${granted.join('/')} of HospitalMSP`,
    ]);
    expect(waits(verified())).toEqual([]);
    const [wait] = waitsIn(mattersOf(half)).filter(({ code }) => code.startsWith('RELABELLING_'));
    expect(wait).toMatchObject({
      ...{ state: 'stopped', subject: `item ${THINGS.dose}`, except: [pharmacist.id] },
      named: { reason: ['damaged'], formerLabel: ['destroyed'] },
    });
    expect(Object.keys(wait?.named ?? {})).not.toContain('label');
  });

  test('of whom nobody can be any more, once another has it, since quality annuls it', () => {
    const gone = half.change('item', THINGS.dose, {
      holder: { organisation: 'LabMSP', actor: 'lab.technician' },
    });
    expect(waits(gone)).toEqual([
      'RELABELLING_NOT_VERIFIED: AnnulRecord by quality of ManufacturerMSP',
    ]);
    const rejected = { kind: 'rejected', id: 'D1', code: 'LABEL_MISMATCH' } as const;
    expect(waits(gone.change('item', THINGS.dose, { blockers: [rejected] }))).toEqual([]);
    expect(waits(gone.change('item', THINGS.dose, { custody: 'disposed' }))).toEqual([]);
  });

  test('is still waited for though it was disposed of, where anything was made of it', () => {
    const of = (item: string) =>
      relabelled(honest(), { item }).change('item', item, { custody: 'disposed' });
    expect(waits(of(other))).toEqual([]);
    for (const used of [vial, THINGS.sampleVial, THINGS.block]) {
      const [wait, ...more] = waits(of(used));
      expect(wait).toMatch(/^RELABELLING_NOT_VERIFIED: RelabelItem by .* of \w+MSP$/);
      expect(more).toEqual([]);
    }
    expect(against(of(vial))).toContain('RELABELLING_NOT_VERIFIED');
    const halts = [{ ...signed('hospital.clinician'), commitment: 'c' }];
    expect(waits(of(vial).change('therapy', COI, { halts }))).toEqual([]);
  });

  test('is not verified by who applied the label, under whatever name', () => {
    expect(relabel(half)).toMatchObject({ effect: 'none', changes: [] });
    const known = relabelled(honest(), { person: DIGEST });
    expect(relabel(known, { by: second, person: DIGEST })).toMatchObject({ effect: 'none' });
  });

  test('was not relabelled otherwise by who applied the label: other words of theirs contradict', () => {
    expect(coded(relabel(half, { reason: 'misprinted' }))).toEqual(['CONTRADICTING_RELABELLING']);
  });

  test('is not verified by somebody of another organisation, to whom it went', () => {
    const gone = half.change('item', THINGS.dose, {
      holder: { organisation: 'CourierMSP', actor: courier.id },
    });
    const decided = relabel(gone, { by: courier });
    expect(coded(decided)).toEqual(['CONTRADICTING_RELABELLING']);
    expect(against(changedBy(gone, decided.changes))).toContain('RELABELLING_NOT_VERIFIED');
  });

  test.each([
    [{ reason: 'misprinted' }, ['CONTRADICTING_RELABELLING']],
    [{ formerLabel: 'retained' }, ['CONTRADICTING_RELABELLING']],
    [{ labelRead: 'unreadable' }, ['LABEL_UNREADABLE', 'CONTRADICTING_RELABELLING']],
    [{ labelRead: vial }, ['LABEL_MISMATCH', 'CONTRADICTING_RELABELLING']],
  ])('is not verified in other words: %j', (words, expected) => {
    const decided = relabel(half, { by: second, ...words });
    expect(coded(decided)).toEqual(expected);
    expect(against(changedBy(half, decided.changes))).toContain('RELABELLING_NOT_VERIFIED');
  });

  test('by whose second reading another thing bears the new number stops both', () => {
    expect(deviated(relabel(half, { by: second, item: vial }))).toMatchObject([
      { code: 'IDENTIFIER_TAKEN', classification: 'critical', subjects: [vial, THINGS.dose] },
    ]);
  });

  test('of which one person more says so again is verified as before', () => {
    const third = { ...second, id: 'hospital.pharmacist-3' };
    const [relabelling] = itemOf(relabelled(verified(), { by: third })).relabellings ?? [];
    expect(relabelling?.verified?.actor).toBe(second.id);
    expect(relabelling?.signatures).toHaveLength(3);
  });

  test('was relabelled by makers of what is made of it, whose keys are asked after', () => {
    const story = verified(honest(), { item: vial });
    const makers = makersOf(story.whole(), story.upstream());
    expect([pharmacist, second].every(({ id }) => makers.has(id))).toBe(true);
    const signers = statementsOf(itemOf(story, vial)).map(({ signed: { actor } }) => actor);
    expect(signers).toEqual(expect.arrayContaining([pharmacist.id, second.id]));
  });

  test('without its second person deviates when it is given away, and so does what is prepared of it', () => {
    const gone = release(itemOf(half), pharmacist, { labelRead: NEW });
    expect(gone.deviations.map(({ code }) => code)).toEqual(['RELABELLING_NOT_VERIFIED']);
    const sent = release(itemOf(verified()), pharmacist, { labelRead: NEW });
    expect(sent.deviations).toEqual([]);
  });
});

describe('the label that a thing bore', () => {
  test.each([
    ['another thing’s', { labelRead: vial }, 'LABEL_MISMATCH'],
    ['not to be read', { labelRead: 'unreadable' }, 'LABEL_UNREADABLE'],
  ])('and was %s deviates', (_what, words, code) => {
    expect(coded(relabel(honest(), words))).toEqual([code]);
  });

  test('and that nobody can account for is looked into', () => {
    expect(deviated(relabel(honest(), { formerLabel: 'missing' }))).toEqual([
      {
        ...{ code: 'LABEL_UNACCOUNTED', classification: 'major', subjects: [THINGS.dose] },
        ...{ expected: 'the former label', found: THINGS.dose },
      },
    ]);
    expect(coded(relabel(honest(), { labelRead: 'absent', formerLabel: 'missing' }))).toEqual([
      ...['LABEL_UNREADABLE', 'LABEL_UNACCOUNTED'],
    ]);
  });

  test('and that was not there was not destroyed', () => {
    const body = {
      ...{ coi: COI, item: THINGS.dose, labelRead: 'absent', label: NEW, reason: 'missing' },
      formerLabel: 'destroyed',
    };
    expect(() => parseClosed(relabelItem.body, body, 'body')).toThrow(
      /formerLabel.*of a label that was absent: missing/s,
    );
  });

  test('of a thing that is not here, or is another’s, deviates', () => {
    const gone = honest().change('item', THINGS.dose, { custody: 'consumed' });
    expect(coded(relabel(gone))).toEqual(['NOT_IN_CUSTODY']);
    const there = honest().change('item', THINGS.dose, {
      holder: { organisation: 'LabMSP', actor: 'lab.technician' },
    });
    expect(coded(relabel(there))).toEqual(['NOT_HOLDER']);
    const early = honest().change('item', THINGS.dose, { heldSince: addMinutes(NOW, 10) });
    expect(coded(relabel(early))).toEqual(['BEFORE_ITS_SUBJECT']);
  });

  test('of something that nobody registered is there, and nobody knows what it is', () => {
    const decided = relabel(honest(), { item: din(777) });
    expect(coded(decided)).toEqual(['UNIDENTIFIED_ITEM']);
    const met = decided.changes.find((each) => each.noun === 'item');
    expect(met && numbersOn(met)).toEqual([NEW]);
    const same = relabel(honest(), { item: din(777), label: din(777) });
    const bare = same.changes.find((each) => each.noun === 'item');
    expect([coded(same), bare]).toMatchObject([['UNIDENTIFIED_ITEM'], { id: din(777) }]);
    expect(bare).not.toHaveProperty('relabellings');
  });

  test('of another therapy’s thing is not changed here', () => {
    const decided = relabel(honest(), { item: ELSEWHERE });
    expect(coded(decided)).toEqual(['FOREIGN_ITEM']);
    expect(decided.changes.filter(({ noun }) => noun === 'item-index')).toEqual([]);
  });
});

describe('the number on a new label', () => {
  const taken = (label: string, subjects: readonly string[], story = honest()) => {
    const decided = relabel(story, { label });
    const [deviation] = deviated(decided);
    expect(deviation).toMatchObject({ code: 'IDENTIFIER_TAKEN', classification: 'critical' });
    expect(deviation?.subjects).toEqual(subjects);
    expect(numbersOn(itemOf(changedBy(story, decided.changes)))).not.toContain(label);
    expect(decided.changes.filter(({ noun }) => noun === 'item-index')).toEqual([]);
    return deviation;
  };

  test('is of this thing alone: another’s stops both, and is on neither', () => {
    taken(vial, [THINGS.dose, vial]);
    const met = honest().change('item', other, { kind: 'unidentified' });
    taken(other, [THINGS.dose, other], met);
  });

  test('of another therapy’s thing is not named here', () => {
    expect(taken(ELSEWHERE, [THINGS.dose])?.found).not.toContain(ELSEWHERE);
  });

  test('is none that it bore before, or bears', () => {
    expect(deviated(relabel(honest(), { label: THINGS.dose }))).toMatchObject([
      { code: 'IDENTIFIER_TAKEN', subjects: [THINGS.dose] },
    ]);
    const [both, again] = [verified(), { label: NEWER, labelRead: NEW }];
    const twice = verified(both, again);
    expect(deviated(relabel(twice, { labelRead: NEWER, label: THINGS.dose }))).toMatchObject([
      { code: 'IDENTIFIER_TAKEN', subjects: [THINGS.dose] },
    ]);
    const aliased = honest().change('item', THINGS.dose, { alias: NEWER });
    expect(coded(relabel(aliased, { label: NEWER }))).toEqual(['IDENTIFIER_TAKEN']);
  });

  test('is free although somebody spoke of it under another therapy, and quality looks at that', () => {
    const decided = relabel(honest(), { label: SPOKEN_OF });
    expect(coded(decided)).toEqual(['IDENTIFIED_LATER']);
    expect(decided.changes).toContainEqual({
      ...{ noun: 'item-index', coi: COI, id: SPOKEN_OF, item: THINGS.dose },
    });
  });
});

describe('a relabelling that was entered in error', () => {
  const time = addMinutes(NOW, -0.5);
  const NOT_SO = { ...signed('manufacturer.reviewer'), at: time, time };
  const annulledIn = (story: Story, commandId: string) => {
    if (ofRelabelling === 'never') throw new Error('never');
    const record = recordOf('custody:RelabelItem', pharmacist, { commandId });
    return ofRelabelling.undo(record, new Things(story.entities), NOT_SO);
  };
  const undone = (story: Story, commandId: string) =>
    changedBy(story, annulledIn(story, commandId).look ?? []);

  test.each(['first', 'second'])(
    'by its %s word leaves the label that there was, and a look',
    (id) => {
      const { look = [], changes = [] } = annulledIn(verified(), id);
      expect(look.map((each) => ('id' in each ? each.id : ''))).toEqual([THINGS.dose]);
      expect(changes).toEqual([]);
      const dose = itemOf(undone(verified(), id));
      expect(numbersOn(dose)).toEqual([THINGS.dose]);
      expect(dose.relabellings).toMatchObject([{ label: NEW, annulled: NOT_SO }]);
    },
  );

  test('leaves one that came after it', () => {
    const twice = verified(verified(), { label: NEWER, labelRead: NEW }, ['third', 'fourth']);
    expect(numbersOn(itemOf(undone(twice, 'first')))).toEqual([NEWER]);
    expect(numbersOn(itemOf(undone(twice, 'third')))).toEqual([NEW]);
  });

  test('is no longer waited for, and concerns nothing else', () => {
    const at = addMinutes(NOW, -1);
    const story = undone(relabelled(honest(), { id: 'first', at }), 'first');
    expect(against(story)).toEqual([]);
    expect(waits(story)).toEqual([]);
    expect(annulledIn(verified(), 'another')).toEqual({ look: [] });
  });

  test('is said anew in the right words, under the same number', () => {
    const story = undone(relabelled(honest(), { id: 'first', reason: 'misprinted' }), 'first');
    const decided = relabel(story);
    expect(coded(decided)).toEqual([]);
    expect(numbersOn(itemOf(changedBy(story, decided.changes)))).toEqual([NEW]);
    expect(decided.changes.filter(({ noun }) => noun === 'item-index')).toEqual([]);
  });

  test('of a thing that was mistaken for another gives its number to that one', () => {
    const held = honest().change('item', other, {
      holder: { organisation: 'HospitalMSP', actor: pharmacist.id },
    });
    const mixed = undone(verified(held), 'first');
    const decided = relabel(mixed, { item: other });
    expect(coded(decided)).toEqual([]);
    expect(decided.changes).toContainEqual({
      ...{ noun: 'item-index', coi: COI, id: NEW, item: other },
    });
    expect(numbersOn(itemOf(changedBy(mixed, decided.changes), other))).toEqual([NEW]);
    expect(namedIn(changedBy(mixed, decided.changes), vial)).toMatchObject({ known: 'own' });
  });
});
