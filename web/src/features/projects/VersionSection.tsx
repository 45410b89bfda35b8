import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';

interface Props {
  shown: { version: number; createdAt: string };
  /** All versions; the dates may be unknown. */
  versions: readonly { version: number; createdAt?: string }[];
  onChoose: (version: number) => void;
  /** Absent where the reader may not make the next version. */
  onEdit: (() => void) | undefined;
  editTestId: string;
  /** Other things to do with the version. */
  more?: ReactNode;
  children: ReactNode;
}

/** One version of something that is never changed, only followed by another version; the others are a choice away. */
export function VersionSection({ shown, versions, onChoose, onEdit, editTestId, more, children }: Props) {
  const { t } = useLingui();
  const format = useFormat();
  const nameOf = ({ version, createdAt }: Props['versions'][number]) =>
    createdAt === undefined ? t`Version ${version}` : t`Version ${version}, ${format.date(createdAt)}`;
  return (
    <Section
      title={t`Version ${shown.version}`}
      subtitle={format.dateTime(shown.createdAt)}
      actions={
        <>
          {versions.length > 1 ? (
            <Select
              aria-label={t`Version`}
              allowDeselect={false}
              w={250}
              value={String(shown.version)}
              data={versions.map((one) => ({ value: String(one.version), label: nameOf(one) }))}
              onChange={(value) => onChoose(Number(value))}
            />
          ) : null}
          {more}
          {onEdit === undefined ? null : (
            <Button variant="default" onClick={onEdit} data-testid={editTestId}>
              <Trans>Change</Trans>
            </Button>
          )}
        </>
      }
    >
      {children}
    </Section>
  );
}
