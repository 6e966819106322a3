import { describe, expect, test } from '@jest/globals';
import { COI } from '../example.fixture.js';
import { HOLD, honest, type Story, THINGS } from '../graph/honest-therapy.fixture.js';
import { reasonsOfAuthority } from './authority.js';

const [vial] = THINGS.vials;
const why = (story: Story, id: string) => reasonsOfAuthority(story.whole(), story.find('item', id));
const blocked = (kind: 'hold' | 'deviation', code: string) => ({
  blockers: [{ kind, id: 'B1', code }],
});

describe('a thing is kept for an authority', () => {
  test.each<[string, Story, string]>([
    ['itself', honest().change('item', vial, HOLD), `item ${vial}`],
    ['its therapy', honest().change('therapy', COI, HOLD), `therapy ${COI}`],
    ['its batch', honest().change('batch', 'batch-1', HOLD), 'batch batch-1'],
    [
      'what it was made of',
      honest().change('item', THINGS.drugSubstance, HOLD),
      THINGS.drugSubstance,
    ],
    ['its design', honest().change('design', 'design-1', HOLD), 'design design-1'],
    ['its data', honest().change('dataset', 'neoantigens', HOLD), 'dataset neoantigens'],
    ['the step that made it', honest().change('step', 'fill-finish/1', HOLD), 'fill-finish/1'],
  ])('while %s is on hold for it', (_which, story, subject) => {
    expect(why(story, vial)).toMatchObject([
      { code: 'ON_HOLD', found: 'regulator', expected: 'the hold lifted' },
    ]);
    expect(why(story, vial)[0]?.subject).toContain(subject);
  });

  test('and not for what else stops it, nor for what stops another thing', () => {
    const held = blocked('hold', 'investigation');
    const deviating = blocked('deviation', 'regulator');
    expect(why(honest(), vial)).toEqual([]);
    expect(why(honest().change('item', vial, held), vial)).toEqual([]);
    expect(why(honest().change('item', vial, deviating), vial)).toEqual([]);
    expect(why(honest().change('item', THINGS.dose, HOLD), vial)).toEqual([]);
  });
});
