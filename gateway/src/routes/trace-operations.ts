import { coi, instant } from '@veinledger/domain';
import { z } from 'zod';
import { trace } from '../openapi/schemas/trace.js';
import type { TherapyLists } from '../reads/therapy-lists.js';
import type { Drawn, TraceReader } from '../trace-page/trace-reader.js';
import type { TraceTickets } from '../reads/trace-tickets.js';
import { lineageOf } from '../trace-page/lineage/lineage-of.js';
import { lineageSvg } from '../trace-page/lineage/svg.js';
import { tracePage } from '../trace-page/page.js';
import type { TraceSheet } from '../trace-page/sheet.js';
import { type Answer, found } from '../operation/answer.js';
import { type AnyOperation, parameterOf } from '../operation/operation.js';

const HTML = 'text/html';
const SVG = 'image/svg+xml';
/** A picture asks for nothing and runs nothing. */
const PICTURE_POLICY = "default-src 'none'; frame-ancestors 'none'";

const chain = { coi: { schema: coi } };
const ticket = {
  ticket: { schema: z.string().regex(/^[\w-]{43}$/, 'a ticket that a link to a trace holds') },
};
const link = z.strictObject({
  /** relative to the gateway's origin */
  url: z.string(),
  expiresAt: instant,
});

/**
 * A therapy's trace: as JSON, as a page to print, and as a picture of the lineage.
 * @param base the path below which callers see the gateway
 */
export function traceOperations(
  lists: TherapyLists,
  reader: TraceReader,
  tickets: TraceTickets,
  base: string,
): readonly AnyOperation[] {
  return [
    {
      access: 'actor',
      method: 'get',
      path: '/v1/therapies/{coi}/trace',
      id: 'traceTherapy',
      tag: 'therapy',
      summary: 'Everything the ledger holds of a therapy, records by transaction time',
      parameters: chain,
      answers: { 200: { description: 'The trace', schema: trace } },
      handle: async (question) =>
        found(await lists.trace(question.caller, parameterOf(question, 'coi'))),
    },
    {
      access: 'actor',
      method: 'get',
      path: '/v1/therapies/{coi}/trace/page',
      id: 'readTracePage',
      tag: 'therapy',
      summary: 'The trace as a page to read and to print',
      parameters: chain,
      answers: { 200: { description: 'The page', mediaType: HTML } },
      handle: async (question) =>
        pageOf(await reader.sheet(question.caller, parameterOf(question, 'coi'))),
    },
    {
      access: 'actor',
      method: 'get',
      path: '/v1/therapies/{coi}/trace/lineage.svg',
      id: 'drawLineage',
      tag: 'therapy',
      summary: 'A picture of what was made of what, from the samples to the dose',
      parameters: chain,
      answers: { 200: { description: 'The picture', mediaType: SVG } },
      handle: async (question) =>
        pictureOf(await reader.drawn(question.caller, parameterOf(question, 'coi'))),
    },
    {
      access: 'actor',
      method: 'post',
      path: '/v1/therapies/{coi}/trace/links',
      id: 'linkTrace',
      tag: 'therapy',
      idempotency: 'none',
      summary: 'A link to the trace as a page, for a browser, good for five minutes',
      parameters: chain,
      answers: {
        201: { description: 'The link, which shows what its caller may see', schema: link },
      },
      handle: async ({ caller, parameters }) => {
        const { therapy } = await lists.trace(caller, parameterOf({ parameters }, 'coi'));
        const { ticket: given, expiresAt } = tickets.issue(caller, therapy.coi);
        return { status: 201, body: { url: `${base}/trace/${given}`, expiresAt } };
      },
    },
    {
      access: 'public',
      method: 'get',
      path: '/trace/{ticket}',
      id: 'showTrace',
      tag: 'therapy',
      summary: "A therapy's trace as a page to read and to print, by a link's ticket",
      parameters: ticket,
      answers: { 200: { description: 'The page', mediaType: HTML } },
      handle: async (asked) => {
        const shown = parameterOf(asked, 'ticket');
        const admitted = await tickets.admit(shown);
        return pageOf(await reader.sheet(admitted.caller, admitted.coi, `${shown}/lineage.svg`));
      },
    },
    {
      access: 'public',
      method: 'get',
      path: '/trace/{ticket}/lineage.svg',
      id: 'showLineage',
      tag: 'therapy',
      summary: "The picture of a therapy's lineage, by a link's ticket",
      parameters: ticket,
      answers: { 200: { description: 'The picture', mediaType: SVG } },
      handle: async (asked) => {
        const admitted = await tickets.admit(parameterOf(asked, 'ticket'));
        return pictureOf(await reader.drawn(admitted.caller, admitted.coi));
      },
    },
  ];
}

function pageOf(sheet: TraceSheet): Answer {
  const { text, policy } = tracePage(sheet);
  const headers = { 'content-security-policy': policy };
  return { status: 200, mediaType: HTML, text, headers };
}

function pictureOf({ trace: shown, outlook }: Drawn): Answer {
  const headers = { 'content-security-policy': PICTURE_POLICY };
  return { status: 200, mediaType: SVG, text: lineageSvg(lineageOf(shown, outlook)).text, headers };
}
