import type { Change } from '@veinledger/domain';

/** A change in one line, for people. */
export function changeWords(change: Change): string {
  switch (change.kind) {
    case 'admit-organisation': {
      const { organisation, country, grantable, registrar } = change;
      return `admit ${organisation} in ${country} by ${registrar.actor}, to grant ${grantable.join(', ')}`;
    }
    case 'suspend-organisation':
      return `suspend ${change.organisation}: ${change.reason}`;
    case 'reinstate-organisation':
      return `reinstate ${change.organisation}`;
    case 'remove-organisation':
      return `remove ${change.organisation}: ${change.reason}`;
    case 'set-grantable-roles':
      return `let ${change.organisation} grant ${change.grantable.join(', ')}`;
    case 'set-country':
      return `set the country of ${change.organisation} to ${change.country}`;
    case 'appoint-registrar': {
      const { organisation, registrar, ends } = change;
      const instead = ends ? ` instead of ${ends.actors.join(', ')} (${ends.reason})` : '';
      return `make ${registrar.actor} a registrar of ${organisation}${instead}`;
    }
    case 'require-algorithm': {
      const { algorithm, notAfter, replacedBy } = change;
      const until = notAfter === undefined ? '' : ` until ${notAfter}`;
      const then = replacedBy === undefined ? '' : `, replaced by ${replacedBy}`;
      return `require signatures by ${algorithm}${until}${then}`;
    }
    case 'disallow-algorithm': {
      const { algorithm, replacedBy } = change;
      const then = replacedBy === undefined ? '' : `, replaced by ${replacedBy}`;
      return `disallow signatures by ${algorithm}${then}`;
    }
    case 'agree-process':
      return `agree on process ${change.process} ${change.version}, ${change.hash}`;
  }
}
