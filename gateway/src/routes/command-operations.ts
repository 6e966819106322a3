import { parseClosed } from '@veinledger/domain';
import type { CommandService, Committed } from '../commands/command-service.js';
import { commandType, type KnownCommand } from '../commands/command-types.js';
import type { Pin } from '../commands/pin.js';
import { receipt } from '../openapi/schemas/record.js';
import { ProblemError } from '../problems/problem.js';
import type { Answer } from '../operation/answer.js';
import { COMMAND_ROUTES, type CommandRoute } from './command-table.js';
import { type ActorOperation, parameterOf, type Question } from '../operation/operation.js';
import { submission } from '../openapi/schemas/submission.js';

/** What those are answered who hand in a command that was not refused. */
export const COMMAND_ANSWERS = {
  201: { description: 'The command is committed: permitted, or recorded', schema: receipt },
  200: { description: 'It had been committed before: its first receipt', schema: receipt },
};

/** The route for any command, and one in the field's nouns for each type. */
export function commandOperations(commands: CommandService): readonly ActorOperation[] {
  return [anyCommand(commands), ...COMMAND_ROUTES.map((route) => typedCommand(commands, route))];
}

function anyCommand(commands: CommandService): ActorOperation {
  return {
    access: 'actor',
    method: 'post',
    path: '/v1/commands',
    id: 'submitCommand',
    tag: 'commands',
    summary: 'Hands in a signed command of any type',
    parameters: {},
    answers: COMMAND_ANSWERS,
    takes: 'any-command',
    fits: (body) => submission.safeParse(body).success,
    handle: (question) => submit(commands, question),
  };
}

function typedCommand(commands: CommandService, route: CommandRoute): ActorOperation {
  const takes = requireType(route);
  const [tag = '', name = ''] = route.type.split(':');
  const parameters = Object.entries(route.parameters);
  return {
    access: 'actor',
    method: 'post',
    path: route.path,
    id: `${tag}${name}`,
    tag,
    summary: route.summary,
    parameters: route.parameters,
    answers: COMMAND_ANSWERS,
    takes,
    handle: (question) =>
      submit(commands, question, {
        type: route.type,
        parameters: parameters.map(([each, { field = each }]) => ({
          name: each,
          field,
          value: parameterOf(question, each),
        })),
      }),
  };
}

function requireType(route: CommandRoute): KnownCommand {
  const type = commandType(route.type);
  if (type) return type;
  throw new Error(`${route.path}: expected a type of command, found ${route.type}`);
}

async function submit(commands: CommandService, question: Question, pin?: Pin): Promise<Answer> {
  const { jws, annexes } = parseClosed(submission, question.body, 'body');
  return receiptAnswer(await commands.submit(question.caller, { jws, annexes }, pin));
}

/** A refusal is committed and still nothing that a client may take for a permission. */
export function receiptAnswer({ receipt: committed, repeated }: Committed): Answer {
  if (committed.decision !== 'refused') return { status: repeated ? 200 : 201, body: committed };
  throw new ProblemError({
    status: 409,
    code: 'REFUSED',
    detail: 'the permission was refused; the refusal is committed with its reasons',
    receipt: committed,
  });
}
