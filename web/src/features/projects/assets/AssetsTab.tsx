import { useLingui } from '@lingui/react/macro';
import { Select, Stack, Group, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { holds, useSession } from '@/api/session';
import type { Asset } from '@/api/types';
import { Pager } from '@/shared/Pager';
import { QueryView } from '@/shared/QueryView';
import { usePages } from '@/shared/usePages';
import { projectKey, projectPath, projectQuery } from '../queries';
import { useProjectParams } from '../useProjectParams';
import { AssetTable } from './AssetTable';
import { DeleteAssets } from './DeleteAssets';
import { DropZone } from './DropZone';
import { Rejections } from './Rejections';
import { UploadList } from './UploadList';
import { useUploads } from './useUploads';

export function AssetsTab() {
  const { t } = useLingui();
  const { client, project } = useProjectParams();
  const requester = holds(useSession(), client, 'requester');
  const kind = useQuery(projectQuery(client, project)).data?.kind;
  const { queue, uploads } = useUploads(client, project);
  const [name, setName] = useState('');
  const [prefix] = useDebouncedValue(name, 300);
  const [sort, setSort] = useState('name');
  const pages = usePages<Asset>([...projectKey(client, project), 'assets'], projectPath(client, project, 'assets'), {
    filter: { sort, name: prefix || undefined },
  });
  return (
    <Stack gap="md">
      {requester ? (
        <>
          <DropZone text={kind === 'text'} onFiles={(files) => queue.add(files)} />
          <UploadList queue={queue} uploads={uploads} />
          <Rejections uploads={uploads} />
        </>
      ) : null}
      <Group gap="sm">
        <TextInput w={260} aria-label={t`Name begins with`} placeholder={t`Name begins with…`} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <Select
          w={200}
          aria-label={t`Order`}
          allowDeselect={false}
          value={sort}
          onChange={(value) => setSort(value ?? 'name')}
          data={[
            { value: 'name', label: t`By name` },
            { value: '-name', label: t`By name, from Z` },
            { value: '-createdAt', label: t`Newest first` },
            { value: 'createdAt', label: t`Oldest first` },
          ]}
        />
      </Group>
      <QueryView query={pages.query}>{({ items }) => <AssetTable items={items} filtered={prefix !== ''} />}</QueryView>
      <Pager pages={pages} />
      {requester ? <DeleteAssets client={client} project={project} /> : null}
    </Stack>
  );
}
