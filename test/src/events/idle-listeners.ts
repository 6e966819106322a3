import { connect, type Socket } from 'node:net';

/** What the process is told, and what it answers once it holds. */
export interface IdleOrders {
  readonly port: number;
  readonly token: string;
  readonly count: number;
  /** which of 127.0.0.0/8 it calls from: an address has not ports enough for all */
  readonly address: string;
}

/** How many streams are open, and how many of them heard a command. */
export interface IdleReport {
  readonly open: number;
  readonly heard: number;
  readonly refused: number;
}

const CONNECTING = 64;

/** Holds many streams open in a process of its own, and says when one after the other hears a command. */
function hold({ port, token, count, address }: IdleOrders): void {
  const report = { open: 0, heard: 0, refused: 0 };
  let begun = 0;
  const tell = () => process.send?.(report);
  const begin = () => {
    if (begun === count) return;
    begun += 1;
    follow(connect({ port, host: '127.0.0.1', localAddress: address }));
  };
  const follow = (socket: Socket) => {
    let text = '';
    let heard = false;
    let answered = false;
    socket.on('error', () => undefined);
    socket.once('close', () => {
      report.open -= answered ? 1 : 0;
      tell();
    });
    socket.on('data', (chunk) => {
      text = (text + chunk.toString('latin1')).slice(-4096);
      if (!answered && text.includes('retry: ')) {
        answered = true;
        report.open += 1;
        begin();
      } else if (!answered && text.startsWith('HTTP/1.1 ') && !text.startsWith('HTTP/1.1 200')) {
        report.refused += 1;
        socket.destroy();
        begin();
      }
      if (!heard && text.includes('event: command')) {
        heard = true;
        report.heard += 1;
      }
    });
    socket.write(
      `GET /v1/events HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\n\r\n`,
    );
  };
  for (let at = 0; at < CONNECTING; at += 1) begin();
  setInterval(tell, 100);
}

process.on('message', (orders) => hold(orders as IdleOrders));
