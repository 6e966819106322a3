import { effectiveTime, isOf } from '../account/said.js';
import { itemOf } from '../account/things.js';
import type { Matter } from '../matter.js';
import { kindOf } from './a2.js';
import { wrongInExtending } from './expiry.js';
import type { Clause } from './clause.js';

/**
 * What was prepared is given within its minutes in use, from the earliest preparation of anything in it; that a batch keeps
 * longer a release person and a second of quality sign.
 */
export const A9: Clause = {
  id: 'A9',
  gates: ['certification', 'dose'],
  forbids: (matter) => {
    if (isOf(matter.asked, 'quality:ExtendExpiry')) {
      return wrongInExtending(matter.account, matter.asked);
    }
    return matter.gate === 'dose' ? pastUse(matter) : [];
  },
};

function pastUse(matter: Matter): string[] {
  const { account, asked, upstream } = matter;
  return account
    .of('custody:DeriveItem')
    .filter(({ body }) => body.children.some(({ item }) => upstream.has(itemOf(item))))
    .filter((derived) =>
      derived.body.children.some(({ item }) => {
        const minutes = inUseMinutes(matter, item);
        return minutes !== undefined && asked.time - effectiveTime(derived) > minutes * 60_000;
      }),
    )
    .map(
      ({ body }) => `${body.children.map(({ item }) => item).join(', ')} is past its time in use`,
    );
}

function inUseMinutes(matter: Matter, item: string): number | undefined {
  const kind = kindOf(matter, item);
  return matter.therapy.definition.items.find(({ code }) => code === kind)?.inUseMinutes;
}
