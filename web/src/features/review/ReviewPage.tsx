import { Trans } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';

export function ReviewPage() {
  const { client, project } = useParams({ strict: false });
  return (
    <main data-client={client} data-project={project}>
      <Trans>Review</Trans>
    </main>
  );
}
