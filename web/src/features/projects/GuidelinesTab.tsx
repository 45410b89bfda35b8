export function GuidelinesTab() {
  return null;
}
