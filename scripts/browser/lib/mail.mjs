// A mail server that keeps what it is sent, so that tests can follow the links
// in it. It speaks as much of SMTP as a client needs that asks for nothing more.
import { createServer } from 'node:net';

// startMail listens on a free port of this machine.
export async function startMail() {
  const mails = [];
  const waiting = new Set();
  const keep = (to, raw) => {
    mails.push({ to, ...read(raw) });
    for (const look of waiting) look();
  };
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket.on('close', () => sockets.delete(socket)).on('error', () => {}));
    talk(socket, keep);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    address: `127.0.0.1:${server.address().port}`,
    mails,
    // link waits for a mail with a link under a path that is sent to somebody,
    // says some words, or comes after others, and returns the link.
    link(path, { to, says, after = 0 } = {}) {
      return new Promise((found, fail) => {
        const late = setTimeout(() => { waiting.delete(look); fail(new Error(`no mail to ${to ?? 'anybody'} has a link to ${path}`)); }, 30_000);
        const look = () => {
          const fit = mails.slice(after).filter((m) => (!to || m.to.startsWith(to)) && (!says || m.text.includes(says))).reverse();
          const link = fit.flatMap((m) => m.links).find((l) => new URL(l).pathname.startsWith(path));
          if (!link) return;
          clearTimeout(late);
          waiting.delete(look);
          found(link);
        };
        waiting.add(look);
        look();
      });
    },
    stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

// talk answers one client.
function talk(socket, keep) {
  let rest = '', to = '', body = null;
  socket.setEncoding('latin1');
  socket.write('220 tests\r\n');
  socket.on('data', (chunk) => {
    const lines = (rest + chunk).split('\r\n');
    rest = lines.pop();
    for (const line of lines) {
      if (body) {
        if (line !== '.') { body.push(line.replace(/^\.\./, '.')); continue; }
        keep(to, body.join('\r\n'));
        body = null;
        socket.write('250 kept\r\n');
        continue;
      }
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'RCPT') to = /<([^>]*)>/.exec(line)[1];
      if (verb === 'DATA') body = [];
      socket.write({ DATA: '354 go on\r\n', QUIT: '221 bye\r\n' }[verb] ?? '250 yes\r\n');
    }
  });
}

// read is what a mail says and the addresses in it; its parts are
// quoted-printable or base64.
function read(raw) {
  const quoted = Buffer.from(raw.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString();
  const blocks = [...raw.matchAll(/(?:^|\r\n)((?:[A-Za-z0-9+/=]{40,76}\r\n)+[A-Za-z0-9+/=]*)/g)].map((m) => Buffer.from(m[1], 'base64').toString());
  const text = [quoted, ...blocks].join('\n');
  return { text, links: [...new Set(text.match(/https?:\/\/[\w.:-]+\/[\w./?=&%~-]*[\w/=~-]/g) ?? [])] };
}
