/**
 * The addresses of all pages, read from where the router names them, so that a page that is added later is missed by who
 * promises to see every one.
 */
import { readFileSync } from 'node:fs';

const PARENT = /getParentRoute: \(\) => (\w+)/;
const PLACE = /\b(path|id): '([^']*)'/;

/** Addresses such as `/clients/$client/walls`, without those that only hold others. */
export function pageAddresses() {
  const source = readFileSync(new URL('../src/app/router.tsx', import.meta.url), 'utf8');
  const bases = new Map([['root', '']]);
  const pages = [];
  const parts = source.split('createRoute({');
  parts.slice(1).forEach((route, i) => {
    const name = /const (\w+) = $/.exec(parts[i])?.[1];
    const [, parent] = PARENT.exec(route) ?? [];
    const [, kind, part] = PLACE.exec(route) ?? [];
    const base = bases.get(parent);
    if (base === undefined || part === undefined) throw new Error(`A route of the router cannot be read: ${route.slice(0, 200)}`);
    const address = kind === 'id' ? base : `${base}${part === '/' ? '' : part}`;
    if (name) bases.set(name, address);
    if (route.includes('lazyRouteComponent(')) pages.push(address || '/');
  });
  // A layout that is shown only around its tabs has the address of one of them.
  return [...new Set(pages)];
}

/** The pages at which nobody has looked, by the addresses that were opened. */
export function unseen(opened) {
  const pages = pageAddresses();
  const wild = (page) => page.split('$').length;
  const seen = new Set();
  for (const address of opened) {
    const place = address.split('?')[0].replace(/(.)\/$/, '$1');
    const fitting = pages.filter((page) => new RegExp(`^${page.replace(/\$\w+/g, '[^/]+')}$`).test(place));
    // `…/projects/new` is no project.
    const [page] = fitting.sort((a, b) => wild(a) - wild(b));
    if (page) seen.add(page);
  }
  return pages.filter((page) => !seen.has(page));
}
