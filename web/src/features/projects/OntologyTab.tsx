export function OntologyTab() {
  return null;
}
