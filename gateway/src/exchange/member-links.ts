import type { ExchangeSection } from '../config/exchange-section.js';
import { fingerprintOf } from '../tls/certificates.js';
import { MemberLink } from './ask-member.js';
import { readOwnPair } from './link.js';
import type { ExchangeMembers } from './members.js';

/** The links to the other members' gateways, made anew when this gateway's own certificate changes. */
export class MemberLinks {
  readonly #section: ExchangeSection;
  readonly #members: ExchangeMembers;
  readonly #operator: string;
  #seen = '';
  #links: readonly MemberLink[] = [];

  constructor(section: ExchangeSection, members: ExchangeMembers, operator: string) {
    this.#section = section;
    this.#members = members;
    this.#operator = operator;
  }

  /** @throws Error when the certificate's files cannot be used and no links were made before */
  async current(): Promise<readonly MemberLink[]> {
    const found = await fingerprintOf(this.#section.tls);
    if (found === this.#seen) return this.#links;
    try {
      const own = await readOwnPair(this.#section, this.#members, this.#operator);
      const before = this.#links;
      const others = this.#members.all.filter(({ mspId }) => mspId !== this.#operator);
      const timeoutMs = this.#section.timeoutSeconds * 1000;
      this.#links = others.map((member) => new MemberLink(member, own, timeoutMs));
      this.#seen = found;
      for (const link of before) link.close();
    } catch (error) {
      if (this.#links.length === 0) throw error;
    }
    return this.#links;
  }

  close(): void {
    for (const link of this.#links) link.close();
  }
}
