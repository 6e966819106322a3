import { aboutOf } from '../account/about.js';
import { effectiveTime, isOf, type Said } from '../account/said.js';
import type { Matter } from '../matter.js';
import { matches } from './a6.js';

/**
 * Whether physician and pharmacist, with the thing before them, name the alarm that a word raised, each in their own command.
 * An organisation has one alarm open on a subject, which is named by the word that raised it.
 */
export function isSeen(matter: Matter, said: Said): boolean {
  const { account, asked, therapy } = matter;
  if (!isOf(asked, 'care:AuthoriseDose')) return false;
  const names = namesOf(matter, said);
  const isNamed = (seen: readonly string[] = []) => seen.some((each) => names.includes(each));
  const { coi, item, alarmsSeen } = asked.body;
  const { bedsideMinutes } = therapy.definition;
  return (
    isNamed(alarmsSeen) &&
    account
      .of('care:VerifyBedside')
      .filter(({ body, roles }) => roles.includes('pharmacist') && isNamed(body.alarmsSeen))
      .filter(({ body }) => body.coi === coi && body.item === item)
      .filter((check) => matches(account, check, therapy.patient))
      .some((check) => asked.time - effectiveTime(check) <= bedsideMinutes * 60_000)
  );
}

function namesOf({ account }: Matter, said: Said): readonly string[] {
  const about = aboutOf(said);
  return [...account.unheard, said]
    .filter((each) => each.index <= said.index && each.organisation === said.organisation)
    .filter((each) => each === said || aboutOf(each).some((thing) => about.includes(thing)))
    .flatMap(({ answer }) => answer.command ?? []);
}
