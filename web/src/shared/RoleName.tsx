import { useLingui } from '@lingui/react/macro';
import type { Role } from '@/api/types';

/** The roles' names in the reader's language. */
export function useRoleNames(): Record<Role, string> {
  const { t } = useLingui();
  return {
    operator: t`Operator`,
    requester: t`Requester`,
    annotator: t`Annotator`,
    reviewer: t`Reviewer`,
    workforce_manager: t`Workforce manager`,
    quality_lead: t`Quality lead`,
    auditor: t`Auditor`,
  };
}

export function RoleName({ role }: { role: Role }) {
  return useRoleNames()[role] ?? role;
}
