// The bill of materials of the application's jars (CycloneDX 1.6): each with its coordinates, its digest, and the licences that
// its POM or a parent of it states. Reads the class path that Maven wrote and the POMs that lie beside the jars in Maven's local
// repository, and asks nobody. The same jars give the same bytes.
// node scripts/bill.mjs CLASS-PATH-FILE VERSION FILE
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, delimiter, dirname, join, resolve, sep } from 'node:path';

const SPDX = [
  [/apache.*2/i, 'Apache-2.0'],
  [/^(the )?(mit|expat)( license|-license)?( \(mit\))?\.?$/i, 'MIT'],
  [/mit-0/i, 'MIT-0'],
  [/(eclipse public license.*2|epl.*2\.0)/i, 'EPL-2.0'],
  [/(eclipse public license.*1|epl.*1\.0)/i, 'EPL-1.0'],
  [/(eclipse distribution license|edl 1\.0)/i, 'BSD-3-Clause'],
];

const child = (xml, name) => new RegExp(`<${name}>\\s*([^<]*?)\\s*</${name}>`).exec(xml)?.[1];

/** The part of a POM that is about itself: neither its dependencies' nor its plugins' elements are its own. */
function own(pom) {
  return pom
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(dependencies|dependencyManagement|build|profiles|reporting)>[\s\S]*?<\/\1>/g, '');
}

function licences(file, root) {
  if (!existsSync(file)) return [];
  const pom = own(readFileSync(file, 'utf8'));
  const stated = [...pom.matchAll(/<license>([\s\S]*?)<\/license>/g)].map(([, xml]) => ({ name: child(xml, 'name'), url: child(xml, 'url') }));
  if (stated.length > 0) {
    return stated.map(({ name = '', url }) => {
      const id = SPDX.find(([pattern]) => pattern.test(name))?.[1];
      return { license: { ...(id ? { id } : { name: name || url }), ...(url ? { url } : {}) } };
    });
  }
  const parent = /<parent>([\s\S]*?)<\/parent>/.exec(pom)?.[1];
  if (!parent) return [];
  const [group, artifact, version] = ['groupId', 'artifactId', 'version'].map((name) => child(parent, name));
  return licences(join(root, ...group.split('.'), artifact, version, `${artifact}-${version}.pom`), root);
}

/** A jar's place in the local repository says what it is: group/…/artifact/version/artifact-version[-classifier].jar. */
function ofRepository(jar, root) {
  const parts = dirname(jar).slice(root.length + 1).split(sep);
  const version = parts.pop();
  const name = parts.pop();
  const group = parts.join('.');
  const classifier = basename(jar, '.jar').slice(`${name}-${version}`.length + 1);
  const purl = `pkg:maven/${group}/${name}@${version}?${classifier ? `classifier=${classifier}&` : ''}type=jar`;
  return {
    type: 'library',
    group,
    name,
    version,
    'bom-ref': purl,
    purl,
    licenses: licences(join(dirname(jar), `${name}-${version}.pom`), root),
    hashes: [{ alg: 'SHA-256', content: createHash('sha256').update(readFileSync(jar)).digest('hex') }],
  };
}

/** A module of this build: its digest is that of the source it is made from, and stands in no bill. */
function ofBuild(module, version) {
  const purl = `pkg:maven/io.etalon/etalon-${module}@${version}?type=jar`;
  return { type: 'library', group: 'io.etalon', name: `etalon-${module}`, version, 'bom-ref': purl, purl, licenses: [{ license: { id: 'Apache-2.0' } }] };
}

const [, , classPath, version, target] = process.argv;
const here = resolve('..');
const entries = readFileSync(classPath, 'utf8').trim().split(delimiter);
const elsewhere = entries.filter((entry) => !entry.startsWith(here + sep));
// Whichever jar is asked, its path begins with the repository's: every group is below it.
const root = elsewhere.map((jar) => dirname(jar)).reduce((common, one) => {
  let kept = common;
  while (!`${one}${sep}`.startsWith(kept + sep)) kept = dirname(kept);
  return kept;
});
const components = [
  ...entries.filter((entry) => entry.startsWith(here + sep)).map((entry) => ofBuild(entry.slice(here.length + 1).split(sep)[0], version)),
  ...elsewhere.map((jar) => ofRepository(jar, root)),
].sort((a, b) => (a.purl < b.purl ? -1 : 1));
mkdirSync(dirname(target), { recursive: true });
const metadata = { component: { type: 'application', group: 'io.etalon', name: 'etalon', version, licenses: [{ license: { id: 'Apache-2.0' } }] } };
writeFileSync(target, `${JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata, components }, null, 2)}\n`);
