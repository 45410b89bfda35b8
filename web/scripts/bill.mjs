// The bill of materials of what browsers are given (CycloneDX 1.6): each npm package that is no tool of the build, with its
// licence and the digest that npm checks, as package-lock.json has them. The same lock gives the same bytes.
// node scripts/bill.mjs FILE
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const own = (name) => JSON.parse(readFileSync(fileURLToPath(new URL(`../${name}`, import.meta.url)), 'utf8'));
const { name, version, license } = own('package.json');

function component([path, entry]) {
  const full = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const purl = `pkg:npm/${full.replace('@', '%40')}@${entry.version}`;
  const [scope, bare] = full.startsWith('@') ? full.split('/') : [undefined, full];
  return {
    type: 'library',
    ...(scope ? { group: scope } : {}),
    name: bare,
    version: entry.version,
    'bom-ref': purl,
    purl,
    licenses: entry.license ? [{ expression: entry.license }] : [],
    hashes: entry.integrity
      ?.split(' ')
      .filter((one) => one.startsWith('sha512-'))
      .map((one) => ({ alg: 'SHA-512', content: Buffer.from(one.slice('sha512-'.length), 'base64').toString('hex') })),
  };
}

const components = Object.entries(own('package-lock.json').packages)
  .filter(([path, entry]) => path !== '' && !entry.dev && !entry.devOptional)
  .map(component);
const bill = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: { component: { type: 'application', name, version, licenses: [{ expression: license }] } },
  components: [...new Map(components.map((one) => [one.purl, one])).values()].sort((a, b) => (a.purl < b.purl ? -1 : 1)),
};
const target = process.argv[2];
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, `${JSON.stringify(bill, null, 2)}\n`);
