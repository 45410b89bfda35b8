/** What a client's short name must look like (`[a-z][a-z0-9-]{1,31}`). */
export const SLUG = /^[a-z][a-z0-9-]{1,31}$/;

/** A short name from a name: "Musée d'Orsay" → "musee-d-orsay". Empty when nothing usable is left. */
export function slugOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 32)
    .replace(/-+$/, '');
}
