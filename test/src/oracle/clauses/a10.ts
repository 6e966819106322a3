import { effectiveTime, heldTime, isOf, type Said } from '../account/said.js';
import { itemOf } from '../account/things.js';
import { attestedBy, type StepDefinition } from '../definition.js';
import { type Matter, troublesIn } from '../matter.js';
import { kindOf } from './a2.js';
import type { Clause } from './clause.js';

type Derived = Said<'custody:DeriveItem'>;

/**
 * What cannot be undone was asked for before; only after it two people decide to go on. That its beginning asks the gate of
 * the dose is how a matter is made, and what still stops two people is the judge's.
 */
export const A10: Clause = {
  id: 'A10',
  gates: ['dose'],
  forbids: (matter) => [
    ...unasked(matter)
      .filter((trouble) => matter.reaches(trouble))
      .map(({ about, why }) => `${about}: ${why}`),
    ...tooEarly(matter),
  ],
};

/** What was prepared, where that cannot be undone, without a permission that counted then, until quality has looked. */
function unasked(matter: Matter) {
  const { account, therapy, upstream } = matter;
  return account
    .ever('custody:DeriveItem')
    .filter(({ body }) => body.coi === therapy.coi)
    .filter(({ body }) => body.children.some(({ item }) => upstream.has(itemOf(item))))
    .flatMap((derived) => {
      const step = irreversiblyBy(matter, derived);
      if (!step || isPermitted(matter, step, derived)) return [];
      const children = derived.body.children.map(({ item }) => itemOf(item));
      return troublesIn(matter, derived, children, `${step.id} was begun without asking`);
    });
}

/** The step by which something was prepared that cannot be undone; undefined for a part of the same kind. */
function irreversiblyBy(matter: Matter, { body }: Derived): StepDefinition | undefined {
  const parents = body.parents.map(({ item }) => kindOf(matter, item));
  return attestedBy(matter.therapy.definition, 'custody:DeriveItem').find(
    ({ irreversible, outputs, inputs }) =>
      irreversible &&
      body.children.some(({ kind }) => outputs.includes(kind)) &&
      parents.some((kind) => kind !== undefined && inputs.includes(kind)),
  );
}

function isPermitted({ account, therapy }: Matter, { id }: StepDefinition, derived: Derived) {
  const { authorisationMinutes } = therapy.definition;
  const began = effectiveTime(derived);
  return account
    .of('manufacturing:StartStep')
    .some(
      (start) =>
        start.index < derived.index &&
        effectiveTime(start) <= began &&
        heldTime(derived) - effectiveTime(start) <= authorisationMinutes * 60_000 &&
        start.body.coi === therapy.coi &&
        start.body.step === id &&
        derived.body.parents.every(({ item }) => start.body.inputs.includes(item)),
    );
}

/** A decision to go on where nothing was done that cannot be undone. */
function tooEarly(matter: Matter): string[] {
  const { asked, account, therapy } = matter;
  if (!isOf(asked, 'care:DecideToGoOn')) return [];
  const steps = therapy.definition.steps.filter(({ irreversible }) => irreversible);
  const undergone = account
    .ever('manufacturing:ReportStep')
    .some(({ body }) => body.coi === therapy.coi && steps.some(({ id }) => id === body.step));
  const prepared = account
    .ever('custody:DeriveItem')
    .filter(({ body }) => body.children.some(({ item }) => matter.upstream.has(itemOf(item))))
    .some((derived) => irreversiblyBy(matter, derived));
  return undergone || prepared ? [] : ['nothing was done that cannot be undone'];
}
