// An OpenID provider for tests. It prints its address and ends when its input
// does. Whoever signs in is called as they say; their mail address is that name
// at example.org, and is verified unless the name begins with "unverified".
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [redirect] = process.argv.slice(2);
const server = createServer().listen(0, '127.0.0.1', () => {
  const address = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(address, {
    clients: [{ client_id: 'entente', client_secret: 'a secret of the tests', redirect_uris: [redirect] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    pkce: { required: () => true },
    cookies: { keys: ['of the tests'] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id.replace(/^(unverified|second)-/, '')}@example.org`, email_verified: !id.startsWith('unverified') }),
    }),
  });
  server.on('request', provider.callback());
  console.log(address);
});
process.stdin.on('end', () => process.exit(0)).resume();
