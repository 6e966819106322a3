import { parseClosed } from '@veinledger/domain';
import { z } from 'zod';
import {
  attempt,
  deadLetter,
  hookRequest,
  hookWithSecret,
  shownHook,
} from '../events/webhooks/hook.js';
import type { HookService } from '../events/webhooks/hook-service.js';
import { found } from '../operation/answer.js';
import { type ActorOperation, parameterOf } from '../operation/operation.js';

const hook = { id: { schema: z.uuid() } };
const ONE = '/v1/webhooks/{id}';
const deadLetters = `${ONE}/dead-letters`;
const deadLetterId = z.string().regex(/^\d{1,15}\.\d{1,9}$/, "a delivery's id, such as 17.0");

type Row = Pick<
  ActorOperation,
  'method' | 'path' | 'id' | 'summary' | 'parameters' | 'answers' | 'handle'
>;

/** Webhooks (Standard Webhooks 1.0.0): registered, watched, tested. */
export function webhookOperations(service: HookService): readonly ActorOperation[] {
  const rows: readonly (Row & Pick<ActorOperation, 'body' | 'compression'>)[] = [
    {
      method: 'post',
      path: '/v1/webhooks',
      id: 'registerWebhook',
      summary: 'Registers an address to which events are delivered that the caller may see',
      parameters: {},
      body: hookRequest,
      answers: {
        201: { description: 'The webhook with its secret, shown once', schema: hookWithSecret },
      },
      handle: async ({ caller, body }) => ({
        status: 201,
        body: await service.register(caller, parseClosed(hookRequest, body, 'body')),
      }),
    },
    {
      method: 'get',
      path: '/v1/webhooks',
      id: 'listWebhooks',
      summary: "The caller's webhooks, and for a registrar those of the organisation",
      parameters: {},
      compression: 'never',
      answers: { 200: { description: 'The webhooks', schema: z.array(shownHook) } },
      handle: async ({ caller }) => found(await service.list(caller)),
    },
    {
      method: 'get',
      path: ONE,
      id: 'readWebhook',
      summary: 'A webhook: whether it is served, and up to where',
      parameters: hook,
      compression: 'never',
      answers: { 200: { description: 'The webhook', schema: shownHook } },
      handle: async (question) =>
        found(await service.show(question.caller, parameterOf(question, 'id'))),
    },
    {
      method: 'delete',
      path: ONE,
      id: 'removeWebhook',
      summary: 'Removes a webhook with its dead letters',
      parameters: hook,
      answers: { 204: { description: 'It is gone' } },
      handle: async (question) => {
        await service.remove(question.caller, parameterOf(question, 'id'));
        return { status: 204, empty: true };
      },
    },
    {
      method: 'post',
      path: `${ONE}/secret`,
      id: 'rotateWebhookSecret',
      summary: 'Makes a new secret; the old one signs besides for a while',
      parameters: hook,
      answers: {
        200: { description: 'The webhook with its new secret, shown once', schema: hookWithSecret },
      },
      handle: async (question) =>
        found(await service.rotate(question.caller, parameterOf(question, 'id'))),
    },
    {
      method: 'post',
      path: `${ONE}/enable`,
      id: 'enableWebhook',
      summary: 'Serves a disabled webhook again, from where it was disabled',
      parameters: hook,
      answers: { 200: { description: 'The webhook', schema: shownHook } },
      handle: async (question) =>
        found(await service.enable(question.caller, parameterOf(question, 'id'))),
    },
    {
      method: 'post',
      path: `${ONE}/test`,
      id: 'testWebhook',
      summary: 'Sends a message that tells nothing, and says what became of it',
      parameters: hook,
      answers: { 200: { description: 'What became of it', schema: attempt } },
      handle: async (question) =>
        found(await service.test(question.caller, parameterOf(question, 'id'))),
    },
    {
      method: 'get',
      path: deadLetters,
      id: 'listDeadLetters',
      summary: 'The events that the receiver never took',
      parameters: hook,
      answers: { 200: { description: 'The dead letters by event', schema: z.array(deadLetter) } },
      handle: async (question) =>
        found(await service.deadLetters(question.caller, parameterOf(question, 'id'))),
    },
    {
      method: 'post',
      path: `${deadLetters}/{deadLetter}/redeliver`,
      id: 'redeliverDeadLetter',
      summary: 'Sends a dead letter once more; it is gone when it arrives',
      parameters: { ...hook, deadLetter: { schema: deadLetterId } },
      answers: { 200: { description: 'What became of it', schema: attempt } },
      handle: async (question) => {
        const id = parameterOf(question, 'deadLetter');
        return found(await service.redeliver(question.caller, parameterOf(question, 'id'), id));
      },
    },
  ];
  return rows.map((row) => ({ access: 'actor', tag: 'events', ...row }));
}
