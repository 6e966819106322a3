import { join } from 'node:path';
import { type DevelopmentConsortium, foundHome, homeAt } from '#scripts';
import { acceptMember, assemble, foundForOthers, prepareApart } from '@veinledger/network';
import type { Profile } from '@veinledger/network/profile';

/** A consortium whose members each have a home of their own; nothing is started yet. */
export interface HomesApart {
  readonly consortium: DevelopmentConsortium;
  readonly rootFile: string;
  /** the founder's home */
  readonly founder: string;
  /** the folder that the founder hands to every member */
  readonly handedOver: string;
  /** the public half that each member handed to the founder, by member */
  readonly halves: ReadonlyMap<string, string>;
  homeOf(id: string): string;
}

/** Founds a consortium below a directory. Each member has an address of its own, from 127.0.0.11 on. */
export async function foundHomesApart(directory: string, shipped: Profile): Promise<HomesApart> {
  const founder = join(directory, 'founder');
  const homeOf = (id: string) => join(directory, 'machines', id);
  const members = shipped.members.map((member, index) => ({
    ...member,
    host: `127.0.0.${11 + index}`,
  }));
  const profile = { ...shipped, members };
  const home = homeAt(join(directory, 'consortium'));
  const consortium = await foundHome(home, members);
  const { rootFile } = home;
  const handedOver = await foundForOthers({ home: founder, profile, rootFile, portBase: 0 });
  const made = members.map(async ({ id }) => {
    const half = await prepareApart({ home: homeOf(id), member: id, from: handedOver });
    return [id, half] as const;
  });
  const halves = new Map(await Promise.all(made));
  for (const half of halves.values()) await acceptMember(founder, half);
  await assemble(founder);
  return { consortium, rootFile, founder, handedOver, halves, homeOf };
}
