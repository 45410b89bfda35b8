import { Plural } from '@lingui/react/macro';
import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { mentionsQuery } from '@/features/discussion/queries';

/** How many threads wait for me; nothing while none does. */
export function MentionCount() {
  const open = useQuery(mentionsQuery).data?.items.filter(({ resolved }) => !resolved).length ?? 0;
  return open === 0 ? null : (
    <Badge ms={6} size="sm" color="brass" data-testid="mention-count">
      {open}
      <span className="visually-hidden">
        {' '}
        <Plural value={open} one="open mention" other="open mentions" />
      </span>
    </Badge>
  );
}
