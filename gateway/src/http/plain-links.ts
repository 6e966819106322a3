import type { RequestHandler } from 'express';

const SLASH = String.raw`(?:\/|%2[Ff])`;

/**
 * A Digital Link within a path, with its slashes encoded or not, the two after its scheme merged or not. Scheme and
 * host are in their one form: a proxy changes neither, and another spelling names nothing.
 */
const LINK = new RegExp(
  String.raw`https(?::|%3[Aa])${SLASH}{1,2}id\.gs1\.org${SLASH}01${SLASH}([0-9]{14})${SLASH}(10|21)${SLASH}((?:[A-Za-z0-9._-]|%(?:25)?[0-9A-F]{2}){1,20})(?=[/?]|$)`,
  'g',
);

/**
 * Takes a Digital Link in a path as one segment, however it came: a proxy that decodes paths writes its slashes plainly,
 * and many merge the two after `https:` to one. A link has as many segments as it says, so that nothing else is meant.
 */
export function plainLinks(): RequestHandler {
  return (request, _response, next) => {
    const { url } = request;
    const whole = withoutPlainLinks(url);
    if (whole !== url) {
      request.url = whole;
      request.originalUrl = whole;
    }
    next();
  };
}

/** A URL whose path has each Digital Link as one segment. */
function withoutPlainLinks(url: string): string {
  const query = url.indexOf('?');
  const path = query < 0 ? url : url.slice(0, query);
  const whole = path.replace(LINK, (link, gtin: string, qualifier: string, serial: string) => {
    // whoever decoded the slashes decoded the serial number too, whose own percent signs stay
    const encoded = /%2F/i.test(link.slice(0, -serial.length));
    const named = encoded ? decodeURIComponent(serial) : serial;
    return encodeURIComponent(`https://id.gs1.org/01/${gtin}/${qualifier}/${named}`);
  });
  return query < 0 ? whole : `${whole}${url.slice(query)}`;
}
