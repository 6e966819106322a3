import { join } from 'node:path';
import type { Member } from '../profile/index.js';

/** Where things lie under a network's home folder. */
export class HomeFiles {
  readonly home: string;

  constructor(home: string) {
    this.home = home;
  }

  /** what the network was made of, written when all of it lies there */
  get manifest(): string {
    return join(this.home, 'network.json');
  }
  get lock(): string {
    return join(this.home, 'launcher.lock');
  }
  get root(): string {
    return join(this.home, 'root.json');
  }
  get connection(): string {
    return join(this.home, 'connection.json');
  }
  get genesisBlock(): string {
    return join(this.home, 'genesis.block');
  }
  get package(): string {
    return join(this.home, 'chaincode.tgz');
  }
  /** the one file that every chaincode process runs */
  get bundle(): string {
    return join(this.home, 'chaincode.cjs');
  }
  get crypto(): string {
    return join(this.home, 'crypto');
  }
  get wallet(): string {
    return join(this.home, 'wallet');
  }
  get records(): string {
    return join(this.home, 'run');
  }
  get logs(): string {
    return join(this.home, 'logs');
  }

  config(name: string): string {
    return join(this.home, 'config', name);
  }
  data(name: string): string {
    return join(this.home, 'data', name);
  }
  log(name: string): string {
    return join(this.logs, `${name}.log`);
  }

  /** An organisation's certificate authorities and administrator, as cryptogen lays them out. */
  organisation(member: Member): string {
    return join(this.crypto, 'peerOrganizations', member.domain);
  }
  authority(member: Member): { readonly certificate: string; readonly key: string } {
    const dir = join(this.organisation(member), 'ca');
    return { certificate: join(dir, `ca.${member.domain}-cert.pem`), key: join(dir, 'priv_sk') };
  }
  tlsAuthority(member: Member): { readonly certificate: string; readonly key: string } {
    const dir = join(this.organisation(member), 'tlsca');
    return { certificate: join(dir, `tlsca.${member.domain}-cert.pem`), key: join(dir, 'priv_sk') };
  }
  /** the folder with `msp` and `tls` of the organisation's administrator */
  admin(member: Member): string {
    return join(this.organisation(member), 'users', `Admin@${member.domain}`);
  }
  /** the folder with `msp` and `tls` of a peer */
  peerIdentity(member: Member): string {
    return join(this.organisation(member), 'peers', `peer.${member.domain}`);
  }
  /** cryptogen keeps organisations with ordering nodes in a folder of their own */
  ordererOrganisation(member: Member): string {
    return join(this.crypto, 'ordererOrganizations', member.domain);
  }
  /** the folder with `msp` and `tls` of an ordering node */
  ordererIdentity(member: Member): string {
    return join(this.ordererOrganisation(member), 'orderers', `orderer.${member.domain}`);
  }
}
