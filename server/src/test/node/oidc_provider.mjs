// An OpenID provider of another maker (oidc-provider, certified by the OpenID Foundation) for Etalon to sign in by.
// Accounts are made up on the spot: "ann@acme.example:annotators,reviewers" signs in as ann with two groups.
// Clients register themselves. Prints its issuer; ends with its standard input.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(`${process.argv[2]}/`);
const { default: Provider } = await import(pathToFileURL(require.resolve('oidc-provider')).href);

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    scopes: ['openid', 'email', 'profile', 'groups'],
    features: {
      registration: { enabled: true },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true },
    },
    // Its guard against private addresses would keep it from telling a server on this machine that somebody signed out.
    fetch: (url, { dispatcher, ...options }) => fetch(url, options),
    pkce: { required: () => true },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => {
        const [email, groups = ''] = id.split(':');
        return {
          sub: id.split(':')[0],
          email,
          email_verified: !email.startsWith('unverified'),
          name: `Person ${email.split('@')[0]}`,
          groups: groups.split(',').filter(Boolean),
        };
      },
    }),
  });
  provider.on('backchannel.error', (ctx, error) => console.error('back-channel', error));
  server.on('request', provider.callback());
  console.log(issuer);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
