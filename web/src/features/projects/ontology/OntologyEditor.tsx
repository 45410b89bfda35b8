import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Stack, Text } from '@mantine/core';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { Ontology } from '@/api/types';
import { IconPlus } from '@/design/icons';
import { checkOntology, type OntologyFault } from './check';
import { edit, savedIds, type Edit } from './editing';
import { LabelRow } from './LabelRow';
import { QuestionCards } from './QuestionCards';
import classes from './ontology.module.css';

interface Editing {
  dispatch: (action: Edit) => void;
  /** The message beside the thing at this pointer, if something is wrong with it. */
  faultAt: (pointer: string) => string | undefined;
  isSaved: (key: string) => boolean;
}

const EditingContext = createContext<Editing | null>(null);

export function useEditing(): Editing {
  const editing = useContext(EditingContext);
  if (!editing) throw new Error('outside an OntologyEditor');
  return editing;
}

interface Props {
  value: Ontology;
  onChange: (ontology: Ontology) => void;
  /** The version in force: its ids are fixed. */
  base?: Ontology | undefined;
  withLabels: boolean;
  /** From the server, by pointer inside the ontology. */
  faults: ReadonlyMap<string, string>;
  /** Say what is missing: after the first try to save, not while one begins to write. */
  showMissing: boolean;
}

/** Labels with colours and attributes, questions with options; each with its names and its lasting id. */
export function OntologyEditor({ value, onChange, base, withLabels, faults, showMissing }: Props) {
  const { t } = useLingui();
  const words = useFaultWords();
  const editing = useMemo<Editing>(() => {
    const saved = savedIds(base);
    const own = new Map(showMissing ? checkOntology(value).map(({ pointer, fault }) => [pointer, words[fault]]) : []);
    return {
      dispatch: (action) => onChange(edit(value, action, saved)),
      faultAt: (pointer) => own.get(pointer) ?? faults.get(pointer),
      isSaved: (key) => saved.has(key),
    };
  }, [value, onChange, base, faults, showMissing, words]);
  const overall = editing.faultAt('');
  return (
    <EditingContext value={editing}>
      <Stack gap="lg" data-testid="ontology-editor">
        {overall ? <Text c="red" size="sm" role="alert">{overall}</Text> : null}
        {withLabels ? (
          <Group title={t`Labels`} hint={t`What is drawn: each box carries one label.`}>
            <div className={classes['rows']}>
              {value.labels.map((label, index) => (
                <LabelRow key={index} label={label} index={index} count={value.labels.length} />
              ))}
            </div>
            <div>
              <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={() => editing.dispatch({ type: 'label/add' })} data-testid="add-label">
                <Trans>Add a label</Trans>
              </Button>
            </div>
          </Group>
        ) : null}
        <Group title={t`Questions`} hint={withLabels ? t`Asked once for the whole asset.` : t`Asked for each asset.`}>
          <QuestionCards questions={value.questions} list="questions" pointer="/questions" />
        </Group>
      </Stack>
    </EditingContext>
  );
}

function Group({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  return (
    <fieldset className={classes['group']}>
      <legend>{title}</legend>
      <Text size="sm" c="dimmed" mb="xs">
        {hint}
      </Text>
      <Stack gap="sm">{children}</Stack>
    </fieldset>
  );
}

function useFaultWords(): Record<OntologyFault, string> {
  const { t, i18n } = useLingui();
  const locale = i18n.locale;
  return useMemo(
    () => ({
      'name-missing': t`A name is missing.`,
      'id-missing': t`An id is missing.`,
      'id-invalid': t`Letters, digits, “_”, “-” and “.” only; at most 64.`,
      'id-taken': t`This id is used twice.`,
      'color-invalid': t`Not a colour such as #177475.`,
      'too-few-options': t`At least two options.`,
      'nothing-to-answer': t`There must be a label or a question.`,
    }),
    // The macro's `t` changes at every render; the words change with the language.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [locale],
  );
}
