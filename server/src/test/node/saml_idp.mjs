// A SAML identity provider of another maker (Auth0's samlp) for Etalon to sign in by. Whoever is named in the query's `user`
// is signed in: "ann@acme.example:annotators,reviewers". Prints its address and its certificate; ends with its standard input.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

const require = createRequire(`${process.argv[2]}/`);
const samlp = require('samlp');

const folder = mkdtempSync(join(tmpdir(), 'saml-'));
const keyFile = join(folder, 'key.pem');
const certFile = join(folder, 'cert.pem');
const subject = ['-subj', '/CN=saml peer', '-days', '30'];
execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', keyFile, '-out', certFile, ...subject], { stdio: 'ignore' });
const [key, cert] = [readFileSync(keyFile), readFileSync(certFile)];

function profileMapper([id, groups = '']) {
  return {
    getClaims: () => ({ mail: id, groups: groups.split(',').filter(Boolean), displayName: `Person ${id.split('@')[0]}` }),
    getNameIdentifier: () => ({ nameIdentifier: `subject-of-${id}`, nameIdentifierFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' }),
  };
}
profileMapper.metadata = [];

const server = createServer((req, res) => {
  const url = new URL(req.url, 'http://127.0.0.1');
  req.query = Object.fromEntries(url.searchParams);
  req.user = req.query.user.split(':');
  const request = inflateRawSync(Buffer.from(req.query.SAMLRequest, 'base64')).toString();
  const acs = /AssertionConsumerServiceURL="([^"]+)"/.exec(request)[1];
  const act = samlp.auth({
    issuer: 'urn:peer',
    cert,
    key,
    profileMapper,
    lifetimeInSeconds: 300,
    destination: acs,
    recipient: acs,
    getPostURL: (audience, dom, req, callback) => callback(null, acs),
    responseHandler: (response) => {
      res.setHeader('Content-Type', 'application/json');
      res.end(JSON.stringify({ acs, SAMLResponse: Buffer.from(response).toString('base64') }));
    },
  });
  res.send = (status, error) => {
    res.statusCode = 500;
    res.end(String(error ?? status));
  };
  act(req, res, (error) => res.send(500, error));
});
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/sso`);
  console.log(cert.toString().replaceAll('\n', ' '));
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
