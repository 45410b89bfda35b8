export function ProjectAuditTab() {
  return null;
}
