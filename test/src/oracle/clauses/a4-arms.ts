import type { Said } from '../account/said.js';
import { therapyOf } from '../account/things.js';
import { type Matter, type Trouble, troublesIn } from '../matter.js';

type Assignment = Said<'therapy:AssignArm'>;

/** Assignments to an arm besides the first that stands, and any where nothing is blinded: quality looks at them. */
export function assignmentTroubles(matter: Matter): Trouble[] {
  const { account, therapy } = matter;
  const assignments = account
    .ever('therapy:AssignArm')
    .filter(({ body }) => body.coi === therapy.coi);
  const standsBefore = ({ index }: Assignment) =>
    assignments.some(
      (each) => each.index < index && (account.annulments.of(each)?.index ?? Infinity) > index,
    );
  const about = [therapyOf(therapy.coi)];
  return assignments
    .filter((said) => therapy.definition.blinding === undefined || standsBefore(said))
    .flatMap((said) => troublesIn(matter, said, about, 'the patient was assigned to an arm again'));
}
