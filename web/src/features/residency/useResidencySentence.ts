import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { ResidencyBody } from '@/api/types';
import { projectsQuery } from '@/features/projects/queries';
import { useFormat } from '@/shared/useFormat';
import { usePlaces } from '@/shared/usePlaces';

type List = Pick<ResidencyBody, 'concern' | 'countries' | 'project'>;

/** A list of countries as a sentence in the reader's language. */
export function useResidencySentence(client: string): (list: List) => string {
  const { t } = useLingui();
  const format = useFormat();
  const { countryName } = usePlaces();
  const projects = useQuery(projectsQuery(client)).data ?? [];
  return ({ concern, countries, project }) => {
    const places = format.any((countries ?? []).map(countryName));
    if (concern === 'storage') return t`Data lie only in ${places}.`;
    if (concern === 'processing') return t`Data are processed only in ${places}.`;
    if (!project) return t`Only people in ${places}.`;
    const name = projects.find(({ id }) => id === project)?.name ?? `${project.slice(0, 8)}…`;
    return t`In ${name}, only people in ${places}.`;
  };
}
