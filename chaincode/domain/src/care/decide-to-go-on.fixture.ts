import {
  actor,
  COI,
  command,
  consent,
  context,
  DIGEST,
  namedOwn,
  NOW,
  RECIPIENT,
} from '../example.fixture.js';
import { CELL_THINGS } from '../graph/cell-therapy.fixture.js';
import { own, Story } from '../graph/honest-therapy.fixture.js';
import { upstreamOf } from '../graph/upstream.js';
import { decideStartStep, linksOf, startStep } from '../manufacturing/start-step.js';
import type { Actor } from '../nouns/actor.js';
import type { Entity } from '../nouns/registry.js';
import { addMinutes } from '../values/time.js';
import { authoriseDose, decideAuthoriseDose } from './authorise-dose.js';
import { decideGoingOn, decideToGoOn } from './decide-to-go-on.js';

export const physician = actor('hospital.physician', 'HospitalMSP', 'clinician');
export const releasePerson = actor(
  'manufacturer.release-person',
  'ManufacturerMSP',
  'release-person',
);
const { dose, bags } = CELL_THINGS;
/** One that is not thawed yet. */
export const bag = bags[1];
const consents = [consent('given')];

function stateOf(story: Story, id: string, known = consents) {
  const whole = story.whole();
  const item = story.find('item', id);
  return {
    // who decides here is the manufacturer
    therapy: { ...whole.therapy, quality: releasePerson.organisation },
    whole,
    named: namedOwn(item),
    ancestry: upstreamOf(whole, [{ kind: 'item', ...own(item.id) }]),
    consents: known,
    recipient: RECIPIENT,
    suspects: [],
  };
}

type Decided = { readonly decision: string } & (
  | { readonly reasons: readonly { readonly code: string }[] }
  | { readonly changes: readonly Entity[] }
);
export const codes = (decided: Decided) =>
  'reasons' in decided ? decided.reasons.map(({ code }) => code) : [decided.decision];
const changed = (decided: Decided) => ('changes' in decided ? decided.changes : []);

export function decide(
  by: Actor,
  story: Story,
  said: object = {},
  { minutes = 0, known = consents } = {},
) {
  const body = decideToGoOn.body.parse({
    ...{ coi: COI, decision: 'decision-1', item: dose, continueAfterLapse: false },
    ...said,
  });
  const at = addMinutes(NOW, minutes);
  const state = stateOf(story, body.item, known);
  return decideGoingOn(
    { ...state, existing: state.whole.decisions.get(body.decision) },
    command(by.id, body, { at, annex: { explanation: DIGEST } }),
    context(by, { transactionTime: at }),
  );
}

export function after(story: Story, decided: Decided): Story {
  const found = changed(decided);
  const isReplaced = (each: Entity) =>
    found.some(
      (one) => one.noun === each.noun && 'id' in one && 'id' in each && one.id === each.id,
    );
  const kept = story.entities.filter((each) => !isReplaced(each));
  return new Story([...kept, ...found], story.definition);
}

/** Both have signed. */
export function agreed(story: Story, said: object = {}): Story {
  const first = after(story, decide(physician, story, said));
  return after(first, decide(releasePerson, first, said));
}

export function authorise(story: Story, minutes = 0) {
  const at = addMinutes(NOW, minutes);
  const body = authoriseDose.body.parse({
    ...{ coi: COI, dose: 'dose-1', number: 1, item: dose },
    verifications: ['verification-hospital.nurse', 'verification-hospital.clinician'],
    ...{ fitness: 'go', continueAfterLapse: false },
  });
  const said = command(physician.id, body, { at });
  return decideAuthoriseDose(
    stateOf(story, dose),
    said,
    context(physician, { transactionTime: at }),
  );
}

export function begin(story: Story, step: string, known = consents, inputs = [bag]) {
  const by = actor('hospital.both', 'HospitalMSP', 'pharmacist', 'clinician');
  const body = startStep.body.parse({
    ...{ coi: COI, step, attempt: 9, inputs, datasets: [], batch: 'batch-1' },
  });
  const there = story.change('item', bag, (each) => ({
    ...each,
    holder: { organisation: 'HospitalMSP', actor: by.id },
  }));
  const { therapy, whole, named: bagThere, ...state } = stateOf(there, bag, known);
  const named = inputs.length > 0 ? [bagThere] : [];
  const ancestry = upstreamOf(whole, linksOf(body, named));
  const asked = { therapy, whole, ...state, inputs: named, ancestry };
  return decideStartStep(asked, command(by.id, body), context(by));
}
