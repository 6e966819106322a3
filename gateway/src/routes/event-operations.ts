import { coi, COMMAND_DECISIONS, parseClosed } from '@veinledger/domain';
import { z } from 'zod';
import { typeName } from '../events/event-filter.js';
import { EVENT_ID, readEventId } from '../events/event-position.js';
import type { EventService } from '../events/event-service.js';
import type { ActorOperation, Asked } from '../operation/operation.js';

const types = z.array(typeName).min(1);
const eventIdOrStart = z.string().regex(EVENT_ID, "an event's id, such as 17.0, or start");
const decision = z.enum(COMMAND_DECISIONS);

/** The stream of committed commands. */
export function eventOperations(service: EventService): readonly ActorOperation[] {
  return [
    {
      access: 'actor',
      method: 'get',
      path: '/v1/events',
      id: 'streamEvents',
      tag: 'events',
      caching: 'never',
      summary:
        'Committed commands that the caller may see, in the order of the ledger, as server-sent events',
      parameters: {},
      query: {
        after: {
          description:
            'The id after which to begin, or `start`; where Last-Event-ID is sent, that counts. Left out: from now on',
          schema: eventIdOrStart,
        },
        type: {
          description: 'Types of command, separated by commas',
          schema: types,
        },
        therapy: { description: 'A chain of identity', schema: coi },
        decision: { description: 'What became of the command', schema: decision },
      },
      headers: {
        'last-event-id': { description: 'The id of the last event seen', schema: eventIdOrStart },
      },
      answers: {
        200: {
          description:
            'Events `command` with id `<block>.<index>` and the receipt as data; a last event `end` with the reason and where to go on when the gateway ends the stream',
          mediaType: 'text/event-stream',
        },
      },
      handle: async (question) => {
        const { caller, signal } = question;
        const filter = {
          types: parseClosed(types.optional(), question.query['type'], 'query.type'),
          therapy: textOf(question, 'therapy'),
          decision: parseClosed(
            decision.optional(),
            textOf(question, 'decision'),
            'query.decision',
          ),
        };
        return service.stream(caller, filter, resumption(question), signal);
      },
    },
  ];
}

function resumption(asked: Asked) {
  const header = asked.header('last-event-id');
  if (header !== undefined && header !== '') return readEventId(header, 'last-event-id');
  const after = textOf(asked, 'after');
  return after === undefined ? undefined : readEventId(after, 'after');
}

function textOf({ query }: Asked, name: string): string | undefined {
  const value = query[name];
  return typeof value === 'string' ? value : undefined;
}
