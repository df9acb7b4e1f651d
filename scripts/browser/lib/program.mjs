// The program as people meet it: the demo, with its data in a folder that is
// removed, on a free port, and a mail server beside it.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { startMail } from './mail.mjs';

// startProgram starts the demo and waits until it answers.
export async function startProgram() {
  const mail = await startMail();
  const address = `127.0.0.1:${await freePort()}`;
  const url = `http://${address}`;
  const child = spawn(process.env.ENTENTE_PROGRAM, ['demo', '--addr', address], {
    env: {
      PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR ?? '/tmp', ENTENTE_LANGUAGE: 'en', ENTENTE_LOG_LEVEL: 'warn',
      ENTENTE_PUBLIC_URL: url, ENTENTE_SMTP: mail.address, ENTENTE_SMTP_TLS: 'none', ENTENTE_SMTP_FROM: 'entente@example.org',
      ENTENTE_RATE_ADDRESS: '0', ENTENTE_RATE_ACCOUNT: '0', // one browser asks more than any person does
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => { said += chunk; });
  const ended = new Promise((end) => child.on('exit', end));
  await new Promise((ready, fail) => {
    child.stdout.on('data', (chunk) => { said += chunk; if (said.includes(url)) ready(); });
    ended.then(() => fail(new Error(`the program ended:\n${said}`)));
  });
  return {
    url, mail,
    // roles are those of the demo with their tokens.
    roles: () => [...said.matchAll(/^ {2}(\S+)\s+(.+?)\s+(entente_\S+)$/gm)].map(([, convention, name, token]) => ({ convention, name, token })),
    // complaints are what the program logged: nothing, where all went well.
    complaints: () => said.split('\n').filter((line) => /level=(WARN|ERROR)/.test(line)),
    async stop() {
      child.kill('SIGTERM');
      await ended;
      mail.stop();
    },
  };
}

async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}
