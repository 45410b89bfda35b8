/** What the address of the audit page says: which question, and of what asset or person. */
export const auditViews = ['entries', 'asset', 'person', 'outgoing', 'exposure'] as const;
export type AuditViewName = (typeof auditViews)[number];

export interface AuditSearch {
  view?: AuditViewName;
  /** An asset's id, or a person's pseudonym. */
  of?: string;
}

export function isAuditView(value: unknown): value is AuditViewName {
  return (auditViews as readonly unknown[]).includes(value);
}

export function auditSearch(search: Record<string, unknown>): AuditSearch {
  const { view, of } = search;
  return { ...(isAuditView(view) ? { view } : {}), ...(typeof of === 'string' && of ? { of } : {}) };
}
