import { join } from 'node:path';

/** Where things lie under the home folder of one machine: what all members have, and what each has alone. */
export class HomeFiles {
  readonly home: string;
  readonly shared: SharedFiles;

  constructor(home: string) {
    this.home = home;
    this.shared = new SharedFiles(join(home, 'shared'));
  }

  get lock(): string {
    return join(this.home, 'launcher.lock');
  }
  /** what clients read who act for every member of this home */
  get connection(): string {
    return join(this.home, 'connection.json');
  }
  get supervisor(): { readonly lock: string; readonly log: string } {
    return {
      lock: join(this.home, 'supervisor.lock'),
      log: join(this.home, 'supervisor.log'),
    };
  }

  /** the folder of what members of this machine have alone */
  get members(): string {
    return join(this.home, 'members');
  }
  member(id: string): MemberFiles {
    return new MemberFiles(join(this.members, id));
  }
}

/** What all members have: nothing in it is secret, and every member's copy is the same. */
export class SharedFiles {
  readonly dir: string;

  constructor(dir: string) {
    this.dir = dir;
  }

  /** what the members agreed to make a network of */
  get manifest(): string {
    return join(this.dir, 'network.json');
  }

  channel(name: string): {
    readonly dir: string;
    readonly root: string;
    readonly genesisBlock: string;
    code(sequence: number): CodeFiles;
  } {
    const dir = join(this.dir, 'channels', name);
    return {
      dir,
      root: join(dir, 'root.json'),
      genesisBlock: join(dir, 'genesis.block'),
      code: (sequence) => new CodeFiles(join(dir, 'code', String(sequence))),
    };
  }

  /** the folder of the public halves of the members */
  get members(): string {
    return join(this.dir, 'members');
  }
  /** the public half of a member */
  member(id: string): PublicFiles {
    return new PublicFiles(join(this.members, id));
  }
}

/** The chaincode of one of a channel's definitions. */
export class CodeFiles {
  readonly dir: string;

  constructor(dir: string) {
    this.dir = dir;
  }

  get package(): string {
    return join(this.dir, 'chaincode.tgz');
  }
  /** the one file that the chaincode processes run */
  get bundle(): string {
    return join(this.dir, 'chaincode.cjs');
  }
}

/** What a member hands over: certificates alone. */
export class PublicFiles {
  readonly dir: string;

  constructor(dir: string) {
    this.dir = dir;
  }

  /** the definition of its organisation, as channels have it */
  get msp(): string {
    return join(this.dir, 'msp');
  }
  /** what its identities descend from */
  get authority(): string {
    return join(this.dir, 'ca-cert.pem');
  }
  get tlsAuthority(): string {
    return join(this.dir, 'tlsca-cert.pem');
  }
  /** with which its ordering node signs blocks */
  get orderer(): string {
    return join(this.dir, 'orderer-cert.pem');
  }
  /** with which its ordering node connects to the others */
  get cluster(): string {
    return join(this.dir, 'cluster-cert.pem');
  }
}

/** What one member has alone: its keys, and its nodes' configuration, data and logs. */
export class MemberFiles {
  readonly dir: string;

  constructor(dir: string) {
    this.dir = dir;
  }

  /** its public half, written last: where it lies, all keys do */
  get public(): PublicFiles {
    return new PublicFiles(join(this.dir, 'public'));
  }
  get connection(): string {
    return join(this.dir, 'connection.json');
  }
  get wallet(): string {
    return join(this.dir, 'wallet');
  }
  get records(): string {
    return join(this.dir, 'run');
  }
  /** what the supervisor is to run, one file for each process */
  get processes(): string {
    return join(this.dir, 'processes');
  }
  /** how it goes with each process */
  get health(): string {
    return join(this.dir, 'health');
  }
  get logs(): string {
    return join(this.dir, 'logs');
  }
  /** its certificate authorities with their keys */
  get authority(): string {
    return join(this.dir, 'authority');
  }

  /** what its authority for TLS has revoked: for gateways, nodes do not look at it */
  get tlsRevocationList(): string {
    return join(this.dir, 'tlsca-crl.pem');
  }

  /** the folder with `msp` and `tls` of its administrator or a node */
  identity(who: 'admin' | 'peer' | 'orderer'): IdentityFiles {
    return new IdentityFiles(join(this.dir, 'identities', who));
  }
  /** the pair with which its ordering node and the others know each other, apart from what clients see */
  get cluster(): { readonly certificate: string; readonly key: string } {
    const dir = join(this.dir, 'identities', 'cluster');
    return { certificate: join(dir, 'cert.pem'), key: join(dir, 'key.pem') };
  }

  /** with which its administrator administers its ordering node's channels, and the authority that certifies nothing else */
  get administration(): {
    readonly certificate: string;
    readonly key: string;
    readonly authority: string;
  } {
    const dir = join(this.dir, 'identities', 'administration');
    return {
      certificate: join(dir, 'cert.pem'),
      key: join(dir, 'key.pem'),
      authority: join(dir, 'ca-cert.pem'),
    };
  }

  config(node: string): string {
    return join(this.dir, 'config', node);
  }
  data(node: string): string {
    return join(this.dir, 'data', node);
  }
  log(node: string): string {
    return join(this.logs, `${node}.log`);
  }
}

/** An identity of Fabric, as its nodes and tools want it laid out. */
export class IdentityFiles {
  readonly dir: string;

  constructor(dir: string) {
    this.dir = dir;
  }

  get msp(): string {
    return join(this.dir, 'msp');
  }
  get signCertificate(): string {
    return join(this.msp, 'signcerts', 'cert.pem');
  }
  get tls(): { readonly certificate: string; readonly key: string; readonly authority: string } {
    const dir = join(this.dir, 'tls');
    return {
      certificate: join(dir, 'cert.pem'),
      key: join(dir, 'key.pem'),
      authority: join(dir, 'ca-cert.pem'),
    };
  }
}
