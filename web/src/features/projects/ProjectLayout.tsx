export function ProjectLayout() {
  return null;
}
