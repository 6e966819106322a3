import type { Said } from '../account/said.js';
import { therapyOf } from '../account/things.js';
import { type Matter, type Trouble, troublesIn } from '../matter.js';

type Assignment = Said<'therapy:AssignArm'>;

/** Assignments to an arm besides the first that stands: quality looks at them. Where nothing is blinded they say nothing. */
export function assignmentTroubles(matter: Matter): Trouble[] {
  const { account, therapy } = matter;
  if (therapy.definition.blinding === undefined) return [];
  const assignments = account
    .ever('therapy:AssignArm')
    .filter(({ body }) => body.coi === therapy.coi);
  const standsBefore = ({ index }: Assignment) =>
    assignments.some(
      (each) => each.index < index && (account.annulments.of(each)?.index ?? Infinity) > index,
    );
  const about = [therapyOf(therapy.coi)];
  return assignments
    .filter(standsBefore)
    .flatMap((said) => troublesIn(matter, said, about, 'the patient was assigned to an arm again'));
}
