import { actorId, instant, organisationId, role, ROLES } from '@veinledger/domain';
import { z } from 'zod';
import { table } from '../columns.js';
import { defineCommand } from '../command.js';
import { wordOf } from '../words.js';

/** An actor as far as the list shows it. */
const listed = z.looseObject({
  id: actorId,
  organisation: organisationId,
  kind: z.string(),
  roles: z.array(role),
  enrolledAt: instant,
  revocation: z.looseObject({ at: instant }).optional(),
});

const HEADINGS = ['actor', 'organisation', 'kind', 'roles', 'enrolled', 'revoked'];

export const actors = defineCommand({
  arguments: [],
  options: [
    { name: 'organisation', value: 'MSP', summary: 'only those of this member' },
    { name: 'role', value: 'ROLE', summary: 'only those who hold this role', values: ROLES },
  ],
  input: z.strictObject({
    organisation: organisationId.exactOptional(),
    role: wordOf(ROLES).exactOptional(),
  }),
  run: async (session, filters) => {
    const query = new URLSearchParams(Object.entries(filters));
    const path = query.size === 0 ? '/v1/actors' : `/v1/actors?${query.toString()}`;
    const data = z.array(listed).parse(await session.list(await session.reader(), path));
    if (data.length === 0) return { data, lines: ['nobody whom --as may know'] };
    return { data, lines: table(HEADINGS, data.map(rowOf)) };
  },
});

function rowOf(actor: z.output<typeof listed>): readonly string[] {
  const { id, organisation, kind, roles, enrolledAt, revocation } = actor;
  return [id, organisation, kind, roles.join(', '), enrolledAt, revocation?.at ?? ''];
}
