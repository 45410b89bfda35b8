export function AssetsTab() {
  return null;
}
